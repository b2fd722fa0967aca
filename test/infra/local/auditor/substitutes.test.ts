import { describe, expect, it } from 'vitest';
import { substitutesAgreed } from '../../../../infra/local/auditor/checks/substitutes.ts';
import { deliveriesNoted } from '../../../../infra/local/auditor/checks/restock.ts';
import { chargedAsQuoted } from '../../../../infra/local/auditor/checks/money.ts';
import type { SubstitutionAnswerer } from '../../../../shared/event-parts.ts';
import type { EventOf } from '../../../../shared/events.ts';
import { gtinSchema, questionIdSchema } from '../../../../shared/values.ts';
import * as order from '../../../shared/order/order-examples.ts';
import { approvedByMandate, delivered, factsOf, later, lines, orderItem, placed, proposed, quote } from './examples.ts';

const oat = gtinSchema.parse('4012345678901');
const about = { householdId: order.householdId, orderId: order.orderId, retailerId: order.frischhof };
const questionId = questionIdSchema.parse('q-1');
const [line] = quote.lineItems;
const anna: SubstitutionAnswerer = { kind: 'person', memberId: order.anna };

const asked = (unitPriceMinor = 100): EventOf<'order'> => ({
  type: 'order.substitution-offered',
  data: {
    ...{ ...about, questionId, supplyId: lines[0].supplyId, gtin: lines[0].gtin, quantity: 2, answerBefore: later(order.proposedAt, 9), hash: '0'.repeat(64) },
    offered: {
      gtin: oat,
      sku: 'OAT',
      title: 'Oat drink',
      pack: { amount: 1_000, unit: 'ml' },
      unitPrice: { amountMinor: unitPriceMinor, currency: 'EUR' },
      tags: [],
    },
  },
});
const answered = (
  accepted: boolean,
  by: SubstitutionAnswerer = anna,
  evidence?: { wordingVersion: string; buttonText: string; language: 'de' },
): EventOf<'order'> => ({
  type: 'order.substitution-answered',
  data: { ...about, questionId, accepted, by, ...(evidence && { evidence }) },
});
const item = (...more: readonly EventOf<'order'>[]) => orderItem([proposed, approvedByMandate, ...placed, ...more, delivered]);
const withParcel = (of: ReturnType<typeof item>, gtin: string) =>
  factsOf([of], { handovers: [{ account: 'acc-anna', at: order.deliveryAt, orderId: order.orderId, lines: [{ gtin, packs: 2 }] }] });
const rules = (findings: readonly { rule: string; actual: string }[]) => findings.map(({ rule, actual }) => [rule, actual]);

describe('what came instead', () => {
  it('is right when a person has agreed to it', () => {
    expect(substitutesAgreed(withParcel(item(asked(), answered(true)), oat))).toEqual([]);
  });

  it.each([
    ['asked, and nobody answered', [asked()]],
    ['asked, and the answer was no', [asked(), answered(false)]],
    ['never asked', []],
  ])('is a finding when it was %s', (_, facts) => {
    expect(rules(substitutesAgreed(withParcel(item(...facts), oat)))).toEqual([['substitute-not-agreed', `2 × ${oat} at the door`]]);
  });

  it('is a finding when a rule or the time said yes', () => {
    expect(rules(substitutesAgreed(withParcel(item(asked(), answered(true, { kind: 'time' })), oat)))).toEqual([
      ['substitute-outside-permission', 'a yes by time'],
    ]);
  });

  it('is a finding when it costs more and no button of the law was pressed', () => {
    const dearer = asked((line?.unitPrice.amountMinor ?? 0) + 1);
    const legal = { wordingVersion: '2026-03', buttonText: 'kaufen', language: 'de' } as const;
    expect(rules(substitutesAgreed(withParcel(item(dearer, answered(true)), oat)))).toEqual([['substitute-outside-permission', 'none']]);
    expect(rules(substitutesAgreed(withParcel(item(dearer, answered(true, anna, { ...legal, buttonText: 'Ja' })), oat)))).toEqual([
      ['substitute-outside-permission', 'Ja'],
    ]);
    expect(substitutesAgreed(withParcel(item(dearer, answered(true, anna, legal)), oat))).toEqual([]);
  });

  it('may raise the bill by what was agreed to, and by no cent more', () => {
    const dearer = asked((line?.unitPrice.amountMinor ?? 0) + 5);
    const billed = (totalMinor: number, ...facts: EventOf<'order'>[]) => {
      const whole = factsOf([item(...facts)]);
      return chargedAsQuoted({ ...whole, shopMessages: whole.shopMessages.map((message) => ({ ...message, totalMinor })) });
    };
    const most = quote.total.amountMinor + 5 * 2;
    expect(billed(most, dearer, answered(true))).toEqual([]);
    expect(rules(billed(most + 1, dearer, answered(true)))).toMatchObject([['charged-above-quote', expect.any(String)]]);
    expect(rules(billed(most, dearer, answered(false)))).toMatchObject([['charged-above-quote', expect.any(String)]]);
  });

  it('has to be noted as it stood at the door', () => {
    expect(rules(deliveriesNoted(withParcel(item(asked(), answered(true)), oat)))).toMatchObject([['delivery-differs', expect.any(String)]]);
  });
});
