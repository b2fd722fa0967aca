/** What the merged counters of a period say: the names are those of `contribution.ts`. */
import { aidaNames, aidaOf, type Aida } from '../map/lanes.ts';
import { channelSchema, initiatorSchema, phaseSchema, type Channel, type Initiator, type Phase } from '../words.ts';
import { deviationKindSchema, type DeviationKind, type TargetModel } from '../target/model.ts';
import type { Counters } from './batch.ts';
import { THOUSAND } from './contribution.ts';

/** Counters whose name begins with this part, by the parts that follow. */
const under = (counters: Counters, first: string): { readonly parts: readonly string[]; readonly many: number }[] =>
  Object.entries(counters).flatMap(([name, many]) => {
    const [kind, ...parts] = name.split('|');
    return kind === first ? [{ parts, many }] : [];
  });

export interface TouchpointCount {
  readonly channel: Channel;
  readonly phase: Phase;
  readonly initiator: Initiator;
  readonly many: number;
}
export const touchpointsIn = (counters: Counters): TouchpointCount[] =>
  under(counters, 'tp').map(({ parts: [channel, phase, initiator], many }) => ({
    channel: channelSchema.parse(channel),
    phase: phaseSchema.parse(phase),
    initiator: initiatorSchema.parse(initiator),
    many,
  }));

export interface PhaseFeeling {
  /** −1…1; absent: nobody is known to have felt anything. */
  readonly value?: number;
  /** How much it rests on: the sum of confidences. */
  readonly weight: number;
  /** Days of households of which it is known. */
  readonly known: number;
}
export const feelingsIn = (counters: Counters): Record<Phase, PhaseFeeling> => {
  const of = (phase: Phase): PhaseFeeling => {
    const [sum, weight] = [counters[`feel|${phase}|sum`] ?? 0, counters[`feel|${phase}|weight`] ?? 0];
    return { ...(weight > 0 && { value: Math.max(-1, Math.min(1, sum / weight)) }), weight: weight / THOUSAND, known: counters[`feel|${phase}|known`] ?? 0 };
  };
  return recordOf(phaseSchema.options, of);
};
const recordOf = <Name extends string, Value>(names: readonly Name[], of: (name: Name) => Value): Record<Name, Value> =>
  Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, Value>;

export interface AidaRow {
  readonly stage: Aida;
  readonly touchpoints: number;
  readonly feeling?: number;
}
export function aidaIn(counters: Counters): AidaRow[] {
  const touchpoints = touchpointsIn(counters);
  const feelings = feelingsIn(counters);
  return aidaNames.map((stage) => {
    const phases = phaseSchema.options.filter((phase) => aidaOf[phase] === stage);
    const weight = phases.reduce((sum, phase) => sum + feelings[phase].weight, 0);
    const felt = phases.reduce((sum, phase) => sum + (feelings[phase].value ?? 0) * feelings[phase].weight, 0);
    const many = touchpoints.reduce((sum, one) => sum + (aidaOf[one.phase] === stage ? one.many : 0), 0);
    return { stage, touchpoints: many, ...(weight > 0 && { feeling: felt / weight }) };
  });
}

/** How all households stand now: read from the bucket `now`. */
export interface StandsNow {
  readonly households: number;
  /** Households in each phase, in whatever product line. */
  readonly phases: Partial<Record<Phase, number>>;
  readonly lines: readonly { readonly line: string; readonly phase: string; readonly households: number }[];
  readonly segments: Record<string, number>;
  readonly tiers: Record<string, number>;
  readonly values: Record<string, number>;
  /** By tenths of health, `0` the worst, and `unknown`. */
  readonly health: Record<string, number>;
}
export function standsNowIn(counters: Counters): StandsNow {
  const now = under(counters, 'now');
  const byName = (kind: string): Record<string, number> =>
    Object.fromEntries(now.flatMap(({ parts: [of, name], many }) => (of === kind && name !== undefined ? [[name, many]] : [])));
  return {
    households: counters['now|households'] ?? 0,
    phases: byName('phase'),
    lines: now.flatMap(({ parts: [of, line, phase], many }) =>
      of === 'line' && line !== undefined && phase !== undefined ? [{ line, phase, households: many }] : [],
    ),
    ...{ segments: byName('segment'), tiers: byName('tier'), values: byName('value'), health: byName('health') },
  };
}

export interface DeviationSum {
  readonly model: string;
  readonly step: string;
  readonly kind: DeviationKind;
  readonly times: number;
  /** Journeys that have it; of a model of the household's life these are households. */
  readonly journeys: number;
  /** Of somebody's work. */
  readonly minutes: number;
  readonly costMinor: number;
  /** All of them together. */
  readonly lateMinutes: number;
}
export interface ConformanceReport {
  readonly model: string;
  readonly journeys: number;
  readonly open: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Without a deviation. */
  readonly asPlanned: number;
  /** Mean, 0–1; absent: no journey. */
  readonly fitness?: number;
  /** How many journeys had each step in its place. */
  readonly steps: Record<string, number>;
  /** The dearest first. */
  readonly deviations: readonly DeviationSum[];
}
export function conformanceIn({ model, steps }: Pick<TargetModel, 'model' | 'steps'>, counters: Counters): ConformanceReport {
  const counted = (of: string): number => counters[`conf|${model}|${of}`] ?? 0;
  const journeys = counted('journeys');
  return {
    ...{ model, journeys, open: counted('open'), succeeded: counted('succeeded'), failed: counted('failed'), asPlanned: counted('as-planned') },
    ...(journeys > 0 && { fitness: counted('fitness') / THOUSAND / journeys }),
    steps: Object.fromEntries(steps.map(({ step }) => [step, counters[`step|${model}|${step}`] ?? 0])),
    deviations: deviationsIn(counters).filter((one) => one.model === model),
  };
}

export const deviationsIn = (counters: Counters): DeviationSum[] =>
  under(counters, 'dev')
    .flatMap(({ parts: [model = '', step = '', kind, what], many }): DeviationSum[] => {
      if (what !== 'times') return [];
      const of = (name: string): number => counters[`dev|${model}|${step}|${kind ?? ''}|${name}`] ?? 0;
      const sums = { journeys: of('journeys'), minutes: of('minutes'), costMinor: of('minor'), lateMinutes: of('late') };
      return [{ model, step, kind: deviationKindSchema.parse(kind), times: many, ...sums }];
    })
    .sort((a, b) => b.costMinor - a.costMinor || b.times - a.times || (`${a.model} ${a.step} ${a.kind}` < `${b.model} ${b.step} ${b.kind}` ? -1 : 1));

export interface Edge {
  /** `^` is the beginning. */
  readonly from: string;
  /** `$` is the end. */
  readonly to: string;
  readonly times: number;
  /** Mean; absent from the beginning and to the end. */
  readonly minutes?: number;
}
/** The journey as it is, to be drawn over the one that should be; the most trodden first. */
export const edgesIn = (model: string, counters: Counters): Edge[] =>
  under(counters, 'edge')
    .flatMap(({ parts: [of, from = '', to = '', what], many }): Edge[] => {
      if (of !== model || what !== 'times') return [];
      const minutes = counters[`edge|${model}|${from}|${to}|minutes`] ?? 0;
      return [{ from, to, times: many, ...(from !== '^' && to !== '$' && { minutes: minutes / many }) }];
    })
    .sort((a, b) => b.times - a.times || (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1));
