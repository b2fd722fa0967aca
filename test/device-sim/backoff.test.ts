import { describe, expect, it } from 'vitest';
import { backoff } from '../../device-sim/backoff.ts';
import { drawsOf } from '../../device-sim/random.ts';

const pauses = (name: string, count: number) => {
  const waits = backoff(drawsOf(1, name), { firstMillis: 250, mostMillis: 30_000 });
  return { waits, list: Array.from({ length: count }, () => waits.next()) };
};

describe('backoff', () => {
  it('grows exponentially to its limit', () => {
    const { list } = pauses('a', 12);
    for (const [index, pause] of list.entries()) {
      const step = Math.min(30_000, 250 * 2 ** index);
      expect(pause).toBeGreaterThanOrEqual(step / 2);
      expect(pause).toBeLessThanOrEqual(step);
    }
    expect(list[5]).toBeGreaterThan((list[3] ?? 0) * 1.9);
  });

  it('has jitter: two devices do not come back in step, and one does not keep its own beat', () => {
    const { list: a } = pauses('a', 10);
    const { list: b } = pauses('b', 10);
    expect(a.filter((pause, index) => Math.abs(pause - (b[index] ?? 0)) < 1)).toEqual([]);
    expect(new Set(a.map((pause, index) => pause / (250 * 2 ** index))).size).toBe(10);
  });

  it('begins anew after a good connection', () => {
    const { waits } = pauses('a', 8);
    waits.restart();
    expect(waits.next()).toBeLessThanOrEqual(250);
  });
});
