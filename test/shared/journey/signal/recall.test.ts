/** Goods called back: who had them by their lots, that they hear of it whatever they stopped, and that a walk through all of them counts each once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldAnswers } from '../../../../shared/order/fold-answers.ts';
import type { GoodsCame } from '../../../../shared/order/goods-came.ts';
import { withLots } from '../../../../shared/order/lot.ts';
import { decideOutreach } from '../../../../shared/journey/outreach/decide-outreach.ts';
import { mayReach } from '../../../../shared/journey/outreach/may-reach.ts';
import { noOutreachYet } from '../../../../shared/journey/outreach/outreach.ts';
import { wishSchema } from '../../../../shared/journey/outreach/wish.ts';
import { goodsHadSchema, withCame, type GoodsHad } from '../../../../shared/journey/signal/goods-had.ts';
import { hitBy, recallWish, type Recall } from '../../../../shared/journey/signal/recall.ts';
import { beginWalk, GOODS_PARTS, withPage } from '../../../../shared/journey/signal/recall-walk.ts';
import { signalSchema } from '../../../../shared/journey/signal/signal.ts';
import { memberIdSchema, messageIdSchema, orderIdSchema } from '../../../../shared/values.ts';
import { accepts, answer, butter, heardAt, milk, quote } from '../../order/order-examples.ts';
import { around, householdId } from '../outreach/outreach-examples.ts';
import { on } from '../life.ts';

const now = on(20);
const because = { de: 'Es können Glassplitter darin sein.', en: 'There may be splinters of glass in it.' };
const recall = (over: object = {}): Recall =>
  signalSchema.parse({ signalId: 'recall-milk', at: now, kind: 'recall', gtin: milk, lots: ['L42'], because, ...over }) as Recall;
const had = (...came: { lots?: [string, number][]; packs?: number; at?: number }[]): GoodsHad =>
  goodsHadSchema.parse({
    ...{ householdId, gtin: milk, title: 'Weidemilch 1 l' },
    came: came.map(({ lots = [], packs = 2, at = 12 }, index) => ({
      ...{ orderId: `ord_${index}`, at: on(at), packs },
      lots: lots.map(([lot, count]) => ({ lot, packs: count })),
    })),
  });

describe('a recall by lot', () => {
  it.each([
    ['that lot', had({ lots: [['L42', 2]] }), { isCertain: true, packs: 2 }],
    ['it, written otherwise', had({ lots: [['l 42', 1]], packs: 1 }), { isCertain: true, packs: 1 }],
    [
      'it among others',
      had({
        lots: [
          ['L41', 1],
          ['L42', 1],
        ],
      }),
      { isCertain: true, packs: 1 },
    ],
    ['packs of which nobody said the lot', had({ packs: 3 }), { isCertain: false, packs: 3 }],
    ['packs of which one is unknown', had({ lots: [['L41', 1]] }), { isCertain: false, packs: 1 }],
    ['it for sure and others perhaps', had({ packs: 3 }, { lots: [['L42', 2]], at: 14 }), { isCertain: true, packs: 2 }],
  ])('concerns whoever had %s', (_, goods, expected) => {
    expect(hitBy(recall(), goods)).toMatchObject(expected);
  });

  it.each([
    ['only other lots', had({ lots: [['L41', 2]] })],
    ['goods of no known lot when they were off the shelf', had({ at: 40 })],
    ['another product', { ...had({ lots: [['L42', 2]] }), gtin: butter }],
  ])('concerns nobody who had %s', (_, goods) => {
    expect(hitBy(recall(), goods)).toBeUndefined();
  });

  it('without lots means every pack that was sold by then', () => {
    expect(hitBy(recall({ lots: [] }), had({ lots: [['L1', 2]] }))).toMatchObject({ isCertain: true, packs: 2 });
    expect(hitBy(recall({ lots: [] }), had({ at: 60 }))).toBeUndefined();
  });

  it('reaches a household that has stopped everything, at night, on the day that is full; nobody can stop it', () => {
    const goods = had({ packs: 3 });
    const hit = hitBy(recall(), goods);
    if (hit === undefined) throw new Error('expected a hit');
    const wish = wishSchema.parse(recallWish(recall(), goods, hit, { householdId, timeZone: 'Europe/Berlin', now }));
    const outreach = { ...noOutreachYet(householdId), stops: [{ kind: 'all', at: now }], channels: ['tv' as const] };
    expect(mayReach(wish, around({ outreach, hasOpenCase: true }), on(20.95))).toEqual({ send: 'app' });
    expect(wish.words.de).toEqual({
      title: 'Rückruf: Weidemilch 1 l',
      text: 'Welche Charge zu euch kam, wissen wir nicht: Betroffen sind L42. Bitte nicht verwenden. Es können Glassplitter darin sein.',
    });
    expect(wish.reason.en).toMatch(/^because it was delivered to you on \d+ \w+$/);
    expect(decideOutreach(undefined, householdId, { type: 'stop', kind: 'recall', memberId: memberIdSchema.parse('mem_anna') }, now)).toMatchObject({
      kind: 'rejected',
    });
  });
});

describe('lots in what a shop says', () => {
  const id = (name: number) => messageIdSchema.parse(`msg_${name}`);
  const ships = answer('order.shipped', 2, {
    lines: [
      { gtin: milk, quantity: 2, lot: 'A' },
      { gtin: butter, quantity: 1, lot: 'B' },
    ],
  });
  const part = answer('order.delivered', 3, { lines: [{ gtin: milk, quantity: 1, lot: 'C' }], totalMinor: 200, complete: false });
  const all = answer('order.delivered', 4, {
    lines: [
      { gtin: milk, quantity: 1, lot: 'C' },
      { gtin: milk, quantity: 1, lot: 'D' },
      { gtin: butter, quantity: 1 },
    ],
    totalMinor: 766,
  });
  const said = [accepts(1), ships, part, all];

  it('are the same whatever the order and repeats of its messages: the last word of each product counts', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 0, 1, 2, 3], { minLength: 8 }), (arrival) => {
        const answers = Object.fromEntries(arrival.map((which) => [id(which), { answer: said[which] ?? accepts(1), receivedAt: heardAt }]));
        const { lots, problems } = foldAnswers(quote, answers);
        expect([lots?.map(({ gtin, lot, packs }) => [gtin, lot, packs]), problems]).toEqual([
          [
            [butter, 'B', 1],
            [milk, 'C', 1],
            [milk, 'D', 1],
          ],
          [],
        ]);
      }),
    );
  });

  it('change nothing else of an order, and are refused for goods that nobody ordered', () => {
    const without = answer('order.shipped', 2);
    const fold = (shipped: typeof without) =>
      foldAnswers(quote, { [id(1)]: { answer: accepts(1), receivedAt: heardAt }, [id(2)]: { answer: shipped, receivedAt: heardAt } });
    expect({ ...fold(ships), lots: undefined }).toEqual({ ...fold(without), lots: undefined });
    const foreign = answer('order.shipped', 2, { lines: [{ gtin: '4000521006129', quantity: 1, lot: 'A' }] });
    expect(fold(foreign).problems).toEqual(['order.shipped 2: foreign-gtin']);
    expect(withLots(undefined, [{ gtin: milk, quantity: 0, lot: 'A' }])).toEqual([]);
  });
});

it('goods that came are noted once for each order, in whichever order their deliveries are told', () => {
  const entry = (order: number) =>
    [orderIdSchema.parse(`ord_${order}`), { gtin: milk, title: 'Weidemilch', packs: order + 1, lots: [] as GoodsCame['lots'], at: on(order) }] as const;
  fc.assert(
    fc.property(fc.shuffledSubarray([0, 1, 2, 3, 0, 1, 2, 3], { minLength: 8 }), (told) => {
      const state = told.reduce<GoodsHad | undefined>((before, order) => withCame(before, householdId, ...entry(order)) ?? before, undefined);
      expect(goodsHadSchema.parse(state).came.map(({ orderId, packs }) => [orderId, packs])).toEqual([
        ['ord_0', 1],
        ['ord_1', 2],
        ['ord_2', 3],
        ['ord_3', 4],
      ]);
    }),
  );
});

it('a walk counts every page once, ends, and begins again a day later for a month', () => {
  const figures = { looked: 3, certain: 1, maybe: 1, told: 2 };
  let walk = beginWalk(recall(), undefined, now);
  for (let part = 0; part < GOODS_PARTS; part += 1) {
    walk = withPage(walk, { after: 'hh_1', figures }, now);
    walk = withPage(walk, { figures }, now);
  }
  expect(walk).toMatchObject({ part: 0, sofar: { looked: 0 }, last: { looked: 96, certain: 32, maybe: 32, told: 64, at: now }, lookAgainAt: on(21) });
  expect(withPage({ ...walk, part: GOODS_PARTS - 1 }, { figures }, on(50)).lookAgainAt).toBeUndefined();
});
