import { describe, expect, it } from 'vitest';
import { euros } from '../../../shared/values.ts';
import { frischhof } from './order-examples.ts';
import { granted, inWords, later, low, offer, planned, shop } from './pantry.ts';

describe('what is cheaper apart', () => {
  const shops = [
    shop([offer('milk'), offer('oats', { price: euros(300) })], { deliveryFee: euros(0) }),
    shop([offer('milk', { price: euros(300) }), offer('oats')], { deliveryFee: euros(0) }, later),
  ];
  const supplies = [low('milk'), low('oats')];
  it('is ordered at two shops, by whoever may say yes', () => {
    expect(inWords(planned(supplies, { shops }))).toEqual(['milk 9', 'oats 9']);
    expect(inWords(planned(supplies, { shops, spend: granted({ retailers: [frischhof, later] }) }))).toEqual(['milk 9', 'oats 9']);
  });
  it('stays together where a mandate covers only that', () => {
    const plan = planned(supplies, { shops, spend: granted({ retailers: [frischhof] }) });
    expect(plan.choices.map(({ retailerId, lines }) => [retailerId, lines.length])).toEqual([[frischhof, 2]]);
  });
  it('stays together where few parcels are wanted, unless apart saves enough', () => {
    const preferences = { wish: 'few-parcels', shops: [], shopsMayCostMoreMinor: 0 } as const;
    expect(planned(supplies, { shops, preferences: { ...preferences, shops: [] } }).choices).toHaveLength(2);
    const nearly = shops.map((one) => ({ ...one, offers: one.offers.map((dear) => ({ ...dear, price: euros(Math.min(250, dear.price.amountMinor)) })) }));
    expect(planned(supplies, { shops: nearly }).choices).toHaveLength(2);
    expect(planned(supplies, { shops: nearly, preferences: { ...preferences, shops: [] } }).choices).toHaveLength(1);
  });
});
