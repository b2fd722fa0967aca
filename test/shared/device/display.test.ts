import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayOf, latestNotes, missedNotes, notesFor, type DisplayContent } from '../../../shared/device/display-content.ts';
import { DISPLAY_BYTES_MAX, displaySchema, noteSchema, type Note } from '../../../shared/device/display.ts';
import type { OrderIn } from '../../../shared/order/order-state.ts';
import { isOrderButtonText } from '../../../shared/order/order-button.ts';
import { addDuration, duration, euros, orderIdSchema, type Instant } from '../../../shared/values.ts';
import { expiresAt, facts, proposedAt, quote, seal } from '../order/order-examples.ts';
import { reached } from '../order/order-specification.ts';

const hours = (instant: Instant, count: number) => addDuration(instant, duration(count, 'hours'));

function waiting(id: string, changes: { quote?: typeof quote; expiresAt?: Instant } = {}): DisplayContent['waiting'][number] {
  const order = reached([facts.proposed, facts.asked]);
  if (order?.status !== 'awaiting-approval') throw new Error('expected an order that waits');
  const changed: OrderIn<'awaiting-approval'> = { ...order, orderId: orderIdSchema.parse(id), ...changes };
  return { order: changed, shop: 'Frischhof' };
}
const note = (id: number, at: Instant, more: object = {}): Note =>
  noteSchema.parse({ messageId: `note_${id}`, kind: 'order-shipped', title: 'On the way', text: `parcel ${id}`, at, ...more });

const [milkLine] = quote.lineItems;
if (milkLine === undefined) throw new Error('expected a line of milk');
const long = (lines: number, title = 'Käse') =>
  seal({ ...quote, lineItems: Array.from({ length: lines }, (_, index) => ({ ...milkLine, title: `${title} ${index}` })) });

describe('a card', () => {
  it('holds what the law wants above the button, in the language of the household', () => {
    const { cards } = displayOf({ waiting: [waiting('ord_1')], notes: [], language: 'de' });
    expect(cards).toEqual([
      {
        orderId: 'ord_1',
        appPath: '/app/approvals/ord_1',
        quoteHash: quote.hash,
        shop: 'Frischhof',
        language: 'de',
        currency: 'EUR',
        lines: [
          { title: 'milk', quantity: 2, unitPriceMinor: 129, basePriceMinor: 129, basePer: '1 l' },
          { title: 'butter', quantity: 1, unitPriceMinor: 218, basePriceMinor: 872, basePer: '1 kg' },
        ],
        moreLines: 0,
        deliveryFeeMinor: 290,
        totalMinor: 766,
        // 1.2 days after the last moment for a yes.
        deliveryBy: '2026-03-04T12:48:00.000Z',
        expiresAt,
        wordingVersion: '2026-03',
        buttonText: 'zahlungspflichtig bestellen',
      },
    ]);
    expect(displayOf({ waiting: [waiting('ord_1')], notes: [], language: 'en' }).cards[0]?.buttonText).toBe('order with obligation to pay');
  });

  it('stands there for the two that end first, whatever order they come in', () => {
    const all = [waiting('ord_c'), waiting('ord_b'), waiting('ord_a', { expiresAt: hours(expiresAt, 1) })];
    const shown = (some: typeof all) => displayOf({ waiting: some, notes: [], language: 'en' }).cards.map(({ orderId }) => orderId);
    expect(shown(all)).toEqual(['ord_b', 'ord_c']);
    expect(shown(all.toReversed())).toEqual(['ord_b', 'ord_c']);
  });

  it('that does not fit says how much is missing, and cannot be approved', () => {
    const display = displayOf({
      waiting: [waiting('ord_1', { quote: long(50, 'Bergkäse vom Hof mit einem langen Namen') }), waiting('ord_2')],
      notes: [note(1, proposedAt)],
      language: 'de',
    });
    const [cut, whole] = display.cards;
    expect(cut?.moreLines).toBeGreaterThan(5);
    expect((cut?.lines.length ?? 0) + (cut?.moreLines ?? 0)).toBe(50);
    expect(cut).not.toHaveProperty('buttonText');
    expect([cut?.totalMinor, whole?.lines.length, whole?.buttonText]).toEqual([766, 2, 'zahlungspflichtig bestellen']);
  });
});

