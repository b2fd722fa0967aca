import { describe, expect, it } from 'vitest';
import { liveWith } from './basket-world.ts';

/** Half as long as the bench, so that it stays quick; seeds differ from its own. */
const [SEED, DAYS] = [11, 60];

describe('half a season with twelve things in the cupboard', () => {
  const [bare, along] = [liveWith({ joins: false, stocksUp: false }, SEED, DAYS), liveWith({ joins: true, stocksUp: false }, SEED, DAYS)];

  it(`takes far fewer deliveries and fees for hardly more stock when things come along (seed ${String(SEED)})`, () => {
    expect(along.deliveries / bare.deliveries).toBeLessThan(0.6);
    expect(along.feesMinor / bare.feesMinor).toBeLessThan(0.6);
    expect(along.held / bare.held).toBeLessThan(1.35);
    expect(along.runOutDays).toBeLessThanOrEqual(bare.runOutDays);
  });
  it('orders no need twice', () => {
    expect([bare.needsOrderedTwice, along.needsOrderedTwice]).toEqual([0, 0]);
  });
});
