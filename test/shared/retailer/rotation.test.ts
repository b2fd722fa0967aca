import { describe, expect, it } from 'vitest';
import { generationsOf, OVERLAP, rotateKeys } from '../../../shared/retailer/rotation.ts';
import { retailerSchema } from '../../../shared/retailer/retailer.ts';
import { addDuration, duration, instantSchema } from '../../../shared/values.ts';

const now = instantSchema.parse('2026-03-02T09:00:00.000Z');
const shop = retailerSchema.parse({
  retailerId: 'rt_frischhof',
  name: 'Frischhof',
  webhookUrl: 'https://a.example/hooks',
  apiUrl: 'https://a.example',
  keyGeneration: 1,
});
const rotated = (from: number, of = shop, at = now) => {
  const result = rotateKeys(of, from, at);
  if (result.kind !== 'changed') throw new Error(JSON.stringify(result));
  return result.state;
};

describe('changing keys', () => {
  it('keeps the generation of before for a day, to the instant', () => {
    const next = rotated(1);
    const until = addDuration(now, OVERLAP);
    expect(generationsOf(shop, now)).toEqual([1]);
    expect(generationsOf(next, now)).toEqual([2, 1]);
    expect(generationsOf(next, addDuration(until, duration(-1, 'seconds')))).toEqual([2, 1]);
    expect(generationsOf(next, until)).toEqual([2]);
  });
  it('happens once, however often it is asked for', () => {
    expect(rotateKeys(rotated(1), 1, now)).toEqual({ kind: 'ignored', reason: 'rotated-already' });
  });
  it('waits for the change before it, which would else end early', () => {
    expect(rotateKeys(rotated(1), 2, now)).toEqual({ kind: 'rejected', reason: 'rotation-under-way' });
    expect(rotated(2, rotated(1), addDuration(now, OVERLAP)).keyGeneration).toBe(3);
  });
  it('is refused to whoever believes in another generation', () => {
    expect(rotateKeys(shop, 2, now)).toEqual({ kind: 'rejected', reason: 'another-generation' });
    expect(rotateKeys(rotated(2, rotated(1), addDuration(now, OVERLAP)), 1, now)).toEqual({ kind: 'rejected', reason: 'another-generation' });
  });
});
