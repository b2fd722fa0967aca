/** The rules of leads that come with the product: data, to be copied and changed. Names of events are those that trackers share (Segment’s specifications) and those of its sources here. */
import type { LeadRules } from './lead-rules.ts';

const TICKED = { property: 'consent', is: [true, 'true', 'yes'] };

export const shippedLeadRules: LeadRules = {
  asks: [
    // A tick beside the address: for e-mail the source asks twice, as German courts want it (double opt-in), and tells of it after the second yes.
    { on: ['Newsletter Subscribed', 'Form Submitted', 'Lead Generated', 'generate_lead'], where: TICKED },
    // Who asks to be called has said so with that.
    { on: ['Callback Requested', 'Demo Requested'] },
  ],
  refuses: [
    { on: ['Unsubscribed', 'Email Marked as Spam', 'Contact Refused'] },
    { on: ['Newsletter Subscribed', 'Form Submitted', 'Lead Generated', 'generate_lead'], where: { property: 'consent', is: [false, 'false', 'no'] } },
  ],
  reached: { channels: ['e-mail', 'push', 'call-centre', 'store', 'social', 'crm'], on: ['Email Opened', 'Email Link Clicked'] },
  nurtured: { returns: 2, touches: 5 },
  handOverAt: 60,
  limits: { gapDays: 5, most: 3, withinDays: 30 },
  silentDays: { generated: 30, addressed: 30, nurtured: 45, 'handed-over': 60 },
  scores: [
    {
      ...{ rule: 'asked-to-be-called', kind: 'interest', on: ['Callback Requested', 'Demo Requested'], points: 35, most: 35, halfLifeDays: 14 },
      reason: { de: 'hat um einen Anruf gebeten', en: 'asked to be called' },
    },
    {
      ...{ rule: 'looked-at-prices', kind: 'interest', on: ['page'], where: { property: 'name', is: ['Prices'] }, points: 8, most: 16, halfLifeDays: 14 },
      reason: { de: 'hat Preise angesehen', en: 'looked at prices' },
    },
    {
      ...{ rule: 'looked-at-products', kind: 'interest', on: ['Product Viewed', 'Product Compared'], points: 6, most: 18, halfLifeDays: 14 },
      reason: { de: 'hat Produkte angesehen', en: 'looked at products' },
    },
    {
      ...{ rule: 'filled-a-cart', kind: 'interest', on: ['Product Added', 'Checkout Started'], points: 20, most: 20, halfLifeDays: 14 },
      reason: { de: 'hatte etwas im Warenkorb', en: 'had something in the cart' },
    },
    {
      ...{ rule: 'looked-around', kind: 'interest', on: ['page', 'screen', 'Products Searched'], points: 2, most: 10, halfLifeDays: 14 },
      reason: { de: 'hat sich umgesehen', en: 'looked around' },
    },
    {
      ...{ rule: 'reads-our-mail', kind: 'interest', on: ['Email Opened', 'Email Link Clicked'], points: 8, most: 16, halfLifeDays: 21 },
      reason: { de: 'liest unsere Post', en: 'reads our mail' },
    },
    {
      ...{ rule: 'came-to-a-shop', kind: 'interest', on: ['Store Visited'], points: 15, most: 15, halfLifeDays: 30 },
      reason: { de: 'war in einem Laden', en: 'came to a shop' },
    },
    {
      ...{
        rule: 'owns-a-fitting-device',
        kind: 'fit',
        on: ['Newsletter Subscribed', 'Form Submitted', 'Callback Requested', 'Lead Generated', 'generate_lead'],
      },
      ...{ where: { property: 'device', is: ['fridge', 'heating', 'tv'] }, points: 20, most: 20 },
      reason: { de: 'hat ein Gerät, das wir versorgen können', en: 'has a device that we can supply' },
    },
    {
      ...{ rule: 'lives-with-others', kind: 'fit', on: ['Newsletter Subscribed', 'Form Submitted', 'Callback Requested', 'Lead Generated', 'generate_lead'] },
      ...{ where: { property: 'people', is: [2, 3, 4, 5, 6, 7, 8] }, points: 10, most: 10 },
      reason: { de: 'lebt nicht allein', en: 'does not live alone' },
    },
  ],
};
