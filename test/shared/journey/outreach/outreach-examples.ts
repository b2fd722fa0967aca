/** A household that may be reached in the app and on a fridge's door, and a wish to do so. */
import { noHabit } from '../../../../shared/journey/outreach/habit.ts';
import type { Circumstances } from '../../../../shared/journey/outreach/may-reach.ts';
import { noOutreachYet } from '../../../../shared/journey/outreach/outreach.ts';
import { wishSchema, type Wish } from '../../../../shared/journey/outreach/wish.ts';
import { householdIdSchema, instantSchema, type Instant } from '../../../../shared/values.ts';

export const householdId = householdIdSchema.parse('hh_anna');
/** A Monday, ten in the morning in Berlin. */
export const MONDAY = instantSchema.parse('2026-03-02T09:00:00.000Z');
export const at = (text: string): Instant => instantSchema.parse(text);

export const wishFor = (over: Partial<Wish> = {}): Wish =>
  wishSchema.parse({
    ...{ wishId: 'w-1', householdId, kind: 'second-purchase', purpose: 'suggestion', channels: ['app'], wishedAt: MONDAY, phase: 'loyalty' },
    words: { de: { title: 'Noch einmal?', text: 'Milch' }, en: { title: 'Once more?', text: 'Milk' } },
    reason: { de: 'weil du Milch gekauft hast', en: 'because you bought milk' },
    ...over,
  });

export const around = (over: Partial<Circumstances> = {}): Circumstances => ({
  ...{
    outreach: noOutreachYet(householdId),
    timeZone: 'Europe/Berlin',
    consents: { profiling: true, productNews: true, newsByMail: true },
    hasOpenCase: false,
  },
  available: { app: 'now', tv: 'never', fridge: 'now', watch: 'never', 'e-mail': 'never', crm: 'now' },
  hours: noHabit,
  ...over,
});
