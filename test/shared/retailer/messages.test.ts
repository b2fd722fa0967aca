import { describe, expect, it } from 'vitest';
import { quoteSchema } from '../../../shared/event-parts.ts';
import { addressSchema } from '../../../shared/household/household.ts';
import { orderAnswersSchema, orderPlacedMessage, orderPlacedSchema } from '../../../shared/retailer/messages.ts';
import { retailerSchema } from '../../../shared/retailer/retailer.ts';
import { parseSignedJson } from '../../../shared/retailer/signed-json.ts';
import { gtinCheckDigit } from '../../../shared/gtin.ts';
import { euros, instantSchema, orderIdSchema } from '../../../shared/values.ts';

const lineItem = (number: number, title: string) => {
  const digits = String(number).padStart(12, '0');
  return {
    needId: 'need_1',
    supplyId: 'sup_1',
    gtin: `${digits}${String(gtinCheckDigit(digits))}`,
    sku: 'FH-1001',
    title,
    quantity: 2,
    pack: { amount: 1_000, unit: 'ml' },
    unitPrice: euros(129),
    lineTotal: euros(258),
  };
};
const facts = (titles: string[]) => ({
  orderId: orderIdSchema.parse('ord_1'),
  account: 'acc-hh_anna',
  quote: quoteSchema.parse({
    retailerId: 'rt_frischhof',
    lineItems: titles.map((title, index) => lineItem(index + 1, title)),
    subtotal: euros(258 * titles.length),
    deliveryFee: euros(290),
    total: euros(258 * titles.length + 290),
    leadTimeDays: 1.2,
    validUntil: '2026-03-03T18:00:00.000Z',
    hash: 'a'.repeat(64),
  }),
  acceptBefore: instantSchema.parse('2026-03-03T06:00:00.000Z'),
  deliverTo: addressSchema.parse({ recipient: 'Anna Berg', street: 'Lindenweg 3', postalCode: '10115', city: 'Berlin', country: 'DE' }),
  at: instantSchema.parse('2026-03-02T06:00:00.000Z'),
});
const read = (body: string) => {
  const parsed = parseSignedJson(new TextEncoder().encode(body));
  return orderPlacedSchema.parse(parsed.ok ? parsed.value : undefined);
};

describe('order.placed', () => {
  it('says what was agreed to, and nothing of needs and supplies', () => {
    expect(read(orderPlacedMessage(facts(['Milk'])))).toEqual({
      type: 'order.placed',
      timestamp: '2026-03-02T06:00:00.000Z',
      data: {
        orderId: 'ord_1',
        account: 'acc-hh_anna',
        currency: 'EUR',
        lines: [{ line: 1, gtin: '0000000000017', sku: 'FH-1001', title: 'Milk', quantity: 2, unitPriceMinor: 129 }],
        subtotalMinor: 258,
        deliveryFeeMinor: 290,
        totalMinor: 548,
        acceptBefore: '2026-03-03T06:00:00.000Z',
        deliverTo: { recipient: 'Anna Berg', street: 'Lindenweg 3', postalCode: '10115', city: 'Berlin', country: 'DE' },
        substitutions: 'none',
      },
    });
  });
  it('says of each line what may come instead of it, in short where it would become too long', () => {
    const allowed = {
      rule: 'allowed',
      gtins: Array.from({ length: 7 }, (_, index) => lineItem(900 + index, 'x').gtin as never),
      dearerAtMostMinor: 10,
    } as const;
    const one = read(orderPlacedMessage({ ...facts(['Milk', 'Eggs']), substitutions: [allowed, undefined] })).data;
    expect([one.substitutions, one.lines.map(({ substitution }) => substitution)]).toEqual(['by-line', [allowed, undefined]]);
    const many = orderPlacedMessage({ ...facts(Array.from({ length: 50 }, () => '€'.repeat(120))), substitutions: Array.from({ length: 50 }, () => allowed) });
    expect(new TextEncoder().encode(many).length).toBeLessThan(20_000);
    expect(read(many).data.lines[49]?.substitution).toEqual({ rule: 'ask' });
  });
  it('is the same text whatever order the facts stand in', () => {
    const original = facts(['Milk', 'Eggs']);
    const reversed = { ...original, quote: quoteSchema.parse(Object.fromEntries(Object.entries(original.quote).reverse())) };
    expect(orderPlacedMessage(reversed)).toBe(orderPlacedMessage(original));
  });
  it('stays below 20 KB for fifty lines with the longest titles, by shortening them', () => {
    const body = orderPlacedMessage(facts(Array.from({ length: 50 }, () => '€'.repeat(120))));
    expect(new TextEncoder().encode(body).length).toBeLessThan(20_000);
    expect(read(body).data.lines).toHaveLength(50);
    expect(read(body).data.lines[0]?.title).toBe('€'.repeat(40));
  });
});

describe('what a shop says when asked', () => {
  const answer = { messageId: 'msg_1', type: 'order.accepted', timestamp: '2026-03-02T07:00:00.000Z', data: { orderId: 'ord_1', sequence: 1 } };
  it('is a list of its messages', () => {
    expect(orderAnswersSchema.parse({ orderId: 'ord_1', answers: [answer] }).answers).toEqual([answer]);
  });
  it('is refused with a field too many or an id that is none', () => {
    expect(orderAnswersSchema.safeParse({ orderId: 'ord_1', answers: [], note: 1 }).success).toBe(false);
    expect(orderAnswersSchema.safeParse({ orderId: 'order 1', answers: [] }).success).toBe(false);
  });
});

describe('a retailer', () => {
  const retailer = {
    retailerId: 'rt_frischhof',
    name: 'Frischhof',
    webhookUrl: 'https://shop.example/hooks',
    apiUrl: 'https://shop.example/api',
    keyGeneration: 1,
  };
  it('needs terms only once it has published some', () => {
    expect(retailerSchema.parse(retailer)).toEqual(retailer);
  });
  it.each(['ftp://shop.example/', 'javascript:alert(1)', 'shop.example'])('has no webhook at %s', (webhookUrl) => {
    expect(retailerSchema.safeParse({ ...retailer, webhookUrl }).success).toBe(false);
  });
});
