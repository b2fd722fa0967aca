import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedOf, ClockHold } from '../../../../infra/local/run/screen/clock-hold.ts';
import { frame, type View } from '../../../../infra/local/run/screen/frame.ts';
import { DayLines } from '../../../../infra/local/run/screen/plain.ts';
import { openOrderLines, supplySentence } from '../../../../infra/local/run/screen/sentences.ts';
import { cut, difference, wrap } from '../../../../infra/local/run/screen/terminal.ts';
import { householdViewSchema, snapshotSchema, type Snapshot } from '../../../../infra/local/window/snapshot.ts';

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const milk = {
  ...{ supplyId: 'sup_anna-milk', name: 'milk', unit: 'ml', inHouse: 1_100, onOrder: 2_000, reorderPoint: 2_000, orderUpTo: 4_000, perDay: 780 },
  ...{ daysLeft: { p10: 1.04, median: 1.4, p90: 2.1 }, leadTimeDays: 1.2, isLow: true },
  order: { orderId: 'ord_1', status: 'placed', shop: 'Frischhof', total: euros(436), approvedBy: 'mandate' },
};
const openOrder = {
  ...{ orderId: 'ord_2', quoteHash: 'a'.repeat(64), shop: 'Frischhof', deliveryFee: euros(178), total: euros(676), leadTimeDays: 1.2 },
  expiresAt: '2026-03-04T12:00:00.000Z',
  lines: [{ title: 'Orangensaft 1 l', quantity: 2, unitPrice: euros(249), lineTotal: euros(498), basePrice: { amountMinor: 249, per: '1 l' } }],
  reasons: [{ en: 'Not in the mandate: Orangensaft 1 l', de: 'Nicht im Mandat: Orangensaft 1 l' }],
};
const mandate = { mandateId: 'man_anna', state: 'active', month: '2026-03', spent: euros(436), perMonthMax: euros(12_000), perOrderMax: euros(2_500) };
const anna = householdViewSchema.parse({
  ...{ householdId: 'hh_anna', name: 'Anna', timeZone: 'Europe/Berlin', supplies: [milk], openOrders: [openOrder], orders: [] },
  mandate: { ...mandate, endsAt: '2027-03-20T22:00:00.000Z' },
  journey: { touchpoints: 1, latest: [], phases: [], segments: [] },
});
const empty = { households: [anna], moreHouseholds: false, receipts: [], flow: [], alerts: [] };
const snapshotOf = (change: object = {}): Snapshot => snapshotSchema.parse({ now: '2026-03-03T12:00:00.000Z', mode: 'paused', rate: 0, ...empty, ...change });
const view = (change: Partial<View> = {}): View => ({
  ...{
    householdId: undefined,
    url: 'http://127.0.0.1:4711',
    steps: [],
    notes: [],
    snapshot: snapshotOf(),
    isConnected: true,
    isHeld: true,
    isLineCut: false,
    why: undefined,
  },
  ...{ columns: 100, rows: 30 },
  ...change,
});
const textOf = (shown: View): string[] => frame(shown).map((line) => line.map(({ text }) => text).join(''));

describe('sentences', () => {
  it('says of a supply what is left, how long delivery takes and who bought it', () => {
    const [supply] = anna.supplies;
    expect(supply && supplySentence(supply, anna)).toBe(
      "Anna's milk: 1.4 days left (1.0–2.1), delivery takes 1.2, ordered at Frischhof for 4.36 €, inside the mandate until March",
    );
  });

  it('shows an order with the price per litre, the delivery and the total, and why it asks', () => {
    const [order] = anna.openOrders;
    expect(order && openOrderLines(order)).toEqual([
      '2 × Orangensaft 1 l at 2.49 € (2.49 € / 1 l): 4.98 €',
      'Delivery by Frischhof in about 1.2 days: 1.78 €',
      'Total: 6.76 €',
      'Not in the mandate: Orangensaft 1 l.',
    ]);
  });
});

