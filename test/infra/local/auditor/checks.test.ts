import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingsIn } from '../../../../infra/local/auditor/checks/checks.ts';
import type { Facts, ReadingOutcome, SentReading } from '../../../../infra/local/auditor/facts.ts';
import { noLife } from '../../../../infra/local/auditor/life-ledger.ts';
import { deliverySchema } from '../../../../shared/retailer/delivery.ts';
import { observe } from '../../../../shared/supply/observe.ts';
import { euros, thingNameSchema } from '../../../../shared/values.ts';
import { newBasket } from '../../../../shared/supply/basket.ts';
import * as anna from '../../../shared/order/order-examples.ts';
import { after, milk, reading } from '../../../shared/supply/milk.ts';
import { approvedByMandate, declined, factsOf, happyEnd, later, mandate, now, orderItem, placed, proposed, quote, spendState, startsAt } from './examples.ts';

const rulesIn = (facts: Facts): string[] => [...new Set(findingsIn(facts).map(({ rule }) => rule))].sort();
const happy = orderItem(happyEnd);
const good = factsOf([happy]);
const [shopOrder] = good.shopOrders;
const [parcel] = good.handovers;
const [touchpoint] = good.touchpoints;
if (!shopOrder || !parcel || !touchpoint) throw new Error('the example was placed and delivered');

const sent = (seq: number, changes: Partial<SentReading> = {}): SentReading => ({
  ...{ thing: 'fridge-anna', bootId: 1, seq, at: startsAt, acknowledged: true, dropped: false },
  ...changes,
});
const applied = (seq: number): ReadingOutcome => ({ thing: 'fridge-anna', bootId: 1, seq, verdict: 'applied' });
const withOpen = (orderId: string) => ({
  ...spendState,
  open: { [orderId]: { mandateId: mandate.mandateId, amount: quote.total, month: '2026-03', reservedAt: anna.soon } },
});
const limits = (changes: Partial<typeof mandate>): Partial<Facts> => ({
  spends: [{ key: 'SPEND', version: 1, events: [], state: { ...spendState, mandates: { [mandate.mandateId]: { ...mandate, ...changes } } } }],
});
const needId = anna.needOf('milk');
const basket = (orderId: typeof anna.orderId): Facts['baskets'] => [
  {
    ...{ key: 'BASKET', version: 1, events: [] },
    state: { ...newBasket(anna.householdId), needs: { [needId]: { supplyId: anna.supplyOf('milk'), cycle: 1, round: 1, addedAt: startsAt, orderId } } },
  },
];

