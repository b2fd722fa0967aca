/** What has reached a household beyond its orders, why, and what it does not want: a stop holds from the next decision on. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { consentWordingVersionSchema } from '../../shared/household/privacy.ts';
import { definitionOf } from '../../shared/journey/conversion-path/path.ts';
import { decideOutreach, type OutreachCommand } from '../../shared/journey/outreach/decide-outreach.ts';
import { lastMailAnswer } from '../../shared/journey/outreach/mail.ts';
import { MAIL_WORDING } from '../../shared/journey/outreach/mail-wording.ts';
import { outreachLimits } from '../../shared/journey/outreach/limits.ts';
import { noOutreachYet, reachIdSchema, stopKindSchema, type Outreach } from '../../shared/journey/outreach/outreach.ts';
import { quietHoursSchema, reachChannelSchema } from '../../shared/journey/outreach/wish.ts';
import { mailEndings, reachChannels } from '../../shared/journey/outreach/words.ts';
import { householdIdSchema, instantSchema, memberIdSchema, type MemberId } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { demandMember } from '../runtime/caller.ts';
import { productNow } from '../runtime/clock.ts';
import { gives, takes, type ApiEnvironment } from '../runtime/http.ts';
import { mailSender } from '../runtime/outreach.ts';
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
  /** Whether whoever asks may be written to, at the address that they sign in with; absent where no e-mails are sent. */
  mail: z
    .strictObject({
      from: z.string(),
      may: z.boolean(),
      /** Of the last answer, if there is one, and for a no why it came. */
      at: instantSchema.optional(),
      because: z.enum(mailEndings).optional(),
      /** Of the text to show now, which a yes has to name. */
      wordingVersion: consentWordingVersionSchema,
    })
    .optional(),
});

const command = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['stop', 'allow']), kind: stopKindSchema }),
  z.strictObject({ type: z.literal('prefer'), channels: z.array(reachChannelSchema).max(reachChannels.length).optional(), quiet: quietHoursSchema.optional() }),
  z.strictObject({ type: z.literal('open'), reachId: reachIdSchema }),
  z.strictObject({ type: z.literal('watch'), may: z.boolean() }),
  /** For oneself, never for somebody else. A yes names the text that was on the screen. */
  z.strictObject({ type: z.literal('allow-mail'), wordingVersion: consentWordingVersionSchema, language: z.enum(['de', 'en']) }),
  z.strictObject({ type: z.literal('end-mail') }),
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
async function shown(outreach: Outreach, memberId: MemberId): Promise<z.infer<typeof outreachView>> {
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
    ...{ isAllStopped: stopped.has('all'), channels, quiet, watches, mail: mailOf(outreach, memberId) },
  });
}
function mailOf(outreach: Outreach, memberId: MemberId): z.infer<typeof outreachView>['mail'] {
  const from = mailSender();
  const last = lastMailAnswer(outreach, memberId);
  const because = last?.answer === 'withdrawn' ? last.because : undefined;
  return from === undefined
    ? undefined
    : { from, wordingVersion: MAIL_WORDING, may: last?.answer === 'given', ...(last && { at: last.at }), ...(because && { because }) };
}

/** In words for a household: what the company calls a path and wants with it stays with the company. */
const toldOf = (definition: ReturnType<typeof definitionOf>) => (definition?.told === undefined ? {} : { name: definition.told });

function commandOf(body: z.infer<typeof command>, memberId: MemberId): OutreachCommand {
  if (body.type === 'allow-mail') return { ...body, type: 'mail', may: true, memberId };
  return body.type === 'end-mail' ? { type: 'mail', may: false, because: 'said-so', memberId } : { ...body, memberId };
}

const REFUSED: Record<'no-mail', string> & Partial<Record<string, string>> = {
  'too-many-stops': 'so many are stopped one by one that only all can be stopped now',
  'outdated-wording': 'the text has changed: read it again before you say yes',
  'changed-too-often': 'this was changed so often that no more yes is taken; a no always is',
  'no-mail': 'no e-mails are sent from here',
};

export function addOutreachRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  api.openapi(outreachRoutes.readOutreach, async (context) => {
    const { householdId } = context.req.valid('param');
    const { memberId } = await demandMember(context, routes.readOutreach, householdId);
    const outreach = (await load(kinds.outreach, keys.outreach(householdId)))?.state ?? noOutreachYet(householdId);
    return context.json(await shown(outreach, memberId), 200);
  });

  api.openapi(outreachRoutes.changeOutreach, async (context) => {
    const { householdId } = context.req.valid('param');
    const { memberId } = await demandActor(context, routes.changeOutreach, householdId);
    const body = context.req.valid('json');
    if (body.type === 'allow-mail' && mailSender() === undefined) throw new VisibleError(409, 'no-mail', REFUSED['no-mail']);
    const asked = commandOf(body, memberId);
    const result = await change(kinds.outreach, keys.outreach(householdId), (before) => decideOutreach(before, householdId, asked, productNow()));
    if (result.kind === 'rejected') throw new VisibleError(409, result.reason, REFUSED[result.reason] ?? 'this cannot be done now');
    return context.json(await shown(asItStands(result) ?? noOutreachYet(householdId), memberId), 200);
  });
}
