import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  declareWithdrawal,
  leftToWithdraw,
  withdrawable,
  type ContractWithdrawal,
  type WithdrawnLines,
} from '../../../../shared/order/withdrawal/contract-withdrawal.ts';
import { declarationIdOf, declaredSchema } from '../../../../shared/order/withdrawal/declaration.ts';
import { evolveOrder } from '../../../../shared/order/evolve-order.ts';
import type { Order, OrderStatus } from '../../../../shared/order/order-state.ts';
import { declarationIdSchema } from '../../../../shared/values.ts';
import { anna, butter, heardAt, historyOf, milk } from '../order-examples.ts';

const orderIn = (status: OrderStatus): Order => {
  const order = historyOf[status].reduce<Order | undefined>((state, event) => evolveOrder(state, event, heardAt), undefined);
  if (order === undefined) throw new Error('expected an order');
  return order;
};
const delivered = orderIn('delivered');
const by = { kind: 'member', memberId: anna } as const;
const declare = (before: ContractWithdrawal | undefined, id: string, lines?: WithdrawnLines, order = delivered) =>
  declareWithdrawal(before, order, { declarationId: declarationIdSchema.parse(`dec_${id}`), by, lines, declaredAt: heardAt });
function withdrawn(...parts: (WithdrawnLines | undefined)[]): ContractWithdrawal | undefined {
  return parts.reduce<ContractWithdrawal | undefined>((state, lines, index) => {
    const outcome = declare(state, String(index), lines);
    return outcome.kind === 'changed' ? outcome.state : state;
  }, undefined);
}
const told = (outcome: ReturnType<typeof declare>) =>
  outcome.kind === 'changed' ? outcome.events.map(({ data }) => ('lines' in data ? data.lines : undefined)) : `${outcome.kind}: ${outcome.reason}`;

describe('given an order that came', () => {
  it('a declaration without lines takes all that is left', () => {
    expect(told(declare(undefined, 'a'))).toEqual([
      [
        { gtin: milk, packs: 2 },
        { gtin: butter, packs: 1 },
      ],
    ]);
    expect(told(declare(withdrawn([{ gtin: milk, packs: 1 }]), 'b'))).toEqual([
      [
        { gtin: milk, packs: 1 },
        { gtin: butter, packs: 1 },
      ],
    ]);
  });

  it('a second one for the same, and the same sent again, change nothing', () => {
    expect(told(declare(withdrawn(undefined), 'b'))).toBe('ignored: already-withdrawn');
    expect(told(declare(withdrawn([{ gtin: milk, packs: 1 }]), '0', [{ gtin: milk, packs: 1 }]))).toBe('ignored: already-withdrawn');
  });

  it('what was not in the order is refused', () => {
    const foreign = [{ gtin: '4012345678901' as typeof milk, packs: 1 }];
    expect(told(declare(undefined, 'a', foreign))).toBe('rejected: not-in-the-order');
  });

  it('a line without the right is left out', () => {
    const [first, ...more] = delivered.quote.lineItems;
    if (first === undefined) throw new Error('expected a line');
    const order: Order = { ...delivered, quote: { ...delivered.quote, lineItems: [{ ...first, withdrawal: 'perishable' }, ...more] } };
    expect([...withdrawable(order)]).toEqual([[butter, 1]]);
    expect(told(declare(undefined, 'a', undefined, order))).toEqual([[{ gtin: butter, packs: 1 }]]);
  });

  it('no more is ever taken than came, whatever is declared in which order', () => {
    const lines = fc.option(
      fc.array(fc.record({ gtin: fc.constantFrom(milk, butter), packs: fc.integer({ min: 1, max: 99 }) }), { minLength: 1, maxLength: 4 }),
      { nil: undefined },
    );
    fc.assert(
      fc.property(fc.array(lines, { minLength: 1, maxLength: 12 }), (parts) => {
        const state = withdrawn(...parts);
        const sum = (gtin: string) => (state?.parts ?? []).flatMap((part) => part.lines).reduce((all, line) => all + (line.gtin === gtin ? line.packs : 0), 0);
        expect([sum(milk) <= 2, sum(butter) <= 1]).toEqual([true, true]);
        expect(leftToWithdraw(delivered, state?.parts ?? []).reduce((all, { packs }) => all + packs, 0)).toBe(3 - sum(milk) - sum(butter));
        expect(state?.parts.map(({ part }) => part) ?? []).toEqual((state?.parts ?? []).map((_, index) => index + 1));
      }),
    );
  });
});

it.each<[OrderStatus, boolean]>([
  ['proposed', false],
  ['awaiting-approval', false],
  ['approved', false],
  ['placed', true],
  ['accepted', true],
  ['shipped', true],
  ['delivered', true],
  ['rejected', false],
  ['cancelled', false],
  ['withdrawn', false],
])('given an order that is %s there is a contract: %s', (status, isContract) => {
  expect(declare(undefined, 'a', undefined, orderIn(status)).kind).toBe(isContract ? 'changed' : 'rejected');
});

it('the same words are the same declaration, other words another', () => {
  const words = declaredSchema.parse({ name: 'Anna Berg', orderNumber: 'ord_1', contact: 'anna@example.org', language: 'de' });
  const id = declarationIdOf(words);
  expect(declarationIdOf({ ...words, name: ' anna  BERG ', language: 'en' })).toBe(id);
  expect(declarationIdOf({ ...words, contact: 'ben@example.org' })).not.toBe(id);
  expect(declarationIdOf({ ...words, onlyPart: 'the butter' })).not.toBe(id);
});
