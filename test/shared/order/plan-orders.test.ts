import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftOf } from '../../../shared/order/order-draft.ts';
import { agendaOf, planOrders } from '../../../shared/order/plan-orders.ts';
import { boughtAlone } from '../../../shared/order/bought-alone.ts';
import { decideBasket } from '../../../shared/supply/basket.ts';
import { join } from '../../../shared/supply/reorder/join.ts';
import { snapshot } from '../../../shared/supply/snapshot.ts';
import type { Supply } from '../../../shared/supply/supply.ts';
import { addDuration, duration, euros } from '../../../shared/values.ts';
import { changed } from '../supply/milk.ts';
import { frischhof, gtinOf, orderId, timeZone } from './order-examples.ts';
import { basketOf, granted, gtin, inWords, item, later, low, now, offer, planned, shop, type Name } from './pantry.ts';

/** 1 l a day: s is some 3 l, S 8.2 l, so that c is some 6 l. */
describe('what comes along', () => {
  it('is what would be ordered soon anyway, when a delivery costs more than having it earlier', () => {
    const plan = planned([low('milk'), item('oats', 5_000), item('coffee', 7_500)]);
    expect(inWords(plan)).toEqual(['milk 9, oats 4']);
    const [, oats] = plan.choices[0]?.lines ?? [];
    expect(oats?.joined?.saves).toEqual(euros(390));
    expect(plan.joined).toEqual([{ needId: oats?.needId, supplyId: 'sup_oats', cycle: 1, round: 1 }]);
  });
  it('is nothing while nothing is low', () => {
    expect(planned([item('milk', 5_000), item('oats', 5_000)]).choices).toEqual([]);
  });
  it('saves at least a parcel where delivery is free, and stays away where much of it would spoil', () => {
    const free = { shops: [shop(undefined, { deliveryFee: euros(0) })] };
    expect(inWords(planned([low('milk'), item('oats', 5_000)], free))).toEqual(['milk 9, oats 4']);
    const dear = [shop([offer('milk'), offer('oats', { price: euros(900) })], { deliveryFee: euros(0) })];
    expect(inWords(planned([low('milk'), item('oats', 5_600, { shelfLifeDays: 8 })], { shops: dear }))).toEqual(['milk 9']);
  });
  it('is not dearer here than in an order of its own elsewhere, nor another product', () => {
    const elsewhere = shop([offer('oats', { price: euros(20) })], { deliveryFee: euros(0) }, later);
    expect(inWords(planned([low('milk'), item('oats', 5_000)], { shops: [shop(), elsewhere] }))).toEqual(['milk 9']);
    const preferred: Supply = { ...item('oats', 5_000), products: [{ gtin: gtinOf(7), pack: { amount: 1_000, unit: 'ml' } }, ...item('oats', 0).products] };
    const shops = [shop(), shop([offer('oats', { gtin: gtinOf(7), price: euros(190) })], {}, later)];
    expect(inWords(planned([low('milk'), preferred], { shops }))).toEqual(['milk 9']);
  });
  it('has room', () => {
    expect(inWords(planned([low('milk'), item('oats', 5_000, { capacity: 6_500 })]))).toEqual(['milk 9']);
    expect(inWords(planned([low('milk'), item('oats', 5_000, { packsMax: 1 })]))).toEqual(['milk 9, oats 1']);
  });
  it('goes with one order only, the one that it is worth most to', () => {
    const shops = [shop([offer('milk'), offer('oats')]), shop([offer('coffee'), offer('oats')], {}, later)];
    const plan = planned([low('milk'), low('coffee'), item('oats', 5_000)], { shops });
    expect(plan.choices.flatMap(({ lines }) => lines).filter(({ supplyId }) => supplyId === 'sup_oats')).toHaveLength(1);
  });
  it('is taken along by the next run when the first broke off after its supply had been told', () => {
    const supplies = [low('milk'), item('oats', 5_000)];
    const basket = basketOf(supplies);
    const halfway = supplies.map((supply) => (supply.supplyId === 'sup_oats' ? changed(join(supply, now)).state : supply));
    const [first, again] = [planned(supplies, { basket }), planned(halfway, { basket })];
    expect(again.choices).toEqual(first.choices);
    const plan = { type: 'plan', choices: again.choices, joined: again.joined, withdrawn: [], now } as const;
    const after = changed(decideBasket(basket, plan)).state;
    expect(decideBasket(after, plan)).toEqual({ kind: 'ignored', reason: 'nothing-waits' });
    expect(planned(halfway, { basket: after }).choices).toEqual([]);
    // Its late word about the same need buys nothing more.
    expect(again.joined.map((need) => decideBasket(after, { type: 'add-need', need, now }))).toEqual([{ kind: 'ignored', reason: 'told-before' }]);
  });
  it('is withdrawn when what it came along with is bought otherwise', () => {
    const oats = changed(join(item('oats', 5_000), now)).state;
    const supplies = [low('milk'), oats];
    const { choices, joined } = planned(supplies);
    const basket = changed(decideBasket(basketOf(supplies), { type: 'plan', choices, joined, withdrawn: [], now })).state;
    const back = basket.plans.reduce((sofar, plan) => changed(decideBasket(sofar, { type: 'give-back', orderId: plan.orderId, now })).state, basket);
    expect(agendaOf(back, [oats], undefined, now)).toMatchObject({ wanted: [], withdrawn: [expect.stringContaining('need_'), oats.need?.needId] });
    expect(inWords(planned(supplies, { basket: back }))).toEqual(['milk 9, oats 4']);
  });
});

