/**
 * What the closed paths of a household's day add to the counters of all. They stand in buckets of their own by the month (`2026-03~paths`,
 * `2026-03~2.0` …), so that nobody carries windows of four touches along who wants to know something else. Readers: `read-counters.ts`.
 */
import { millisOf, type Instant } from '../../values.ts';
import { monthOf } from '../fold/trace.ts';
import type { Contribution } from '../tally/batch.ts';
import type { ClosedPath } from './closed-path.ts';
import { orders, statesOf, type Order } from './graph.ts';
import { SEPARATOR } from './path.ts';
import { HALF_LIFE_DAYS, ruleNames, sharesOf } from './shares.ts';

/** One conversion in whole parts, so that shares can be counted: every n-th of it, and every n-th of a fifth, is whole up to n = 16 (5 · 720,720). */
export const WHOLE = 3_603_600;
/** Thousandths of a cent: 2⁵³ of them are ninety billion euros. */
export const VALUE_PARTS = 1_000;

export const PATHS_SUFFIX = 'paths';
/** Orders by the campaigns that were touched before them; read by `campaign/order-cost.ts`. */
export const CAMPAIGNS_SUFFIX = 'campaigns';
/** The longer the memory, the more windows there are: they are spread over so many buckets, or one would outgrow what the store takes. */
const PARTS: Record<Order, number> = { 1: 1, 2: 1, 3: 2, 4: 4 };
export const suffixesOf = (order: Order): string[] => Array.from({ length: PARTS[order] }, (_, part) => `${order}.${part}`);
const suffixOf = (order: Order, window: string): string => {
  let sum = 0;
  for (let index = 0; index < window.length; index += 1) sum = (sum * 31 + window.charCodeAt(index)) % 65_521;
  return `${order}.${sum % PARTS[order]}`;
};

/** Upper ends of lags, in hours; what takes longer is in one more. */
export const LAG_HOURS = [1, 6, 24, 72, 168, 336] as const;
const lagOf = (from: Instant, to: Instant): number => {
  const hours = (millisOf(to) - millisOf(from)) / 3_600_000;
  const found = LAG_HOURS.findIndex((end) => hours <= end);
  return found < 0 ? LAG_HOURS.length : found;
};

