import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTo, perksReplace, perkSchema, standing, takePerks, type KeptPerks } from '../../../shared/retailer/perk.ts';
import { addDuration, duration, euros, instantSchema } from '../../../shared/values.ts';
import { gtinOf, proposedAt } from '../order/order-examples.ts';

const publishedAt = proposedAt;
const validUntil = addDuration(publishedAt, duration(36, 'hours'));
const voucher = { perkId: 'five-off', kind: 'voucher', fundedBy: 'retailer', amountMinor: 500, fromMinor: 3_000, validUntil };
const taken = (...lines: unknown[]) => takePerks(lines, publishedAt);

describe('the perks that a shop publishes', () => {
  it('become what is kept, with money as money', () => {
    const { perks, refused } = taken(
      voucher,
      { perkId: 'door', kind: 'free-delivery', fundedBy: 'brand', tier: 'gold', validUntil },
      { perkId: 'two', kind: 'buy-one-get-one', fundedBy: 'brand', gtins: [gtinOf(1)], validUntil },
    );
    expect(refused).toEqual([]);
    expect(perks.perks).toEqual([
      { perkId: 'five-off', kind: 'voucher', fundedBy: 'retailer', amount: euros(500), from: euros(3_000), validUntil },
      { perkId: 'door', kind: 'free-delivery', fundedBy: 'brand', tier: 'gold', from: euros(0), validUntil },
      { perkId: 'two', kind: 'buy-one-get-one', fundedBy: 'brand', gtins: [gtinOf(1)], validUntil },
    ]);
    for (const perk of perks.perks) expect(perkSchema.parse(perk)).toEqual(perk);
  });
  it.each([
    ['what the platform pays for', { ...voucher, fundedBy: 'platform' }, 'fundedBy: a shop’s perk is funded by the retailer or by a brand'],
    ['a voucher of nothing', { ...voucher, amountMinor: 0 }, 'amountMinor: Too small: expected number to be >=1'],
    ['one that ends before it begins', { ...voucher, validUntil: publishedAt }, 'validUntil: expected an instant after publishedAt'],
    ['one without an end', { ...voucher, validUntil: undefined }, 'validUntil: Invalid input: expected string, received undefined'],
    ['an unknown tier', { ...voucher, tier: 'bronze' }, 'tier: Invalid option: expected one of "silver"|"gold"|"platinum"'],
    ['a member of another kind', { ...voucher, gtins: [gtinOf(1)] }, 'perk: Unrecognized key: "gtins"'],
    ['free packs of no product', { perkId: 'five-off', kind: 'buy-one-get-one', fundedBy: 'brand', gtins: ['123'], validUntil }, 'gtins.0: '],
  ])('are refused by name: %s', (_, line, reason) => {
    const { perks, refused } = taken({ ...voucher, perkId: 'good' }, line);
    expect(perks.perks.map(({ perkId }) => perkId)).toEqual(['good']);
    expect(refused.map(({ index, list, perkId }) => [index, list, perkId])).toEqual([[1, 'perks', 'five-off']]);
    expect(refused[0]?.reason.startsWith(reason)).toBe(true);
  });
  it('of one name count once, and what is no perk at all is refused too', () => {
    const [twice, none, ...more] = taken(voucher, { ...voucher, amountMinor: 900 }, 7).refused;
    expect(twice).toEqual({ index: 1, list: 'perks', perkId: 'five-off', reason: 'perkId: stands more than once in this message' });
    expect([none?.index, none?.reason.slice(0, 6), more]).toEqual([2, 'perk: ', []]);
  });
  it('replace older ones, and end up the same in whichever order they come', () => {
    const kept = fc.record({ at: fc.integer({ min: 0, max: 3 }), cents: fc.integer({ min: 1, max: 3 }) }).map(({ at, cents }): KeptPerks => ({
      publishedAt: addDuration(publishedAt, duration(at, 'hours')),
      perks: taken({ ...voucher, amountMinor: cents }).perks.perks,
    }));
    const last = (all: readonly KeptPerks[]) => all.reduce<KeptPerks | undefined>((stored, next) => (perksReplace(next, stored) ? next : stored), undefined);
    fc.assert(
      fc.property(fc.array(kept, { maxLength: 6 }), (all) => {
        expect(last(all)).toEqual(last(all.toReversed()));
      }),
    );
  });
  it('are open by tier, and none any more in their last six hours', () => {
    const { perks } = taken(voucher, { ...voucher, perkId: 'gold', tier: 'gold' }).perks;
    expect([undefined, 'silver', 'gold', 'platinum'].map((tier) => openTo(tier as undefined | 'gold', perks).length)).toEqual([1, 1, 2, 2]);
    const left = (hours: number) => standing(perks, instantSchema.parse(addDuration(validUntil, duration(-hours, 'hours')))).length;
    expect([left(7), left(6), left(0)]).toEqual([2, 0, 0]);
  });
});