describe('a shop’s threshold', () => {
  /** 9 packs of milk are 18 €. */
  const from = (minor: number) => ({ shops: [shop(undefined, { freeDeliveryFrom: euros(minor) })] });
  const smallest = (minor: number, offers?: Parameters<typeof shop>[0]) => [shop(offers, { minimumOrder: euros(minor) })];

  it('of free delivery is passed with goods that keep, when that costs less than the fee', () => {
    // Coffee is far from its own order: only the fee brings it along.
    const supplies = [low('milk'), item('coffee', 7_500)];
    expect(inWords(planned(supplies, from(2_000)))).toEqual(['milk 9, coffee 1']);
    const [, coffee] = planned(supplies, from(2_000)).choices[0]?.lines ?? [];
    expect([coffee?.joined?.lifts, coffee?.joined?.saves.amountMinor]).toEqual([
      'free-delivery',
      expect.toSatisfy((minor: number) => minor > 380 && minor <= 390),
    ]);
    // Too far away, delivered free already, or spoilt before it would be used.
    expect(inWords(planned(supplies, from(2_300)))).toEqual(['milk 9']);
    expect(inWords(planned(supplies, from(1_800)))).toEqual(['milk 9']);
    expect(inWords(planned([low('milk'), item('coffee', 7_500, { shelfLifeDays: 4 })], from(2_000)))).toEqual(['milk 9']);
    expect(inWords(planned(supplies, { ...from(2_000), goesBeyond: false }))).toEqual(['milk 9']);
  });
  it('of free delivery takes what loses least, and no more than it needs', () => {
    const offers = [offer('milk'), offer('coffee', { price: euros(500) }), offer('soap', { price: euros(200) }), offer('tea', { price: euros(200) })];
    const supplies = [low('milk'), item('coffee', 7_500), item('soap', 7_500), item('tea', 7_500)];
    const plan = inWords(planned(supplies, { shops: [shop(offers, { freeDeliveryFrom: euros(2_000) })] }));
    expect(plan).toHaveLength(1);
    expect(plan[0]).toMatch(/^milk 9, (soap|tea) 1$/);
  });
  it('is not passed where the goods cost more here than elsewhere by as much as the fee', () => {
    const elsewhere = shop([offer('coffee', { price: euros(20) })], {}, later);
    const shops = [shop([offer('milk'), offer('coffee', { price: euros(420) })], { freeDeliveryFrom: euros(2_000) }), elsewhere];
    expect(inWords(planned([low('milk'), item('coffee', 7_500)], { shops }))).toEqual(['milk 9']);
  });
  it('of the smallest order is reached, so that what is low can be had at all', () => {
    const supplies = [low('milk', { packsMax: 2 }), item('coffee', 7_500), item('oats', 5_000)];
    // Oats are worth a place by themselves; coffee comes only where they are not enough.
    expect(inWords(planned(supplies, { shops: smallest(1_200) }))).toEqual(['milk 2, oats 4']);
    const plan = planned(supplies, { shops: smallest(1_400) });
    expect(inWords(plan)).toEqual(['milk 2, oats 4, coffee 1']);
    expect(plan.choices[0]?.lines.map(({ joined }) => joined?.lifts)).toEqual([undefined, undefined, 'minimum-order']);
    expect(plan.joined).toHaveLength(2);
    expect(inWords(planned(supplies, { shops: smallest(1_200), goesBeyond: false }))).toEqual([]);
    expect(inWords(planned(supplies, { shops: smallest(6_000) }))).toEqual([]);
  });
  it('of the smallest order is not reached by losing more than what is low is worth', () => {
    const offers = [offer('milk', { price: euros(10) }), offer('wine', { price: euros(3_000) })];
    const shops = [...smallest(600, offers), shop([offer('wine', { price: euros(100) })], {}, later)];
    expect(inWords(planned([low('milk', { packsMax: 1 }), item('wine', 7_500)], { shops }))).toEqual([]);
  });
  it('is passed with what a mandate covers, where it can be', () => {
    const shops = smallest(500);
    const supplies = [low('milk', { packsMax: 2 }), item('coffee', 7_500), item('soap', 7_500)];
    const [first] = planned(supplies, { shops, spend: granted({ gtins: [gtin('milk'), gtin('soap')] }) }).choices;
    expect(first?.lines.map(({ supplyId }) => supplyId)).toEqual(['sup_milk', 'sup_soap']);
    // Nothing that it covers suffices: better asked about than not ordered at all.
    expect(inWords(planned(supplies, { shops, spend: granted({ gtins: [gtin('milk')] }) }))).toHaveLength(1);
    const free = from(2_000);
    expect(inWords(planned([low('milk'), item('coffee', 7_500)], { ...free, spend: granted({ gtins: [gtin('milk')] }) }))).toEqual(['milk 9']);
  });
});