describe('a run in which all is well', () => {
  it('has no violation', () => {
    expect(findingsIn(good)).toEqual([]);
    expect(findingsIn({ ...good, readings: [sent(1)], outcomes: [applied(1), applied(1)] })).toEqual([]);
  });
  it('knows poison where it belongs: in the quarantine, or among the dead letters', () => {
    const quarantined = { key: 'THING#poisoned-thing/QUARANTINE#1', version: 1, events: [], state: keptAs };
    expect(findingsIn({ ...good, faults: poison, items: [...good.items, quarantined] })).toEqual([]);
    expect(findingsIn({ ...good, faults: poison, deadLetters: [{ queue: 'q', messageId: 'm', body: '{"mark":"poison-1"}' }] })).toEqual([]);
    expect(findingsIn({ ...good, faults: [...poison, { fault: 'cloud-killed' }] })).toEqual([]);
  });
  it('forgives a shop that was not reached only where something was done', () => {
    const message = { messageId: 'msg_1', householdId: anna.householdId, orderId: anna.orderId, retailerId: anna.frischhof, type: 'order.placed', body: '{}' };
    const attempt = { at: startsAt, outcome: 'failed', detail: 'ECONNREFUSED' };
    const given = { status: 'abandoned', createdAt: startsAt, acceptBefore: now, attempts: [attempt], abandonedAt: now, reason: 'too-late' };
    const deliveries = [{ key: 'RT#rt_frischhof/DELIVERY#msg_1', version: 9, events: [], state: deliverySchema.parse({ ...message, ...given }) }];
    expect(rulesIn({ ...good, deliveries })).toEqual(['shop-not-reached']);
    expect(rulesIn({ ...good, deliveries, faults: [{ fault: 'shop-down' }] })).toEqual([]);
  });
  it('asks for no ledger of a shop that somebody runs beside it', () => {
    expect(rulesIn({ ...good, shopsInRun: [], shopOrders: [] })).not.toContain('order-missing');
  });
  it('waits for a shop that took an order and went down, where shops do that, and not for ever', () => {
    const placing = factsOf([orderItem(happyEnd.slice(0, 3))]);
    const taken = (at: Facts['now']) => ({ ...placing, shopOrders: [{ ...shopOrder, at }] });
    expect(findingsIn({ ...taken(later(now, -5)), faultsOn: ['shop-down'] })).toEqual([]);
    expect(rulesIn({ ...taken(later(now, -80)), faultsOn: ['shop-down'] })).toEqual(['order-missing']);
    expect(rulesIn(taken(later(now, -5)))).toEqual(['order-missing']);
  });
  it('takes the stock for right within the noise of its sensor, and does not count what was refused or is another slot’s', () => {
    const facts = { ...good, ...measuredMilk(4), outcomes: [applied(1), applied(2)] };
    expect(findingsIn({ ...facts, readings: [sent(1), measured(2)] })).toEqual([]);
    expect(findingsIn({ ...facts, readings: [sent(1), measured(2, 4_100)] })).toEqual([]);
    expect(findingsIn({ ...facts, readings: [measured(1), measured(2, 9, 'eggs')] })).toEqual([]);
    const refused = [applied(1), { ...applied(2), verdict: 'quarantined' as const }];
    expect(findingsIn({ ...facts, readings: [measured(1), measured(2, 9)], outcomes: refused })).toEqual([]);
  });
  it('accepts an order that is still on its way and the money and need that it holds', () => {
    const underWay = orderItem([proposed, approvedByMandate, ...placed]);
    const spends = [{ key: 'SPEND', version: 1, events: [], state: withOpen(anna.orderId) }];
    expect(findingsIn(factsOf([underWay], { spends, baskets: basket(anna.orderId) }))).toEqual([]);
  });
});

const poison: Facts['faults'] = [{ fault: 'message-poisoned', subject: 'poison-1' }];
const keptAs = { thing: 'poisoned-thing', payload: 'poison-1: no JSON', reason: 'expected a reading', receivedAt: now };
const measured = (seq: number, amount = 4_000, slot = 'milk'): SentReading => sent(seq, { measured: { slot, amount, uncertainty: 20 } });
/** What the supply holds after a reading of so many litres. */
function measuredMilk(litres: number): Pick<Facts, 'supplies'> {
  const { supply } = observe(milk(), [reading(1, 1, litres)], after(1));
  return { supplies: [{ key: 'HH#hh_anna/SUPPLY#sup_milk', version: 2, events: [], state: supply }] };
}

/** The happy order with a voucher of a euro, or of so much, in its quote. */
function withPerk(totalMinor: number, savesMinor = 100): typeof happy {
  const { order, record } = happy.state;
  const perks = [{ perkId: 'off', kind: 'voucher' as const, fundedBy: 'retailer' as const, saves: euros(savesMinor) }];
  return { ...happy, state: { record, order: { ...order, quote: { ...order.quote, perks, total: euros(totalMinor) } } } };
}

/** A touchpoint that did not come of an event of ours. */
const fromOutside = (node: string, source: string, messageId: string, more: Partial<typeof touchpoint.state> = {}) => ({
  ...touchpoint,
  key: `${node}/TP#${messageId}`,
  state: { ...touchpoint.state, ...more, source, messageId },
});
const opened = { ...sent(1), at: now, tellsUse: true };
const saidYes = { ...noLife, consents: [{ at: startsAt, householdId: 'hh_anna', kind: 'consent' as const, answer: 'give' as const, status: 200 }] };
const ownDevice = { key: `HH#hh_anna/DEVICE#${opened.thing}`, version: 1, events: [], state: {} };

