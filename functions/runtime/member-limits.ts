/**
 * How often one member may ask: 600 readings and 60 writings a minute, each with a minute's worth in hand for a burst; and how many messages one
 * source may send (a token bucket). It is counted in the memory of each copy of a function and costs no call of the store; how many copies there
 * are is bounded by the limits of the API's stage. Product time counts where it runs ahead of the wall clock: there a member has as many minutes
 * as have passed in the house.
 */
import { millisOf } from '../../shared/values.ts';
import { productNow, wallSeconds } from './clock.ts';

const PER_MINUTE = { read: 600, write: 60 } as const;
export type Asking = keyof typeof PER_MINUTE;

interface Bucket {
  readonly left: number;
  readonly atWallMillis: number;
  readonly atProductMillis: number;
}
const buckets = new Map<string, Bucket>();
/** About 100 bytes each; the one that was filled longest ago goes first. */
const BUCKETS_MAX = 10_000;

/** Takes one token. @returns the seconds until there is one again, or undefined if there was one */
export const takeToken = (memberId: string, asking: Asking): number | undefined => takeTokens(`${asking} ${memberId}`, 1, PER_MINUTE[asking]);

/** @param amount of tokens; more than there can ever be are as many as there can be @returns the seconds until there are so many again, or undefined if there were */
export function takeTokens(key: string, amount: number, perMinute: number): number | undefined {
  const wanted = Math.min(amount, perMinute);
  const [wall, product] = [wallSeconds() * 1_000, millisOf(productNow())];
  const before = buckets.get(key);
  // A clock that went back belongs to another run.
  const passed = before === undefined || product < before.atProductMillis ? Infinity : Math.max(wall - before.atWallMillis, product - before.atProductMillis);
  const left = Math.min(perMinute, (before?.left ?? perMinute) + (passed / 60_000) * perMinute);
  buckets.delete(key);
  if (buckets.size >= BUCKETS_MAX) buckets.delete(buckets.keys().next().value ?? '');
  buckets.set(key, { left: left < wanted ? left : left - wanted, atWallMillis: wall, atProductMillis: product });
  return left < wanted ? Math.ceil(((wanted - left) * 60) / perMinute) : undefined;
}
