import { describe, expect, it } from 'vitest';
import { AVOIDED_FOR, disable, isAvoided, noteFailure, noteSuccess } from '../../../shared/retailer/outage.ts';
import { retailerSchema, type Retailer } from '../../../shared/retailer/retailer.ts';
import { addDuration, duration, instantSchema, type Instant } from '../../../shared/values.ts';

const start = instantSchema.parse('2026-03-02T09:00:00.000Z');
const after = (minutes: number) => addDuration(start, duration(minutes, 'minutes'));
const shop = retailerSchema.parse({
  retailerId: 'rt_frischhof',
  name: 'Frischhof',
  webhookUrl: 'https://a.example/hooks',
  apiUrl: 'https://a.example',
  keyGeneration: 1,
});

/** Failures at these minutes: the shop afterwards and what was said, with the minute. */
function failing(minutes: readonly number[], of: Retailer = shop): { shop: Retailer; said: [minute: number, type: string][]; writes: number } {
  const said: [number, string][] = [];
  let [state, writes] = [of, 0];
  for (const minute of minutes) {
    const step = noteFailure(state, after(minute));
    if (step.kind !== 'changed') continue;
    writes += 1;
    state = retailerSchema.parse(step.state);
    said.push(...step.events.map(({ type }): [number, string] => [minute, type]));
  }
  return { shop: state, said, writes };
}
const minutesTo = (end: number) => Array.from({ length: end }, (_, minute) => minute);

describe('a shop that fails', () => {
  it('is told of after an hour, once, and is written seldom', () => {
    expect(failing(minutesTo(60)).said).toEqual([]);
    const day = failing(minutesTo(24 * 60));
    expect(day.said).toEqual([[60, 'retailer.unreachable']]);
    expect(day.writes).toBeLessThanOrEqual(2 * 24 + 2);
  });
  it('is well again with the first success, and that is told if its trouble was', () => {
    const succeed = (state: Retailer, at: Instant) => {
      const step = noteSuccess(state, at);
      return step.kind === 'changed' ? { outage: step.state.outage, said: step.events.map(({ type }) => type) } : step;
    };
    expect(succeed(shop, start)).toEqual({ kind: 'ignored', reason: 'was-well' });
    expect(succeed(failing([0, 10]).shop, after(11))).toEqual({ outage: undefined, said: [] });
    expect(succeed(failing([0, 61]).shop, after(62))).toEqual({ outage: undefined, said: ['retailer.reachable'] });
  });
  it('is asked last from the alert on, until six hours have gone by without a failure', () => {
    expect(isAvoided(failing([0, 59]).shop, after(59))).toBe(false);
    const { shop: troubled } = failing([0, 61]);
    expect(isAvoided(troubled, after(61))).toBe(true);
    expect(isAvoided(troubled, addDuration(after(61), AVOIDED_FOR))).toBe(false);
    expect(isAvoided(failing([0, 61, 61 + 6 * 60]).shop, after(62 + 6 * 60))).toBe(true);
  });
});

it('a shop is shut out with a word to somebody, once', () => {
  const step = disable(shop, 'the endpoint answered 410 Gone', start);
  if (step.kind !== 'changed') throw new Error('expected a change');
  expect(step.events).toEqual([{ type: 'retailer.disabled', data: { retailerId: 'rt_frischhof', reason: 'the endpoint answered 410 Gone' } }]);
  expect(disable(step.state, 'again', start)).toEqual({ kind: 'ignored', reason: 'already-disabled' });
});
