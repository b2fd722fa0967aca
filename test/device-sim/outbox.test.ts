import { afterEach, describe, expect, it, vi } from 'vitest';
import { Outbox, type Link } from '../../device-sim/outbox.ts';
import type { ReadingLine } from '../../device-sim/past.ts';
import { instantOf } from '../../shared/values.ts';
import { startsAt, thing } from './examples.ts';

const line = (seq: number): ReadingLine => {
  const sampledAt = instantOf(startsAt + seq * 60_000);
  const reading = { bootId: 1, seq, sampledAt, slot: 'milk', level: { amount: 1, unit: 'l' as const }, uncertainty: 0.1 };
  return { at: sampledAt, kind: 'reading', thing, bootId: 1, seq, reading };
};
const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => line(from + index));

/** A connection whose acknowledgements the test gives. */
function wire() {
  const sent: number[] = [];
  const pending = new Map<number, () => void>();
  let broken = false;
  const link: Link = {
    publish: ({ seq }) => {
      sent.push(seq);
      return new Promise<void>((resolve) => pending.set(seq, resolve));
    },
    breakOff: () => (broken = true),
  };
  return { link, sent, acknowledge: (...seqs: number[]) => seqs.forEach((seq) => pending.get(seq)?.()), isBroken: () => broken };
}

function outbox(waiting: ReadingLine[] = []) {
  const acknowledged: number[] = [];
  const dropped: number[] = [];
  const box = new Outbox(waiting, { acknowledged: ({ seq }) => acknowledged.push(seq), dropped: ({ seq }) => dropped.push(seq) });
  return { box, acknowledged, dropped };
}

const patience = { offlineMillis: 2_000, slowMillis: 15_000 };
afterEach(() => vi.useRealTimers());

describe('the offline buffer', () => {
  it('keeps readings in order and sends them by windows, each acknowledged before the next begins', async () => {
    vi.useFakeTimers();
    const { box, acknowledged } = outbox(lines(1, 3));
    box.add(lines(4, 12));
    const { link, sent, acknowledge } = wire();
    box.up(link);
    expect(sent).toEqual([1, 2, 3, 4, 5, 6, 7]);
    acknowledge(1, 2, 3, 4, 5, 6);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toHaveLength(7);
    acknowledge(7);
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toHaveLength(12);
    acknowledge(8, 9, 10, 11, 12);
    await box.settle(patience);
    expect(acknowledged).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('stays below the 20 messages a second above which the broker discards, in every second and from one turn to the next', async () => {
    vi.useFakeTimers();
    const { box } = outbox(lines(1, 60));
    const sentAt: number[] = [];
    box.up({ publish: () => Promise.resolve(sentAt.push(performance.now())), breakOff: () => undefined });
    for (let turn = 0; turn < 8; turn += 1) {
      box.add(lines(61 + turn * 5, 65 + turn * 5));
      await vi.advanceTimersByTimeAsync(700);
    }
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sentAt).toHaveLength(100);
    const inASecond = sentAt.map((at) => sentAt.filter((other) => other >= at && other < at + 1_000).length);
    expect(Math.max(...inASecond)).toBe(14);
    expect((sentAt.at(-1) ?? 0) - (sentAt[0] ?? 0)).toBeLessThan(8_000);
  });

  it('waits for a long buffer as long as it gets shorter', async () => {
    vi.useFakeTimers();
    const { box } = outbox(lines(1, 420));
    box.up({ publish: () => Promise.resolve(), breakOff: () => undefined });
    let settled = false;
    void box.settle(patience).then(() => (settled = true));
    await vi.advanceTimersByTimeAsync(28_500);
    expect(settled).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(settled).toBe(true);
  });

  it('with faults: sends a window backwards, and says a reading again after its acknowledgement', async () => {
    vi.useFakeTimers();
    const sent: number[] = [];
    const acknowledged: number[] = [];
    const box = new Outbox(lines(1, 4), {
      acknowledged: ({ seq }) => acknowledged.push(seq),
      dropped: () => undefined,
      isReversed: ({ seq }) => seq === 1,
      isDuplicated: ({ seq }) => seq === 3,
    });
    box.up({ publish: ({ seq }) => Promise.resolve(sent.push(seq)), breakOff: () => undefined });
    await box.settle(patience);
    box.add(lines(5, 6));
    await box.settle(patience);
    expect(sent).toEqual([4, 3, 2, 1, 3, 5, 6]);
    expect(acknowledged, 'once each').toEqual([4, 3, 2, 1, 5, 6]);
  });

  it('sends again, first and with the same identity, what a lost connection left open', async () => {
    vi.useFakeTimers();
    const { box, acknowledged } = outbox(lines(1, 4));
    const first = wire();
    box.up(first.link);
    first.acknowledge(1);
    await vi.advanceTimersByTimeAsync(0);
    box.down();
    box.add([line(5)]);
    const second = wire();
    box.up(second.link);
    expect(second.sent).toEqual([2, 3, 4, 5]);
    first.acknowledge(2);
    second.acknowledge(2, 3, 4, 5);
    await box.settle(patience);
    expect(acknowledged, 'an acknowledgement counts once').toEqual([1, 2, 3, 4, 5]);
  });

  it('does not wait for ever: two seconds without a connection, fifteen with a slow one', async () => {
    vi.useFakeTimers();
    const { box } = outbox(lines(1, 2));
    const settled: string[] = [];
    void box.settle(patience).then(() => settled.push('offline'));
    await vi.advanceTimersByTimeAsync(1_900);
    expect(settled).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(settled).toEqual(['offline']);
    const { link, sent, acknowledge } = wire();
    box.up(link);
    void box.settle(patience).then(() => settled.push('slow'));
    await vi.advanceTimersByTimeAsync(14_000);
    expect(settled).toEqual(['offline']);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(settled).toEqual(['offline', 'slow']);
    acknowledge(...sent);
    await box.settle(patience);
  });

  it('breaks a connection off that gives no PUBACK', async () => {
    vi.useFakeTimers();
    const { box } = outbox([line(1)]);
    const { link, isBroken } = wire();
    box.up(link);
    await vi.advanceTimersByTimeAsync(19_000);
    expect(isBroken()).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(isBroken()).toBe(true);
  });

  it('is bounded, and says which readings it gave up: the oldest', () => {
    const { box, dropped } = outbox(lines(1, 4_999));
    box.add(lines(5_000, 5_003));
    expect(dropped).toEqual([1, 2, 3]);
  });
});
