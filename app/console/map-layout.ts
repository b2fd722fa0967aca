/** Where everything of the journey map stands, in units of its picture: pure, so that what is drawn can be checked without a screen. */
import { aidaNames, aidaOf, halfOf, type Aida, type Lane } from '../../shared/journey/map/lanes.ts';
import { phaseNames } from '../../shared/journey/phase/phase-wording.ts';
import type { AgentPage } from './household-frame.tsx';

type Whole = AgentPage['journey'];
type Known = Whole['map'][number];
export type Cell = Pick<Known, 'lane' | 'phase' | 'channel' | 'count' | 'feeling'>;
/** What a map is drawn from: of one household, or of all. */
export interface Journey {
  readonly map: readonly Cell[];
  readonly planned: readonly Pick<Known, 'lane' | 'phase' | 'channel'>[];
  readonly emotion: readonly Pick<Whole['emotion'][number], 'phase' | 'value' | 'confidence'>[];
}
export type Phase = Cell['phase'];
export type Channel = Cell['channel'];
export type View = 'phases' | 'aida';

const isPhase = (name: string): name is Phase => name in phaseNames;
export const phases: readonly Phase[] = Object.keys(phaseNames).filter(isPhase);

export const WIDTH = 1_120;
const LABELS = 116;
export const CURVE = { top: 18, height: 84 } as const;
const HEAD = 34;
const ROW = 36;
const LANE_HEAD = 26;
const RADIUS = { least: 4, most: 13 } as const;

export interface Column {
  readonly key: Phase | Aida;
  readonly x: number;
  readonly width: number;
  readonly half: 'buy' | 'own' | undefined;
}
export interface Dot {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly count: number;
  readonly feeling: number | undefined;
}
export interface LaneLayout {
  readonly lane: Lane;
  readonly y: number;
  readonly height: number;
  readonly rows: readonly { readonly channel: Channel; readonly y: number }[];
  readonly dots: readonly Dot[];
  readonly rings: readonly { readonly key: string; readonly x: number; readonly y: number }[];
}
export interface MapLayout {
  readonly height: number;
  readonly columns: readonly Column[];
  readonly headY: number;
  readonly lanes: readonly LaneLayout[];
  /** Pieces of the curve: between two phases of which nobody knows there is none. */
  readonly curve: readonly (readonly { readonly x: number; readonly y: number; readonly value: number }[])[];
}

export const columnOf = (phase: Phase, view: View): Column['key'] => (view === 'phases' ? phase : aidaOf[phase]);

/** Of a phase or a word of AIDA, how it felt on the whole: weighted by how sure each source is. Undefined: nobody knows. */
export function feelingOf(emotion: Journey['emotion'], key: Column['key'], view: View): number | undefined {
  const here = emotion.filter(({ phase }) => columnOf(phase, view) === key);
  const weight = here.reduce((sum, { confidence }) => sum + confidence, 0);
  return weight === 0 ? undefined : here.reduce((sum, { value, confidence }) => sum + value * confidence, 0) / weight;
}

function columnsOf(view: View): Column[] {
  const keys: readonly Column['key'][] = view === 'phases' ? phases : aidaNames;
  const width = (WIDTH - LABELS) / keys.length;
  return keys.map((key, index) => ({ key, x: LABELS + index * width, width, half: isPhase(key) ? halfOf[key] : undefined }));
}

export function layOut({ map, planned, emotion }: Journey, view: View): MapLayout {
  const columns = columnsOf(view);
  const middle = new Map(columns.map(({ key, x, width }) => [key, x + width / 2]));
  const xOf = (phase: Phase): number => middle.get(columnOf(phase, view)) ?? 0;
  const most = Math.max(1, ...merged(map, view).map(({ count }) => count));
  const headY = CURVE.top + CURVE.height + 12;
  let y = headY + HEAD;
  const lanes = (['household', 'company'] as const).map((lane): LaneLayout => {
    const ofLane = { done: merged(map, view).filter((cell) => cell.lane === lane), planned: planned.filter((cell) => cell.lane === lane) };
    const channels = [...new Set([...ofLane.done, ...ofLane.planned].map(({ channel }) => channel))].sort();
    const top = y;
    const rows = channels.map((channel, index) => ({ channel, y: top + LANE_HEAD + index * ROW + ROW / 2 }));
    const rowOf = new Map(rows.map((row) => [row.channel, row.y]));
    y = top + LANE_HEAD + Math.max(1, rows.length) * ROW + 8;
    const dots = ofLane.done.map(({ phase, channel, count, feeling }) => ({
      ...{ key: `${phase} ${channel}`, x: xOf(phase), y: rowOf.get(channel) ?? 0, count, feeling },
      // Its area says how often.
      radius: RADIUS.least + (RADIUS.most - RADIUS.least) * Math.sqrt(count / most),
    }));
    const rings = new Map(ofLane.planned.map(({ phase, channel }) => [`${columnOf(phase, view)} ${channel}`, { x: xOf(phase), y: rowOf.get(channel) ?? 0 }]));
    return { lane, y: top, height: y - top, rows, dots, rings: [...rings].map(([key, place]) => ({ key, ...place })) };
  });
  return { height: y + 4, columns, headY, lanes, curve: curveOf(columns, emotion, view) };
}

/** By what the columns are: several phases may be one. */
function merged(map: readonly Cell[], view: View): { lane: Lane; phase: Phase; channel: Channel; count: number; feeling: number | undefined }[] {
  const sums = new Map<string, { lane: Lane; phase: Phase; channel: Channel; count: number; felt: number; known: number }>();
  for (const { lane, phase, channel, count, feeling } of map) {
    const key = `${lane} ${columnOf(phase, view)} ${channel}`;
    const sum = sums.get(key) ?? { lane, phase, channel, count: 0, felt: 0, known: 0 };
    sums.set(key, { ...sum, count: sum.count + count, felt: sum.felt + (feeling ?? 0) * count, known: sum.known + (feeling === undefined ? 0 : count) });
  }
  return [...sums.values()].map(({ felt, known, ...cell }) => ({ ...cell, feeling: known === 0 ? undefined : felt / known }));
}

function curveOf(columns: readonly Column[], emotion: Journey['emotion'], view: View): MapLayout['curve'] {
  const pieces: { x: number; y: number; value: number }[][] = [[]];
  for (const { key, x, width } of columns) {
    const value = feelingOf(emotion, key, view);
    if (value === undefined) pieces.push([]);
    else pieces.at(-1)?.push({ x: x + width / 2, y: CURVE.top + (CURVE.height * (1 - value)) / 2, value });
  }
  return pieces.filter((piece) => piece.length > 0);
}

export type Felt = 'good' | 'middling' | 'bad' | 'unknown';
const MOVED = 0.34;
export const feltAs = (feeling: number | undefined): Felt =>
  feeling === undefined ? 'unknown' : feeling > MOVED ? 'good' : feeling < -MOVED ? 'bad' : 'middling';
