/** What would be worth mending: each deviation from a target journey with how many journeys have it and what it costs. */
import { z } from 'zod';
import type { DeviationKind, TargetModel } from '../target/model.ts';
import { conformanceIn } from '../tally/read-tally.ts';
import type { Counters } from '../tally/batch.ts';

/** Of one deviation in one period: what a measure is judged by. */
export const figuresSchema = z
  .strictObject({
    /** `YYYY-MM-DD`, both included. */
    from: z.iso.date(),
    to: z.iso.date(),
    /** Of the model, in that period. */
    journeys: z.int().min(0),
    /** Of them, those that have it. */
    having: z.int().min(0),
    times: z.int().min(0),
    /** Of somebody's work. */
    minutes: z.int().min(0),
    /** The minutes are in it. */
    costMinor: z.int().min(0),
  })
  .refine(({ from, to }) => from <= to, 'expected a period that does not end before it begins')
  .refine(({ journeys, having }) => having <= journeys, 'expected no more journeys with it than there are');
export type Figures = z.infer<typeof figuresSchema>;

export interface Finding extends Figures {
  /** `order/delivered/late` */
  readonly findingId: string;
  readonly model: string;
  readonly step: string;
  readonly kind: DeviationKind;
  /** Of the journeys of the model, 0–1. */
  readonly share: number;
  /** If it went on like this; minor units. */
  readonly yearMinor: number;
}

interface Period {
  readonly from: string;
  readonly to: string;
}
const daysIn = ({ from, to }: Period): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;

export const findingId = (model: string, step: string, kind: DeviationKind): string => `${model}/${step}/${kind}`;

/** The dearest first; of equal cost the most frequent. @param counters of that period, merged */
export function findingsIn(models: readonly TargetModel[], counters: Counters, period: Period): Finding[] {
  return models
    .flatMap((model) => {
      const { journeys, deviations } = conformanceIn(model, counters);
      return deviations.map(({ step, kind, times, journeys: having, minutes, costMinor }): Finding => ({
        ...{ findingId: findingId(model.model, step, kind), model: model.model, step, kind },
        ...{ from: period.from, to: period.to, journeys, having, times, minutes, costMinor },
        ...{ share: journeys === 0 ? 0 : having / journeys, yearMinor: Math.round((costMinor * 365) / daysIn(period)) },
      }));
    })
    .sort((a, b) => b.costMinor - a.costMinor || b.times - a.times || (a.findingId < b.findingId ? -1 : 1));
}

/** Of one finding, also when it does not occur any more: then there is none of it. */
export function figuresOf(model: TargetModel, found: Pick<Finding, 'step' | 'kind'>, counters: Counters, period: Period): Figures {
  const { journeys, deviations } = conformanceIn(model, counters);
  const { times = 0, journeys: having = 0, minutes = 0, costMinor = 0 } = deviations.find(({ step, kind }) => step === found.step && kind === found.kind) ?? {};
  return { from: period.from, to: period.to, journeys, having, times, minutes, costMinor };
}
