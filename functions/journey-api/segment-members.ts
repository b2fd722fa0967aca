/** Who is in a segment. A list of households says something of each of them, so each look at it is noted with every household that it shows. */
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { reasonsInWords } from '../../shared/journey/standing/standing-wording.ts';
import { householdIdSchema, instantSchema, type HouseholdId, type Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import type { ApiContext } from '../runtime/http.ts';
import { readRoll } from '../runtime/roll.ts';
import { load } from '../runtime/store.ts';
import { ALL_MOST } from './known-of-some.ts';
import { noteLook } from './note-look.ts';

const SHOWN = 25;
export const memberListSchema = z.object({
  /** Those that came last first. */
  members: z.array(z.object({ householdId: householdIdSchema, since: instantSchema, because: z.string() })),
  /** Within four weeks, the last first. */
  left: z.array(z.object({ householdId: householdIdSchema, leftAt: instantSchema })),
  /** Where the next page begins; absent: this was the last. */
  next: z.int().optional(),
  /** Lines of the roll that were read, and how many households there are: of very many, not all are looked through. */
  read: z.int(),
  households: z.int(),
});

interface Asked {
  readonly reason: string;
  readonly from: number;
  readonly language: 'de' | 'en';
  readonly households: number;
}

export async function membersOf(context: Pick<ApiContext, 'env'>, segment: string, { reason, from, language, households }: Asked) {
  const roll = await readRoll(ALL_MOST);
  const found = roll
    .flatMap(({ householdId, segments }) => segments.filter((note) => note.segment === segment).map(({ since }) => ({ householdId, since })))
    .sort((a, b) => later(a.since, b.since));
  const gone = roll
    .flatMap(({ householdId, left }) => left.filter((note) => note.segment === segment).map(({ leftAt }) => ({ householdId, leftAt })))
    .sort((a, b) => later(a.leftAt, b.leftAt));
  const page = await thoseThere(found.slice(from, from + SHOWN));
  const left = await thoseThere(from === 0 ? gone.slice(0, SHOWN) : []);
  const asked = { route: routes.listMembers, kind: 'listed' } as const;
  // Nothing of anybody before it is written down.
  await Promise.all(
    [...page, ...left].map(({ householdId }) =>
      noteLook(context, { ...asked, householdId }, { purpose: 'group', reason: `${segment}: ${reason}`.slice(0, 120) }),
    ),
  );
  const members = await Promise.all(page.map(async (member) => ({ ...member, because: await becauseOf(member.householdId, segment, language) })));
  return memberListSchema.parse({ members, left, ...(found.length > from + SHOWN && { next: from + SHOWN }), read: roll.length, households });
}

/** Without those that are about to be forgotten. */
async function thoseThere<Listed extends { readonly householdId: HouseholdId }>(listed: readonly Listed[]): Promise<Listed[]> {
  const there = await Promise.all(listed.map(async ({ householdId }) => (await load(kinds.household, keys.household(householdId))) !== undefined));
  return listed.filter((_, index) => there[index] === true);
}

const later = (a: Instant, b: Instant): number => (a < b ? 1 : -1);

async function becauseOf(householdId: HouseholdId, segment: string, language: 'de' | 'en'): Promise<string> {
  const standing = await load(kinds.standing, keys.standing(householdId));
  return reasonsInWords(standing?.state.segments.find((note) => note.segment === segment)?.reasons ?? [], language);
}