const broken: [rule: string, what: string, facts: Facts][] = [
  ['reading-lost', 'acknowledged without an outcome', { ...good, readings: [sent(1), sent(2)], outcomes: [applied(1)] }],
  ['reading-unheard', 'never acknowledged', { ...good, readings: [sent(1, { acknowledged: false })] }],
  ['reading-never-sent', 'an outcome of nothing', { ...good, readings: [sent(1)], outcomes: [applied(1), applied(7)] }],
  ['order-doubled', 'taken twice by the shop', { ...good, shopOrders: [shopOrder, shopOrder] }],
  ['order-doubled', 'two parcels', { ...good, handovers: [parcel, parcel] }],
  ['order-doubled', 'two live orders for one need', factsOf([happy, orderItem(happyEnd, { orderId: 'ord_2', from: later(anna.proposedAt, 30) })])],
  ['order-missing', 'unknown to the shop', { ...good, shopOrders: [] }],
  ['order-missing', 'known to the shop only', { ...good, shopOrders: [shopOrder, { ...shopOrder, orderId: 'ord_stranger' }] }],
  ['order-differs', 'another content', { ...good, shopOrders: [{ ...shopOrder, totalMinor: shopOrder.totalMinor + 1 }] }],
  ['cap-passed', 'above the cap per order', { ...good, ...limits({ perOrderMax: euros(1) }) }],
  ['cap-passed', 'above the cap per month', { ...good, ...limits({ perMonthMax: euros(1) }) }],
  ['charged-above-quote', 'a bill above the quote', { ...good, shopMessages: good.shopMessages.map((said) => ({ ...said, totalMinor: 9_999 })) }],
  ['total-above-perks', 'a perk that the total forgot', factsOf([withPerk(quote.total.amountMinor)])],
  ['total-above-perks', 'a perk above all that there is to pay', factsOf([withPerk(0, 9_999)])],
  ['money-held', 'for a delivered order', { ...good, spends: [{ key: 'SPEND', version: 1, events: [], state: withOpen(anna.orderId) }] }],
  ['basket-holds-ended', 'a need of a delivered order', { ...good, baskets: basket(anna.orderId) }],
  ['delivery-not-noted', 'the shop told us in vain', { ...factsOf([orderItem([proposed, approvedByMandate, ...placed])]), shopMessages: good.shopMessages }],
  ['delivery-differs', 'another number of packs', { ...good, handovers: [{ ...parcel, lines: parcel.lines.map((line) => ({ ...line, packs: 9 })) }] }],
  ['touchpoint-missing', 'an empty journey', { ...good, touchpoints: good.touchpoints.slice(1) }],
  [
    'touchpoint-lost',
    'a visit that was taken and is not there',
    { ...good, life: { ...noLife, sent: [{ messageId: 'anon-1', source: 'src_website', at: startsAt, taken: true }] } },
  ],
  [
    'touchpoint-invented',
    'a visit that no browser knows of',
    {
      ...good,
      touchpoints: [...good.touchpoints, { ...touchpoint, key: 'TP/web', state: { ...touchpoint.state, source: 'src_website', messageId: 'anon-2' } }],
    },
  ],
  [
    'touchpoint-misplaced',
    'a visit that stands with another node',
    {
      ...good,
      life: { ...noLife, sent: [{ messageId: 'anon-3', source: 'src_website', node: 'PERSON#userId:mem_anna', at: startsAt, taken: true }] },
      touchpoints: [...good.touchpoints, fromOutside('ANON#anon-acc', 'src_website', 'anon-3')],
    },
  ],
  [
    'answer-lost',
    'another score than was said to the survey tool',
    {
      ...good,
      life: {
        ...noLife,
        sent: [{ messageId: 'survey-a-1', source: 'src_survey', at: startsAt, taken: true }],
        panel: [{ at: startsAt, householdId: 'hh_anna', kind: 'panel', answerId: 'a-1', score: 9 }],
      },
      touchpoints: [...good.touchpoints, fromOutside('PERSON#email:hidden', 'src_survey', 'survey-a-1', { properties: { score: 3 } })],
    },
  ],
  [
    'answer-lost',
    'a case that the company answered',
    { ...good, life: { ...noLife, answered: [{ at: startsAt, householdId: 'hh_anna', kind: 'answered', caseId: 'case_1', status: 200 }] } },
  ],
  [
    'use-without-consent',
    'a door of somebody who said no',
    { ...good, readings: [opened], outcomes: [applied(1)], touchpoints: [...good.touchpoints, fromOutside('HH#hh_anna', 'devices', 'fridge-anna-1-1')] },
  ],
  [
    'touchpoint-invented',
    'a door that nobody opened',
    { ...good, readings: [sent(1)], outcomes: [applied(1)], touchpoints: [...good.touchpoints, fromOutside('HH#hh_anna', 'devices', 'fridge-anna-1-1')] },
  ],
  [
    'touchpoint-lost',
    'a door of somebody who said yes',
    { ...good, life: saidYes, readings: [opened], outcomes: [applied(1)], items: [...good.items, ownDevice] },
  ],
  [
    'timeline-mixed',
    'what the seller’s TV told stands with the buyer',
    {
      ...good,
      life: { ...noLife, handed: [{ at: now, householdId: 'hh_koehler', kind: 'bought', thing: 'tv-1', status: 200 }] },
      touchpoints: [...good.touchpoints, fromOutside('HH#hh_koehler', 'events', 'ev-1', { thing: thingNameSchema.parse('tv-1') })],
    },
  ],
  [
    'answer-lost',
    'an answer that was taken and is not there',
    { ...good, life: { ...noLife, surveys: [{ householdId: 'hh_anna', surveyId: 'svy_1', at: startsAt, answer: 4, taken: true }] } },
  ],
  ['touchpoint-doubled', 'one twice', { ...good, touchpoints: [...good.touchpoints, { ...touchpoint, key: 'TP/again' }] }],
  ['overdue', 'due since the beginning', { ...good, items: [...good.items, { key: 'X', version: 1, events: [], dueAt: startsAt, state: {} }] }],
  ['dead-letter', 'a message nobody worked off', { ...good, deadLetters: [{ queue: 'q', messageId: 'm', body: '{}' }] }],
  ['dead-letter', 'one without the mark of the poison', { ...good, faults: poison, deadLetters: [{ queue: 'q', messageId: 'm', body: '{}' }] }],
  ['poison-swallowed', 'poison that nobody kept', { ...good, faults: poison }],
  [
    'stock-differs',
    'a supply that holds something else',
    { ...good, ...measuredMilk(3.7), readings: [sent(1), measured(2)], outcomes: [applied(1), applied(2)] },
  ],
  [
    'stock-differs',
    'the newest reading was forgotten',
    { ...good, ...measuredMilk(4), readings: [measured(1), measured(2, 2_000)], outcomes: [applied(1), applied(2)] },
  ],
  ['item-unreadable', 'an item of no kind', { ...good, unreadable: [{ key: 'X', reason: 'not understood' }] }],
];

