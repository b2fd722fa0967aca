/** What has reached a household beyond its orders, why, and what it does not want: a stop holds from the next decision on. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { definitionOf } from '../../shared/journey/conversion-path/path.ts';
import { decideOutreach } from '../../shared/journey/outreach/decide-outreach.ts';
import { outreachLimits } from '../../shared/journey/outreach/limits.ts';
import { noOutreachYet, reachIdSchema, stopKindSchema, type Outreach } from '../../shared/journey/outreach/outreach.ts';
import { quietHoursSchema, reachChannelSchema } from '../../shared/journey/outreach/wish.ts';
import { reachChannels } from '../../shared/journey/outreach/words.ts';
import { householdIdSchema, instantSchema, memberIdSchema, type MemberId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandMember } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { readPaths } from '../runtime/paths.ts';
import { asItStands } from '../runtime/put.ts';
import { change, load } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';
import { demandActor } from './actor.ts';

const params = z.object({ householdId: householdIdSchema });
const said = z.strictObject({ title: z.string(), text: z.string() });
const bilingual = z.strictObject({ de: z.string(), en: z.string() });

export const outreachView = z.strictObject({
  /** The newest first. */
  messages: z.array(
    z.strictObject({
      reachId: reachIdSchema,
      kind: z.string(),
      channel: reachChannelSchema,
      at: instantSchema,
      words: z.strictObject({ de: said, en: said }),
      reason: bilingual,
      link: z.string().optional(),
      orderId: z.string().optional(),
    }),
  ),
  /** What may reach it, by name where it has one, and whether it is stopped. */
  kinds: z.array(z.strictObject({ kind: z.string(), name: bilingual.optional(), isStopped: z.boolean() })),
  isAllStopped: z.boolean(),
  channels: z.array(reachChannelSchema),
  quiet: quietHoursSchema,
  /** Whose watch may be told something short. */
  watches: z.array(memberIdSchema),
});

const command = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['stop', 'allow']), kind: stopKindSchema }),
  z.strictObject({ type: z.literal('prefer'), channels: z.array(reachChannelSchema).max(reachChannels.length).optional(), quiet: quietHoursSchema.optional() }),
  z.strictObject({ type: z.literal('open'), reachId: reachIdSchema }),
  z.strictObject({ type: z.literal('watch'), may: z.boolean() }),
]);

export const outreachRoutes = {
  readOutreach: createRoute({
    method: 'get',
    path: routes.readOutreach.path,
    request: { params },
    responses: gives(outreachView, 'What has reached the household, and what may'),
  }),
  changeOutreach: createRoute({
    method: 'post',
    path: routes.changeOutreach.path,
    request: { params, ...takes(command) },
    responses: gives(outreachView, 'As it stands now'),
  }),
};

const MESSAGES_SHOWN = 20;
async function shown(outreach: Outreach): Promise<z.infer<typeof outreachView>> {
  const { reached, stops, channels = [], quiet = outreachLimits.quiet, watches = [] } = outreach;
  const paths = (await readPaths()).filter(({ on }) => on);
  const stopped = new Set(stops.map(({ kind }) => kind));
  const isPath = (kind: string): boolean => paths.some(({ path }) => path === kind);
  const others = [...new Set([...reached.map(({ kind }) => kind), ...stopped])].filter((kind) => kind !== 'all' && !isPath(kind));
  return outreachView.parse({
    messages: reached
      .slice(-MESSAGES_SHOWN)
      .reverse()
      .map(({ reachId, kind, channel, at, words, reason, link, orderId }) => ({ reachId, kind, channel, at, words, reason, link, orderId })),
    kinds: [
      ...paths.map((stored) => ({ kind: stored.path, ...toldOf(definitionOf(stored)), isStopped: stopped.has(stored.path) })),
      ...others.map((kind) => ({ kind, isStopped: stopped.has(kind) })),
    ],
    ...{ isAllStopped: stopped.has('all'), channels, quiet, watches },
  });
}
/** In words for a household: what the company calls a path and wants with it stays with the company. */
const toldOf = (definition: ReturnType<typeof definitionOf>) => (definition?.told === undefined ? {} : { name: definition.told });

export function addOutreachRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(outreachRoutes.readOutreach, async (context) => {
    const { householdId } = context.req.valid('param');
    await demandMember(context, routes.readOutreach, householdId);
    const outreach = (await load(kinds.outreach, keys.outreach(householdId)))?.state ?? noOutreachYet(householdId);
    return context.json(await shown(outreach), 200);
  });

  api.openapi(outreachRoutes.changeOutreach, async (context) => {
    const { householdId } = context.req.valid('param');
    const { memberId } = await demandActor(context, routes.changeOutreach, householdId);
    const body = context.req.valid('json');
    const result = await change(kinds.outreach, keys.outreach(householdId), (before) =>
      decideOutreach(before, householdId, { ...body, memberId: memberId satisfies MemberId }, productNow()),
    );
    if (result.kind === 'rejected') throw new VisibleError(409, result.reason, 'so many are stopped one by one that only all can be stopped now');
    return context.json(await shown(asItStands(result) ?? noOutreachYet(householdId)), 200);
  });
}
