/** Those in the segment of the likely to leave, with reasons and what would change it. Each look at the list is noted with every household that it shows. */
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { readingSchema, type Outlook } from '../../shared/journey/churn/outlook.ts';
import { changeInWords, outlookReasonInWords, readingInWords } from '../../shared/journey/churn/outlook-wording.ts';
import { householdIdSchema, instantSchema, type HouseholdId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import type { ApiContext } from '../runtime/http.ts';
import { readRoll } from '../runtime/roll.ts';
import { load } from '../runtime/store.ts';
import { ALL_MOST } from './known-of-some.ts';
import { noteLook } from './note-look.ts';

const SEGMENT = 'likely-to-leave';
const SHOWN = 25;
const words = z.string();
const leavingSchema = z.object({
  householdId: householdIdSchema,
  since: instantSchema,
  /** 0–1. */
  leaves: z.number(),
  reading: z.object({ code: readingSchema, name: words }),
  reasons: z.array(words),
  causes: z.array(words),
  changes: z.array(z.object({ name: words, leaves: z.number() })),
  /** Within twelve weeks, as it looks now; and what it has bought for on a day in the mean. */
  expectedPurchases: z.number(),
  expectedMinor: z.int(),
  meanMinor: z.number(),
});
export const leavingListSchema = z.object({
  /** Those that came into it last first. */
  leaving: z.array(leavingSchema),
  /** Where the next page begins; absent: this was the last. */
  next: z.int().optional(),
});

export async function leavingList(
  context: Pick<ApiContext, 'env'>,
  { reason, from, language }: { readonly reason: string; readonly from: number; readonly language: 'de' | 'en' },
): Promise<z.infer<typeof leavingListSchema>> {
  const found = (await readRoll(ALL_MOST))
    .flatMap(({ householdId, segments }) => segments.filter(({ segment }) => segment === SEGMENT).map(({ since }) => ({ householdId, since })))
    .sort((a, b) => (a.since < b.since ? 1 : -1));
  const known = await Promise.all(found.slice(from, from + SHOWN).map(async (one) => ({ ...one, outlook: await outlookStanding(one.householdId) })));
  const shown = known.flatMap(({ outlook, ...one }) => (outlook === undefined ? [] : [{ ...one, outlook }]));
  // Nothing of anybody before it is written down.
  const noted = { route: routes.listLeaving, kind: 'listed' } as const;
  for (const { householdId } of shown) await noteLook(context, { ...noted, householdId }, { purpose: 'group', reason: `${SEGMENT}: ${reason}`.slice(0, 120) });
  return {
    leaving: shown.map(({ householdId, since, outlook }) => ({ householdId, since, ...inWords(outlook, language) })).sort((a, b) => b.leaves - a.leaves),
    ...(found.length > from + SHOWN && { next: from + SHOWN }),
  };
}

/** Undefined for a household that is about to be forgotten. */
async function outlookStanding(householdId: HouseholdId): Promise<Outlook | undefined> {
  const [household, standing] = await Promise.all([load(kinds.household, keys.household(householdId)), load(kinds.standing, keys.standing(householdId))]);
  return household === undefined ? undefined : standing?.state.outlook;
}

function inWords({ leaves, reading, reasons, causes, changes, expectedPurchases, expectedMinor, buying }: Outlook, language: 'de' | 'en') {
  return {
    ...{ leaves, expectedPurchases, expectedMinor, meanMinor: buying.meanMinor },
    reading: { code: reading, name: readingInWords(reading, language) },
    reasons: reasons.map((reason) => outlookReasonInWords(reason, language)),
    causes: causes.map((cause) => outlookReasonInWords(cause, language)),
    changes: changes.map(({ code, leaves: then }) => ({ name: changeInWords(code, language), leaves: then })),
  };
}