describe('each check sees what it is there for', () => {
  it.each(broken)('%s: %s', (rule, _, facts) => {
    expect(rulesIn(facts)).toContain(rule);
  });

  it('delivery-not-restocked', () => {
    expect(rulesIn({ ...good, items: [happy], touchpoints: good.touchpoints.filter(({ state }) => state.type !== 'supply.restocked') })).toEqual([
      'delivery-not-restocked',
    ]);
  });
  it('order-contradicts-events', () => {
    const { order } = orderItem([proposed, declined]).state;
    expect(rulesIn(factsOf([{ ...orderItem([proposed]), state: { ...happy.state, order } }]))).toEqual(['order-contradicts-events']);
  });
});

it('does not care in which order independent things were read', () => {
  const worst = broken.reduce<Facts>((facts, [, , next]) => ({ ...facts, deadLetters: [...facts.deadLetters, ...next.deadLetters] }), {
    ...factsOf([happy, orderItem(happyEnd, { orderId: 'ord_2', from: later(anna.proposedAt, 30) })]),
    ...{ readings: [sent(1), sent(2), sent(3)], outcomes: [applied(2), applied(9)], now },
  });
  const shuffled = fc.tuple(
    ...[fc.shuffledSubarray([...worst.readings], { minLength: 3 }), fc.shuffledSubarray([...worst.orders], { minLength: 2 })],
    ...[fc.shuffledSubarray([...worst.shopOrders], { minLength: 2 }), fc.shuffledSubarray([...worst.touchpoints], { minLength: worst.touchpoints.length })],
  );
  fc.assert(
    fc.property(shuffled, ([readings, orders, shopOrders, touchpoints]) => {
      expect(findingsIn({ ...worst, readings, orders, shopOrders, touchpoints })).toEqual(findingsIn(worst));
    }),
    { numRuns: 30 },
  );
});