describe('what comes along and a mandate', () => {
  it('stays out where it would make an automatic order ask', () => {
    const supplies = [low('milk'), item('oats', 5_000)];
    expect(inWords(planned(supplies, { spend: granted() }))).toEqual(['milk 9, oats 4']);
    expect(inWords(planned(supplies, { spend: granted({ gtins: [gtin('milk')] }) }))).toEqual(['milk 9']);
    // 9 packs at 2 € and 3.90 € for delivery are 21.90 €.
    expect(inWords(planned(supplies, { spend: granted({ perOrderMax: euros(2_900) }) }))).toEqual(['milk 9']);
    expect(inWords(planned(supplies, { spend: granted({ perMonthMax: euros(2_900) }) }))).toEqual(['milk 9']);
    expect(inWords(planned(supplies, { spend: granted({ perOrderMax: euros(2_000) }) }))).toEqual(['milk 9, oats 4']);
  });
  it('leaves the other orders of the run their part of the cap', () => {
    const shops = [shop([offer('milk'), offer('oats')]), shop([offer('coffee')], {}, later)];
    const supplies = [low('milk'), low('coffee'), item('oats', 5_000)];
    const retailers = [frischhof, later];
    expect(inWords(planned(supplies, { shops, spend: granted({ retailers, perMonthMax: euros(5_000) }) }))).toEqual(['milk 9', 'coffee 9']);
    expect(inWords(planned(supplies, { shops, spend: granted({ retailers, perMonthMax: euros(5_200) }) }))).toEqual(['milk 9, oats 4', 'coffee 9']);
  });
});

