/** What we ourselves pay, at every shop. Product data, set by hand: the more often somebody orders, the sooner we carry the delivery. */
import type { Perk } from '../../retailer/perk.ts';
import { euros } from '../../values.ts';

export const platformPerks: readonly Perk[] = [
  { perkId: 'silver-delivery', kind: 'free-delivery', fundedBy: 'platform', tier: 'silver', from: euros(2_000) },
  { perkId: 'gold-delivery', kind: 'free-delivery', fundedBy: 'platform', tier: 'gold', from: euros(1_200) },
  { perkId: 'platinum-delivery', kind: 'free-delivery', fundedBy: 'platform', tier: 'platinum', from: euros(0) },
];
