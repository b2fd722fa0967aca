/** Recordings put into the simulated world: which device says them, and when, now that the first line falls on the beginning of the run. */
import { readFile } from 'node:fs/promises';
import { millisOf, toBase, type Unit } from '../shared/values.ts';
import { dayAt } from './calendar.ts';
import { parseReplay, type Recorded, type RecordedHeat, type RecordedLevel, type Source } from './replay.ts';
import { WrongSimulation, type HouseholdSpec, type Simulation, type ThingSpec } from './simulation.ts';

/** What a recording says in place of the device's own sensor. */
export interface Said {
  readonly slot: string;
  /** Product milliseconds. */
  readonly at: number;
  readonly level: number;
  readonly unit: Unit;
  /** Since the line before, in `unit`; absent when the recording counts no usage. */
  readonly used: number | undefined;
  readonly outdoorCelsius: number | undefined;
}

export interface Replayed {
  /** In order of time. */
  readonly said: readonly Said[];
  /** What a house used on a local day of the run. */
  readonly recordedKwh: (day: string) => number | undefined;
}

export const nothingReplayed: Replayed = { said: [], recordedKwh: () => undefined };

interface Place {
  readonly household: HouseholdSpec;
  readonly thing: ThingSpec;
}

/** Thing → what it replays. @throws WrongSimulation for a file, a line or a place that is none */
export async function readRecordings(simulation: Simulation): Promise<Map<string, Replayed>> {
  const said = new Map<string, Said[]>();
  const heat = new Map<string, Map<string, number>>();
  for (const source of simulation.replay) {
    const recorded = parseReplay(await textOf(source.file), source);
    const shiftMillis = millisOf(simulation.startsAt) - recorded.reduce((least, { at }) => Math.min(least, at), Infinity);
    for (const [place, lines] of placed(recorded, simulation, source)) {
      const { thing } = place.thing;
      said.set(thing, [...(said.get(thing) ?? []), ...saidIn(lines, place, shiftMillis, source)]);
      heat.set(thing, new Map([...(heat.get(thing) ?? []), ...heatIn(lines, place, simulation)]));
    }
  }
  return new Map(
    [...said].map(([thing, lines]) => [thing, { said: lines.sort((a, b) => a.at - b.at), recordedKwh: (day: string) => heat.get(thing)?.get(day) }]),
  );
}

const textOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: unknown) => {
    throw new WrongSimulation(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  });

function placed(recorded: readonly Recorded[], { households }: Simulation, { file }: Source): Map<Place, Recorded[]> {
  const places = households.flatMap((household) => household.things.map((thing): Place => ({ household, thing })));
  const lines = new Map<Place, Recorded[]>();
  for (const line of recorded) {
    // Somebody's heat belongs to a heating; the first one is as good as any.
    const isHers = ({ thing }: Place): boolean => (line.thing === undefined && line.kind === 'heat' ? thing.type === 'heating' : thing.thing === line.thing);
    const place = places.find(isHers);
    if (place === undefined) throw new WrongSimulation(`${file}: expected a thing of this simulation, found ${line.thing ?? 'none'}.`);
    if (line.kind === 'heat' && place.thing.type !== 'heating') {
      throw new WrongSimulation(`${file}: expected a heating for a day's heat, found ${place.thing.thing}, a ${place.thing.type}.`);
    }
    lines.set(place, [...(lines.get(place) ?? []), line]);
  }
  return lines;
}

function saidIn(lines: readonly Recorded[], { thing }: Place, shiftMillis: number, { file }: Source): Said[] {
  const usageBefore = new Map<string, number>();
  const levels = lines.filter((line): line is RecordedLevel => line.kind === 'level').sort((a, b) => a.at - b.at);
  return levels.map(({ slot, at, level, unit, usage, outdoorCelsius }) => {
    const spec = thing.slots.find((candidate) => candidate.slot === (slot ?? thing.slots[0]?.slot));
    if (spec === undefined) throw new WrongSimulation(`${file}: expected a slot of ${thing.thing}, found ${slot ?? 'none'}.`);
    if (unit !== undefined && toBase({ amount: 1, unit }).unit !== toBase({ amount: 1, unit: spec.unit }).unit) {
      throw new WrongSimulation(`${file}: expected ${spec.slot} of ${thing.thing} in ${spec.unit}, found ${unit}.`);
    }
    const before = usageBefore.get(spec.slot);
    if (usage !== undefined) usageBefore.set(spec.slot, usage);
    // A counter that has fallen was started again: what it shows has been used since.
    const used = usage === undefined || before === undefined ? usage && 0 : usage >= before ? usage - before : usage;
    return { slot: spec.slot, at: at + shiftMillis, level, unit: unit ?? spec.unit, used, outdoorCelsius };
  });
}

/** Days move by whole days, so that the first one is the day on which the run begins. */
function heatIn(lines: readonly Recorded[], { household: { timeZone } }: Place, { startsAt }: Simulation): [string, number][] {
  const heat = lines.filter((line): line is RecordedHeat => line.kind === 'heat');
  const first = heat.reduce((least, { at }) => Math.min(least, at), Infinity);
  const begins = Date.parse(dayAt(millisOf(startsAt), timeZone));
  return heat.map(({ at, kwh }) => [new Date(begins + at - first).toISOString().slice(0, 10), kwh]);
}