describe('the frame', () => {
  it('shows the words of the law alone beside the key that buys, and says that the clock waits', () => {
    const lines = textOf(view());
    expect(lines).toContain('a  order with obligation to pay');
    expect(lines[0]).toContain('the clock waits for your answer');
  });

  it('says where to answer when the clock waits for a household that is not on the screen', () => {
    expect(textOf(view({ snapshot: snapshotOf({ households: [{ ...anna, openOrders: [] }] }) }))[0]).toContain('the clock waits for an answer in the app');
  });

  it('offers no key to buy where nothing waits', () => {
    const text = textOf(view({ snapshot: snapshotOf({ households: [{ ...anna, openOrders: [] }] }), isHeld: false })).join('\n');
    expect(text).not.toContain('obligation');
    expect(text).not.toContain('decline');
  });

  it('never has more lines than the terminal', () => {
    const size = { rows: fc.integer({ min: 5, max: 60 }), columns: fc.integer({ min: 40, max: 160 }) };
    fc.assert(fc.property(fc.record(size), (terminal) => textOf(view(terminal)).length <= terminal.rows));
  });
});

describe('the terminal', () => {
  it('writes only the lines that changed', () => {
    expect(difference(['a', 'b', 'c'], ['a', 'x'])).toBe('\u001b[2;1Hx\u001b[K\u001b[3;1H\u001b[J');
    expect(difference(['a'], ['a'])).toBe('');
  });

  it('cuts and wraps to the width, and keeps the indentation', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 5 }), fc.integer({ min: 1, max: 30 }), (texts, columns) => {
        const spans = texts.map((text) => ({ text }));
        return (
          Array.from(
            cut(spans, columns)
              .map(({ text }) => text)
              .join(''),
          ).length <= columns
        );
      }),
    );
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('  one two', 6)).toEqual(['  one', '  two']);
  });
});

describe('the clock', () => {
  const clockWithBook = () => {
    const book: string[] = [];
    const note = (what: string) => () => {
      book.push(what);
      return Promise.resolve();
    };
    return { book, hold: new ClockHold({ pause: note('pause'), resume: note('resume') }) };
  };

  it('stands once for each order that waits and goes on after the last answer', () => {
    const { book, hold } = clockWithBook();
    for (const asked of [[], ['ord_1'], ['ord_1'], ['ord_1', 'ord_2'], ['ord_2'], [], []]) hold.follow(asked);
    expect(book).toEqual(['pause', 'pause', 'resume']);
    expect(hold.isHolding).toBe(false);
  });

  it('leaves a person’s own pause alone', async () => {
    const { book, hold } = clockWithBook();
    hold.follow(['ord_1']);
    await hold.toggle(true);
    hold.follow(['ord_1']);
    await hold.toggle(false);
    hold.follow([]);
    expect(book).toEqual(['pause', 'resume', 'pause']);
  });

  it('stands for the households for which a person answers, and for no other', () => {
    const berger = { ...anna, householdId: 'hh_berger', openOrders: [{ ...anna.openOrders[0], orderId: 'ord_3' }] };
    const snapshot = snapshotOf({ households: [anna, berger] });
    expect(askedOf(snapshot, [])).toEqual([]);
    expect(askedOf(snapshot, ['hh_berger'])).toEqual(['ord_3']);
    expect(askedOf(snapshot, ['hh_berger', 'hh_anna'])).toEqual(['ord_2', 'ord_3']);
  });

  it('stands again in a cloud that was started again', () => {
    const { book, hold } = clockWithBook();
    hold.follow(['ord_1']);
    hold.startOver();
    hold.follow(['ord_1']);
    expect(book).toEqual(['pause', 'pause']);
  });
});

it('writes one line for each product day, with what came since the last', () => {
  const days = new DayLines();
  const at = (now: string, readings: number, delivered: number) => {
    const device = { stage: 'device', figures: [{ figure: 'readings', count: readings }] };
    const follow = { stage: 'follow', figures: [{ figure: 'delivered', count: delivered }] };
    return days.lineFor(snapshotOf({ now, flow: [device, follow] }));
  };
  expect(at('2026-03-02T05:00:00.000Z', 1, 0)).toBeUndefined();
  expect(at('2026-03-03T06:00:00.000Z', 41, 2)).toBe('day 1: 41 readings, 2 orders delivered');
  expect(at('2026-03-03T23:00:00.000Z', 60, 2)).toBeUndefined();
  expect(at('2026-03-06T05:00:00.000Z', 61, 3)).toBe('day 4: 20 readings, 1 order delivered');
});
