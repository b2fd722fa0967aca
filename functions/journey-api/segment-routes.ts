/** Segments with how many are in each and how that came about; one tried out before it is saved; parts of it that suggest themselves; and who is in it. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { conditionSchema, judge } from '../../shared/journey/standing/condition.ts';
import { conditionInWords } from '../../shared/journey/standing/condition-wording.ts';
import { isIn, previewSegment, segmentIdSchema, segmentSchema, segmentsSchema, type Segment } from '../../shared/journey/standing/segment.ts';
import { shippedSegments } from '../../shared/journey/standing/shipped-segments.ts';
import { proposeSplits } from '../../shared/journey/standing/split.ts';
import { trendOf } from '../../shared/journey/tally/standing-day.ts';
import { addDuration, duration } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { STANDING_DAYS_PK } from '../runtime/company-partitions.ts';
import { demandAgent } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { list, load } from '../runtime/store.ts';
import { readCounters } from '../runtime/tally.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { ALL_MOST, knownOfSome, SAMPLE } from './known-of-some.ts';
import { memberListSchema, membersOf } from './segment-members.ts';

const TREND_DAYS = 28;
const language = z.enum(['de', 'en']).default('en');
const listSchema = z.object({
  version: z.int().min(0),
  households: z.int().min(0),
  segments: z.array(
    z.object({
      segment: segmentSchema,
      inWords: z.string(),
      members: z.int().min(0),
      /** As each day began; the newest last. */
      trend: z.array(z.object({ day: z.string(), value: z.int() })),
    }),
  ),
});
/** `some`: a sample that chance has drawn, the same one each time. `all`: everybody, up to a limit. One read of about a kilobyte for each. */
const lookedAt = z.enum(['some', 'all']).default('some');
const previewSchema = z.object({
  ...{ of: z.int(), unknown: z.int(), members: z.int(), entering: z.int(), leaving: z.int() },
  /** How many there are; more than were looked at where it is a sample. */
  households: z.int(),
  inWords: z.string(),
});
const splitSchema = z.object({
  of: z.int(),
  /** With the outcome, and of whom it is known. */
  having: z.int(),
  judged: z.int(),
  splits: z.array(z.object({ condition: conditionSchema, inWords: z.string(), group: z.int(), rate: z.number(), lift: z.number() })),
});
const membersBody = z.strictObject({
  segment: segmentIdSchema,
  /** Why this list is looked at: it stands with each household that is in it. */
  reason: z.string().trim().min(3).max(120),
  from: z.int().min(0).max(10_000).default(0),
  language,
});

export const segmentRoutes = {
  listSegments: createRoute({
    method: 'get',
    path: routes.listSegments.path,
    request: { query: z.object({ language }) },
    responses: gives(listSchema, 'The segments as they stand'),
  }),
  previewSegment: createRoute({
    method: 'post',
    path: routes.previewSegment.path,
    request: takes(z.strictObject({ segment: segmentSchema, lookedAt, language })),
    responses: gives(previewSchema, 'Who would be in it'),
  }),
  proposeSplits: createRoute({
    method: 'post',
    path: routes.proposeSplits.path,
    request: takes(z.strictObject({ within: segmentIdSchema.optional(), outcome: conditionSchema, lookedAt, language })),
    responses: gives(splitSchema, 'Parts that differ in the outcome, the most telling first'),
  }),
  listMembers: createRoute({
    method: 'post',
    path: routes.listMembers.path,
    request: takes(membersBody),
    responses: gives(memberListSchema, 'Who is in it, since when and why, and who has left'),
  }),
};

export function addSegmentRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(segmentRoutes.listSegments, async (context) => {
    demandAgent(context, routes.listSegments);
    const [{ version, segments }, { now = {} }, days] = await Promise.all([segmentsNow(), readCounters(['now']), trendDays()]);
    return context.json(
      {
        ...{ version, households: now['now|households'] ?? 0 },
        segments: segments.map((segment) => ({
          ...{ segment, inWords: conditionInWords(segment.condition, context.req.valid('query').language) },
          members: now[counterOf(segment)] ?? 0,
          trend: trendOf(days, counterOf(segment)),
        })),
      },
      200,
    );
  });

  api.openapi(segmentRoutes.previewSegment, async (context) => {
    demandAgent(context, routes.previewSegment);
    const { segment, lookedAt: asked, language: spoken } = context.req.valid('json');
    const { segments } = await segmentsNow();
    demandSound([...segments.filter((one) => one.segment !== segment.segment), segment]);
    const { known, households } = await knownOfSome(asked === 'all' ? ALL_MOST : SAMPLE);
    return context.json({ ...previewSegment(segment, segments, known), households, inWords: conditionInWords(segment.condition, spoken) }, 200);
  });

  api.openapi(segmentRoutes.proposeSplits, async (context) => {
    demandAgent(context, routes.proposeSplits);
    const { within, outcome, lookedAt: asked, language: spoken } = context.req.valid('json');
    const { segments } = await segmentsNow();
    const parent = segments.find(({ segment }) => segment === within);
    if (within !== undefined && parent === undefined) throw notFound('segment');
    const { known } = await knownOfSome(asked === 'all' ? ALL_MOST : SAMPLE);
    const among = parent === undefined ? known : known.filter((one) => isIn(parent, segments, one).holds === true);
    const judged = among.flatMap((one) => judge(outcome, one).holds ?? []);
    const splits = proposeSplits(among, { outcome }).map(({ condition, group, rate, lift }) => ({
      ...{ condition, group, rate, lift },
      inWords: conditionInWords(condition, spoken),
    }));
    return context.json({ of: among.length, judged: judged.length, having: judged.filter(Boolean).length, splits }, 200);
  });

  api.openapi(segmentRoutes.listMembers, async (context) => {
    demandAgent(context, routes.listMembers);
    const { segment, ...asked } = context.req.valid('json');
    const { segments } = await segmentsNow();
    const { now = {} } = await readCounters(['now']);
    if (!segments.some((one) => one.segment === segment)) throw notFound('segment');
    return context.json(await membersOf(context, segment, { ...asked, households: now['now|households'] ?? 0 }), 200);
  });
}

const counterOf = ({ segment }: Segment): string => `now|segment|${segment}`;

async function segmentsNow(): Promise<{ readonly version: number; readonly segments: readonly Segment[] }> {
  const stored = await load(kinds.journeyRules, keys.journeyRules());
  return { version: stored?.version ?? 0, segments: stored?.state.segments ?? shippedSegments };
}

async function trendDays() {
  const from = addDuration(productNow(), duration(-TREND_DAYS, 'days')).slice(0, 10);
  const days = await list(kinds.standingDay, STANDING_DAYS_PK, 'STOOD#', 1_000);
  return days.map(({ state }) => state).filter(({ day }) => day >= from);
}

/** A parent that is there, no circle: what one segment alone does not show. */
function demandSound(segments: readonly Segment[]): void {
  const sound = segmentsSchema.safeParse(segments);
  if (!sound.success) throw new VisibleError(400, 'bad-request', `segment.parent: ${sound.error.issues[0]?.message ?? 'not as described'}`);
}
