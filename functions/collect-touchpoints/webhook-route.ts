/** What CRM and survey tools call when something happens there: signed (Standard Webhooks 1.0), mapped as the source says, then kept like every message. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { mapped, mappingSchema, readBody } from '../../shared/journey/collect/mapping.ts';
import { sourceIdSchema, type Source } from '../../shared/journey/collect/source.ts';
import { templates } from '../../shared/journey/collect/templates.ts';
import { parseSignedJson } from '../../shared/retailer/signed-json.ts';
import { verify } from '../../shared/retailer/webhook.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow, wallSeconds } from '../runtime/clock.ts';
import { gives, takes, tooManyRequests, type ApiContext, type ApiEnvironment } from '../runtime/http.ts';
import { takeTokens } from '../runtime/member-limits.ts';
import { sourceWebhookSecrets } from '../runtime/secrets.ts';
import { load } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';
import { answerOf, takenSchema } from './message-routes.ts';
import { refused, takeMessages, type Taken } from './take-messages.ts';

const ENTRIES_MAX = 500;
const description = {
  method: 'post',
  path: routes.takeWebhook.path,
  request: { params: z.object({ sourceId: sourceIdSchema }), ...takes(z.record(z.string(), z.unknown())) },
  responses: gives(takenSchema, 'Each message is stored, was stored before, or is refused with the reason'),
} as const;

export function addWebhookRoute(api: OpenAPIHono<ApiEnvironment>): void {
  // Described, but not parsed by zod-openapi: that would come before the signature.
  api.openAPIRegistry.registerPath(description);
  api.post('/v1/webhooks/:sourceId', async (context) => {
    const { source, webhook, id, body } = await verified(context);
    const entries = entriesOf(body, webhook.list);
    const waitSeconds = takeTokens(`source ${source.sourceId}`, entries.length, source.perMinute);
    if (waitSeconds !== undefined) return tooManyRequests(`more than ${source.perMinute} messages a minute: please wait ${waitSeconds} s`, waitSeconds);
    const taken = await takeEntries(entries, { source, webhook, id });
    return context.json(takenSchema.parse(answerOf(taken)), 200);
  });
}

type Webhook = NonNullable<Source['webhook']>;
interface Verified {
  readonly source: Source;
  readonly webhook: Webhook;
  readonly id: string;
}

async function verified(context: ApiContext): Promise<Verified & { readonly body: unknown }> {
  const sourceId = sourceIdSchema.safeParse(context.req.param('sourceId'));
  const source = sourceId.success ? (await load(kinds.source, keys.source(sourceId.data)))?.state : undefined;
  // A source that does not exist, or has no webhook, answers like a wrong signature.
  if (source?.webhook === undefined) throw new VisibleError(401, 'signature-refused', 'the signature was refused');
  const body = new Uint8Array(await context.req.arrayBuffer());
  const secrets = await sourceWebhookSecrets(source);
  const result = verify({ secrets, headers: Object.fromEntries(context.req.raw.headers), body, now: wallSeconds() });
  if (!result.ok) throw new VisibleError(401, 'signature-refused', 'the signature was refused');
  const parsed = parseSignedJson(body);
  if (!parsed.ok) throw new VisibleError(400, 'bad-json', `the body was refused: ${parsed.refusal}`);
  return { source, webhook: source.webhook, id: result.id, body: parsed.value };
}

function entriesOf(body: unknown, list: string | undefined): readonly unknown[] {
  if (list === undefined) return [body];
  const found = z.array(z.unknown()).safeParse(readBody(body)(list));
  if (!found.success) throw new VisibleError(400, 'bad-request', `${list}: expected a list`);
  if (found.data.length > ENTRIES_MAX) throw new VisibleError(400, 'too-large', `${list}: ${found.data.length} entries, expected at most ${ENTRIES_MAX}`);
  return found.data;
}

/** What cannot be mapped is refused alone; the answer is in the order of the entries. */
async function takeEntries(entries: readonly unknown[], { source, webhook, id }: Verified): Promise<Taken[]> {
  const mapping = typeof webhook.mapping === 'string' ? mappingSchema.parse(templates[webhook.mapping]) : webhook.mapping;
  const sender = { ...source, source: source.sourceId };
  const made = entries.map((entry, index) => mapped(readBody(entry), mapping, `${id}-${index}`));
  const taken = await takeMessages({ sender, messages: made.flatMap((one) => (one.kind === 'mapped' ? [one.message] : [])) });
  const inOrder: Taken[] = [];
  for (const [index, one] of made.entries()) {
    const next =
      one.kind === 'mapped' ? taken.shift() : await refused(entries[index], { sender, receivedAt: productNow() }, { why: 'malformed', reason: one.reason });
    if (next !== undefined) inOrder.push(next);
  }
  return inOrder;
}