describe('buying more while it is cheap', () => {
  const weeksAgo = (weeks: number) => addDuration(now, duration(-7 * weeks, 'days'));
  const cheap = (price: number) =>
    shop([offer('milk', { price: euros(price), priceSince: weeksAgo(1), earlierPrices: [{ price: euros(200), since: weeksAgo(12) }] })]);
  const stocked = (price: number, settings: object = { stockUpWhenCheap: true }, more: Parameters<typeof planned>[1] = {}) =>
    inWords(planned([low('milk', settings)], { shops: [cheap(price)], ...more }))[0];

  it('needs the household’s word for the item, and a price a tenth below the usual one', () => {
    expect([stocked(150, {}), stocked(185), stocked(150)]).toEqual(['milk 9', 'milk 9', 'milk 14']);
    const [line] = planned([low('milk', { stockUpWhenCheap: true })], { shops: [cheap(150)] }).choices[0]?.lines ?? [];
    expect(line?.stockedUp).toEqual({ usualPrice: euros(200), extraPacks: 5 });
  });
  it('takes it along earlier than it would otherwise, while it is cheap and only then', () => {
    const oats = (price: number) =>
      offer('oats', { price: euros(price), priceSince: weeksAgo(1), earlierPrices: [{ price: euros(200), since: weeksAgo(12) }] });
    const along = (price: number, settings: object) =>
      inWords(planned([low('milk'), item('oats', 7_200, settings)], { shops: [shop([offer('milk'), oats(price)])] }))[0];
    const allowed = { stockUpWhenCheap: true };
    expect([along(150, {}), along(190, allowed), along(150, allowed)]).toEqual(['milk 9', 'milk 9', 'milk 9, oats 7']);
  });
  it('keeps inside shelf life, room, what a person has set and every cap', () => {
    expect(stocked(150, { stockUpWhenCheap: true, shelfLifeDays: 10 })).toBe('milk 10');
    expect(stocked(150, { stockUpWhenCheap: true, capacity: 9_500 })).toBe('milk 11');
    expect(stocked(150, { stockUpWhenCheap: true, packsMax: 12 })).toBe('milk 12');
    expect(stocked(150, undefined, { spend: granted({ perOrderMax: euros(2_000) }) })).toBe('milk 10');
    expect(stocked(150, undefined, { spend: granted({ perOrderMax: euros(1_000) }) })).toBe('milk 14');
  });
});

describe('what waiting would bring', () => {
  it('is told to whoever is asked: a delivery saved, and the chance that something runs out', () => {
    const milkLow = { ...low('milk'), onHand: 2_900 };
    const lasting = { ...milkLow, ...(milkLow.counted && { counted: { ...milkLow.counted, stock: 2_900 } }), sampledAt: now };
    const oats = item('oats', 4_300, { packsMax: 1, shelfLifeDays: 3 });
    const [choice] = planned([lasting, oats], { shops: [shop([offer('milk'), offer('oats', { price: euros(2_000) })])] }).choices;
    expect(choice?.lines.map(({ supplyId }) => supplyId)).toEqual(['sup_milk']);
    expect(choice?.waiting).toMatchObject({ withSupply: 'sup_oats', saves: euros(390), atRisk: 'sup_milk' });
    expect(planned([lasting, oats], { spend: granted() }).choices[0]).not.toHaveProperty('waiting');
  });
});

