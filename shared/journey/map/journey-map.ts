/**
 * The journey as a map: phases across, channels down, how much happened where and how it felt, in two lanes: what the household does (buy, own)
 * over what the company does (acquire, look after).
 */
import { z } from 'zod';
import { instantSchema } from '../../values.ts';
import type { Touchpoint } from '../touchpoint.ts';
import { channelSchema, phaseSchema, type Channel, type Phase } from '../words.ts';
import { laneOf, type Lane } from './lanes.ts';

export const laneSchema = z.enum(['household', 'company']);

export const mapCellSchema = z.strictObject({
  lane: laneSchema,
  phase: phaseSchema,
  channel: channelSchema,
  count: z.int().min(1),
  /** −1 to 1, weighted by confidence; absent: nobody knows. */
  feeling: z.number().min(-1).max(1).optional(),
  last: instantSchema,
});
export type MapCell = z.infer<typeof mapCellSchema>;

interface Sum {
  lane: Lane;
  phase: Phase;
  channel: Channel;
  count: number;
  felt: number;
  weight: number;
  last: Touchpoint['at'];
}

const places = <Word extends string>(words: readonly Word[]) => new Map(words.map((word, index) => [word, index] as const));
const phasePlace = places(phaseSchema.options);
const channelPlace = places(channelSchema.options);
const place = ({ lane, phase, channel }: MapCell): number =>
  (lane === 'household' ? 0 : 10_000) + (phasePlace.get(phase) ?? 0) * 100 + (channelPlace.get(channel) ?? 0);

type Happened = Pick<Touchpoint, 'initiator' | 'phase' | 'channel' | 'at' | 'sentiment'>;
/** Sums of floats depend on their order. */
const orderOf = ({ at, sentiment }: Happened): string => `${at} ${sentiment?.value ?? ''} ${sentiment?.confidence ?? ''}`;

/** One cell for each lane, phase and channel in which something happened; the order of the touchpoints does not matter. */
export function journeyMap(touchpoints: readonly Happened[]): MapCell[] {
  const sums = new Map<string, Sum>();
  for (const { initiator, phase, channel, at, sentiment } of [...touchpoints].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))) {
    const lane = laneOf[initiator];
    const key = `${lane} ${phase} ${channel}`;
    const sum = sums.get(key) ?? { lane, phase, channel, count: 0, felt: 0, weight: 0, last: at };
    sum.count += 1;
    sum.last = at > sum.last ? at : sum.last;
    sum.felt += sentiment === undefined ? 0 : sentiment.value * sentiment.confidence;
    sum.weight += sentiment?.confidence ?? 0;
    sums.set(key, sum);
  }
  return [...sums.values()]
    .map(({ felt, weight, ...cell }) => ({ ...cell, ...(weight > 0 && { feeling: Math.round((felt / weight) * 1_000) / 1_000 }) }))
    .sort((a, b) => place(a) - place(b));
}