class Buckets {
  readonly #sums = new Map<string, Record<string, number>>();
  add(bucket: string, name: string, many: number): void {
    if (many === 0) return;
    const counters = this.#sums.get(bucket) ?? {};
    this.#sums.set(bucket, counters);
    counters[name] = (counters[name] ?? 0) + many;
  }
  contributions(): Contribution[] {
    return [...this.#sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([bucket, counters]) => ({ bucket, counters }));
  }
}

/** Counted to the month in which each ended, not to the one in which it closed. */
export function contributionOfClosed(paths: readonly ClosedPath[]): Contribution[] {
  const buckets = new Buckets();
  for (const path of paths) {
    const bucket = `${monthOf(path.at)}~${PATHS_SUFFIX}`;
    if (path.ended === 'mandate') addGrant(buckets, bucket, path);
    else if (path.ended === 'automatic') addAutomatic(buckets, bucket, path);
    else addPath(buckets, bucket, path);
  }
  return buckets.contributions();
}

function addPath(buckets: Buckets, bucket: string, path: ClosedPath): void {
  const isOrder = path.ended === 'order';
  buckets.add(bucket, isOrder ? 'all|conversions' : 'all|nulls', 1);
  buckets.add(bucket, 'all|minor', path.valueMinor);
  if (isOrder) {
    for (const rule of ruleNames) addShares(buckets, bucket, rule, path);
    for (const { channel, at } of path.steps) buckets.add(bucket, `lag|${channel}|${lagOf(at, path.at)}`, 1);
    addCampaigns(buckets, path);
  }
  for (const [index, { channel, at }] of path.steps.entries()) {
    const next = path.steps[index + 1];
    if (next === undefined || next.channel === channel) continue;
    buckets.add(bucket, `next|${channel}|${next.channel}|${lagOf(at, next.at)}`, 1);
  }
  for (const order of orders) addTransitions(buckets, order, path);
}

function addCampaigns(buckets: Buckets, { at, steps }: ClosedPath): void {
  const add = (what: string, step: ClosedPath['steps'][number] | undefined): void => {
    if (step?.campaign !== undefined) buckets.add(`${monthOf(at)}~${CAMPAIGNS_SUFFIX}`, `${what}|${step.campaign}|${step.channel}`, 1);
  };
  add('first', steps[0]);
  add('last', steps.at(-1));
  for (const step of steps) add('touch', step);
}

const agesOf = ({ steps, at }: ClosedPath): number[] => steps.map((step) => (millisOf(at) - millisOf(step.at)) / 86_400_000);

function addShares(buckets: Buckets, bucket: string, rule: (typeof ruleNames)[number], path: ClosedPath): void {
  const steps = path.steps.map(({ channel }) => channel);
  const shares = sharesOf(rule, steps, rule === 'decay' ? agesOf(path) : undefined, HALF_LIFE_DAYS);
  for (const [channel, parts] of inWholeParts(shares, WHOLE)) buckets.add(bucket, `${rule}|${channel}|parts`, parts);
  for (const [channel, parts] of inWholeParts(shares, path.valueMinor * VALUE_PARTS)) buckets.add(bucket, `${rule}|${channel}|value`, parts);
}

/** Together exactly the whole: what rounding leaves goes to the largest remainders (Hamilton’s method). */
export function inWholeParts(shares: ReadonlyMap<string, number>, whole: number): Map<string, number> {
  const exact = [...shares].map(([channel, share]) => ({ channel, share: share * whole, parts: Math.floor(share * whole + 1e-6) }));
  let left = whole - exact.reduce((sum, { parts }) => sum + parts, 0);
  const byRemainder = [...exact].sort((a, b) => b.share - b.parts - (a.share - a.parts) || (a.channel < b.channel ? -1 : 1));
  for (const one of byRemainder) {
    if (left <= 0) break;
    one.parts += 1;
    left -= 1;
  }
  return new Map(exact.map(({ channel, parts }) => [channel, parts]));
}

/** `^a>b` begins, `a>b>c` goes from the window a>b to b>c, `a>b$` converts, `a>b#` says what that was worth, `a>b!` ends with nothing. `-` before: of a path that did. */
function addTransitions(buckets: Buckets, order: Order, path: ClosedPath): void {
  const states = statesOf(
    path.steps.map(({ channel }) => channel),
    order,
  );
  const month = monthOf(path.at);
  const outcome = path.ended === 'order' ? '' : '-';
  const add = (window: string, mark: string, many: number): void => buckets.add(`${month}~${suffixOf(order, window)}`, `${outcome}${mark}`, many);
  for (const [index, state] of states.entries()) {
    const next = states[index + 1];
    if (index === 0) add(state, `^${state}`, 1);
    if (next !== undefined) add(state, `${state}${SEPARATOR}${next.slice(next.lastIndexOf(SEPARATOR) + 1)}`, 1);
  }
  const last = states.at(-1) ?? '';
  add(last, `${last}${path.ended === 'order' ? '$' : '!'}`, 1);
  add(last, `${last}#`, path.valueMinor);
}

function addGrant(buckets: Buckets, bucket: string, path: ClosedPath): void {
  buckets.add(bucket, 'grant|many', 1);
  const shares = sharesOf(
    'linear',
    path.steps.map(({ channel }) => channel),
  );
  for (const [channel, parts] of inWholeParts(shares, WHOLE)) buckets.add(bucket, `granted|${channel}`, parts);
}

/** Of the cycles that a mandate keeps producing: the last touch is what started this one. */
function addAutomatic(buckets: Buckets, bucket: string, { steps, valueMinor }: ClosedPath): void {
  buckets.add(bucket, 'automatic|many', 1);
  buckets.add(bucket, 'automatic|minor', valueMinor);
  const channel = steps.at(-1)?.channel ?? '';
  buckets.add(bucket, `cycle|${channel}|many`, 1);
  buckets.add(bucket, `cycle|${channel}|minor`, valueMinor);
}