describe('whatever the pantry', () => {
  const names: Name[] = ['milk', 'oats', 'coffee', 'soap', 'tea', 'juice'];
  const pantry = fc.record({
    stock: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 6 }),
    prices: fc.array(fc.integer({ min: 20, max: 3_000 }), { minLength: 6, maxLength: 6 }),
    fee: fc.integer({ min: 0, max: 700 }),
    freeFrom: fc.integer({ min: 0, max: 9_000 }),
    minimum: fc.integer({ min: 0, max: 1_500 }),
    cap: fc.integer({ min: 500, max: 30_000 }),
    shelf: fc.option(fc.integer({ min: 2, max: 40 }), { nil: undefined }),
  });

  it('costs no more than separate orders, keeps automatic what is automatic, and orders nothing twice', () => {
    fc.assert(
      fc.property(pantry, ({ stock, prices, fee, freeFrom, minimum, cap, shelf }) => {
        const settings = { ...(shelf !== undefined && { shelfLifeDays: shelf }), stockUpWhenCheap: true };
        const supplies = names.map((name, index) => (stock[index] === 0 ? low(name, settings) : item(name, (stock[index] ?? 0) * 1_000, settings)));
        const terms = { deliveryFee: euros(fee), freeDeliveryFrom: euros(freeFrom), minimumOrder: euros(minimum) };
        const shops = [
          shop(
            names.map((name, index) => offer(name, { price: euros(prices[index] ?? 1) })),
            terms,
          ),
        ];
        const spend = granted({ perOrderMax: euros(cap), perMonthMax: euros(cap * 2) });
        const [full, bare] = [planned(supplies, { shops, spend }), planned(supplies, { shops, spend, goesBeyond: false })];
        const figures = new Map(supplies.map((supply) => [supply.supplyId, snapshot(supply, now)]));
        const drafts = (plan: typeof full, only: (needId: string) => boolean = () => true) =>
          plan.choices.map(({ lines }) => {
            const wanted = lines
              .filter(({ needId }) => only(needId))
              .map(({ needId, supplyId, gtin: product, quantity }) => ({
                ...{ needId, supplyId, products: [{ gtin: product }], packsMax: quantity },
                amount: { amount: quantity * 1_000, unit: 'ml' as const },
              }));
            return shops[0] && draftOf(shops[0], wanted, now);
          });
        const needIds = full.choices.flatMap(({ lines }) => lines.map(({ needId }) => needId));
        expect(new Set(needIds).size).toBe(needIds.length);
        // What is low is ordered as it would have been: the same needs at the same shop, and beyond that what would have been too little.
        const joined = new Set<string>(full.joined.map(({ needId }) => needId));
        const ordered = full.choices.map(({ lines }) => lines.filter(({ needId }) => !joined.has(needId)).map(({ needId }) => needId));
        expect(ordered.slice(0, bare.choices.length)).toEqual(bare.choices.map(({ lines }) => lines.map(({ needId }) => needId)));
        expect(drafts(full).slice(bare.choices.length)).toEqual(
          full.choices.slice(bare.choices.length).map((): unknown => expect.objectContaining({ shop: shops[0] })),
        );
        for (const [index, together] of drafts(full).slice(0, bare.choices.length).entries()) {
          const base = drafts(full, (needId) => !joined.has(needId))[index];
          const alone = drafts(full, (needId) => joined.has(needId))[index];
          if (together === undefined || base === undefined) throw new Error('the shop has quoted it before');
          const separate = base.quote.total.amountMinor + (alone?.quote.total.amountMinor ?? Infinity);
          if (joined.size > 0) expect(together.quote.total.amountMinor).toBeLessThanOrEqual(separate);
          const judge = { spend, figures, timeZone, now };
          if (boughtAlone(judge, orderId, base.quote) !== undefined) expect(boughtAlone(judge, orderId, together.quote)).toBeDefined();
        }
        // A second run over what the first has written finds nothing to do.
        const basket = changed(decideBasket(basketOf([low('milk'), ...supplies.slice(1)]), { type: 'plan', choices: [], withdrawn: [], now })).state;
        expect(basket.plans).toEqual([]);
      }),
      { numRuns: 60, verbose: true },
    );
  });

  it('gives the same plan again', () => {
    const supplies = [low('milk'), low('tea'), item('oats', 5_000), item('juice', 4_000)];
    const agenda = agendaOf(basketOf(supplies), supplies, undefined, now);
    const request = { agenda, shops: [shop()], spend: granted(), timeZone, now };
    expect(planOrders(request)).toEqual(planOrders({ ...request, agenda: agendaOf(basketOf(supplies), [...supplies], undefined, now) }));
  });
});