describe('a display', () => {
  it('always fits, and only a whole card has a button', () => {
    const title = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((text) => text.slice(0, 100));
    const content = fc.record({
      cards: fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), title), { maxLength: 4 }),
      texts: fc.array(fc.string({ unit: 'grapheme', maxLength: 150 }), { maxLength: 10 }),
    });
    fc.assert(
      fc.property(content, fc.constantFrom('de', 'en'), ({ cards, texts }, language) => {
        const display = displaySchema.parse(
          displayOf({
            waiting: cards.map(([lines, name], index) => waiting(`ord_${index}`, { quote: long(lines, name) })),
            notes: texts.map((text, index) => note(index, hours(proposedAt, index), { text: text.slice(0, 300) })),
            language,
          }),
        );
        expect(Buffer.byteLength(JSON.stringify(display))).toBeLessThanOrEqual(DISPLAY_BYTES_MAX);
        for (const [index, card] of display.cards.entries()) {
          expect(card.lines.length + card.moreLines).toBe(cards[index]?.[0]);
          expect(card.buttonText !== undefined).toBe(card.moreLines === 0);
          if (card.buttonText !== undefined) expect(isOrderButtonText(language, card.buttonText)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('shows the last three messages, each once', () => {
    const notes = [4, 1, 3, 2, 4].map((index) => note(index, hours(proposedAt, index)));
    expect(displayOf({ waiting: [], notes, language: 'en' }).notes.map(({ messageId }) => messageId)).toEqual(['note_4', 'note_3', 'note_2']);
    expect(latestNotes(notes, 10)).toHaveLength(4);
  });

  it('shows what is meant for one kind of screen there alone', () => {
    const notes = [note(1, proposedAt), { ...note(2, proposedAt), on: 'tv' as const }, { ...note(3, proposedAt), on: 'fridge' as const }];
    expect([notesFor(notes, 'tv'), notesFor(notes, 'fridge')]).toEqual([
      [note(1, proposedAt), note(2, proposedAt)],
      [note(1, proposedAt), note(3, proposedAt)],
    ]);
  });

  it('shows no question that has been answered', () => {
    const questions = [
      note(1, proposedAt, { kind: 'approval-requested', orderId: 'ord_1' }),
      note(2, proposedAt, { kind: 'approval-reminder', orderId: 'ord_2' }),
    ];
    const { notes } = displayOf({ waiting: [waiting('ord_1')], notes: questions, language: 'en' });
    expect(notes.map(({ messageId }) => messageId)).toEqual(['note_1']);
  });
});

it('shows of an order that somebody changed what it is now, and what was said of it before that no more', () => {
  const notes = [
    note(1, proposedAt, { kind: 'approval-requested', orderId: 'ord_1' }),
    note(2, hours(proposedAt, 1), { kind: 'order-requoted', orderId: 'ord_1' }),
    note(3, hours(proposedAt, 2), { kind: 'order-requoted', orderId: 'ord_1' }),
    note(4, proposedAt, { kind: 'approval-requested', orderId: 'ord_2' }),
  ];
  const shown = displayOf({ waiting: [waiting('ord_1'), waiting('ord_2')], notes, language: 'en' }).notes;
  expect(shown.map(({ messageId }) => messageId)).toEqual(['note_3', 'note_4']);
});

describe('a device that was off', () => {
  const now = hours(proposedAt, 30);
  it('hears the questions that still wait and the news of a day, the oldest first', () => {
    const question = note(1, hours(proposedAt, 1), { kind: 'approval-requested', expiresAt: hours(now, 1) });
    const over = note(2, hours(proposedAt, 2), { kind: 'approval-requested', expiresAt: now });
    const notes = [
      note(9, hours(proposedAt, 29)),
      note(3, hours(proposedAt, 7)),
      note(4, hours(proposedAt, 6)),
      { ...question, messageId: 'note_answered', at: hours(proposedAt, 29) },
    ];
    expect(missedNotes({ questions: [question, over], notes }, now).map(({ messageId }) => messageId)).toEqual(['note_1', 'note_3', 'note_9']);
  });
});

describe('heating oil', () => {
  it('comes in thousands of litres', () => {
    const oil = {
      ...milkLine,
      title: 'Heizöl',
      quantity: 30,
      pack: { amount: 100_000, unit: 'ml' as const },
      unitPrice: euros(10_950),
      lineTotal: euros(328_500),
    };
    const { cards } = displayOf({ waiting: [waiting('ord_oil', { quote: seal({ ...quote, lineItems: [oil] }) })], notes: [], language: 'de' });
    expect(cards[0]?.lines).toEqual([{ title: 'Heizöl', quantity: 30, unitPriceMinor: 10_950, basePriceMinor: 110, basePer: '1 l' }]);
  });
});
