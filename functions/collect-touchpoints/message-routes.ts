/** Segment's HTTP tracking API, as its libraries speak it: they repeat what is answered with 429 or 5xx, and drop what is answered with another 4xx. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { BATCH_BYTES_MAX, describedMessageSchema } from '../../shared/journey/collect/message.ts';
import { messageTypes, type MessageType } from '../../shared/journey/collect/message-types.ts';
import { gives, takes, tooManyRequests, type ApiContext, type ApiEnvironment } from '../runtime/http.ts';
import { takeTokens } from '../runtime/member-limits.ts';
import { notFound, VisibleError } from '../runtime/visible-error.ts';
import { demandSender } from './sender.ts';
import { takeMessages, type Taken } from './take-messages.ts';

/** So many are named in an answer; all of them are noted. */
const REFUSED_SHOWN_MAX = 100;
const count = z.int().min(0);
const refusedSchema = z.strictObject({ index: count, messageId: z.string().optional(), reason: z.string() });
export const takenSchema = z.strictObject({
  ...{ success: z.literal(true), stored: count, repeated: count, refused: z.array(refusedSchema).max(REFUSED_SHOWN_MAX) },
  /** Of a batch with `each: true`, in its order. */
  each: z.array(z.enum(['stored', 'repeated', 'refused'])).optional(),
});
export const batchSchema = z.looseObject({ batch: z.array(describedMessageSchema), sentAt: z.string().optional(), each: z.boolean().optional() });
/** Each message is read for itself. */
const readBatchSchema = z.looseObject({ batch: z.array(z.unknown()).min(1), sentAt: z.unknown().optional(), each: z.unknown().optional() });

export function addMessageRoutes(api: OpenAPIHono<ApiEnvironment>): void {
  // Described, but not parsed by zod-openapi: one bad message must not refuse the others, and some browsers name no content type.
  const answers = gives(takenSchema, 'Each message is stored, was stored before, or is refused with the reason');
  for (const type of messageTypes) {
    const { path } = routes[type];
    api.openAPIRegistry.registerPath({ method: 'post', path, request: takes(describedMessageSchema), responses: answers });
    api.post(path, (context) => take(context, type));
  }
  api.openAPIRegistry.registerPath({ method: 'post', path: routes.batch.path, request: takes(batchSchema), responses: answers });
  api.post(routes.batch.path, (context) => take(context, undefined));
}

async function take(context: ApiContext, type: MessageType | undefined): Promise<Response> {
  const body = await readBody(context);
  const { perMinute, ...sender } = await demandSender(context.req.header('authorization'), body);
  const batch = type === undefined ? readBatchSchema.safeParse(body) : { success: true as const, data: { batch: [body], sentAt: undefined, each: undefined } };
  if (!batch.success) throw new VisibleError(400, 'bad-request', 'batch: expected a list of messages');
  const { batch: messages, sentAt, each } = batch.data;
  const waitSeconds = takeTokens(`source ${sender.source}`, messages.length, perMinute);
  if (waitSeconds !== undefined) return tooManyRequests(`more than ${perMinute} messages a minute: please wait ${waitSeconds} s`, waitSeconds);
  const taken = await takeMessages({ sender, messages, type, sentAt });
  if (type !== undefined) refuseAlone(taken[0]);
  return context.json(takenSchema.parse({ ...answerOf(taken), ...(each === true && { each: taken.map(({ kind }) => kind) }) }), 200);
}

async function readBody(context: ApiContext): Promise<unknown> {
  const text = await context.req.text();
  const bytes = Buffer.byteLength(text);
  if (bytes > BATCH_BYTES_MAX)
    throw new VisibleError(400, 'too-large', `${bytes} bytes, expected at most ${BATCH_BYTES_MAX} in one request; send less at once`);
  try {
    return JSON.parse(text);
  } catch {
    throw new VisibleError(400, 'bad-request', 'body: expected JSON');
  }
}

/** Where nothing else could be lost with it, the sender is told by the status. */
function refuseAlone(taken: Taken | undefined): void {
  if (taken?.kind !== 'refused' || taken.why === 'no-consent') return;
  if (taken.why === 'unknown-household') throw notFound('household');
  throw new VisibleError(400, 'bad-request', taken.reason);
}

export const answerOf = (taken: readonly Taken[]): z.input<typeof takenSchema> => ({
  success: true,
  stored: taken.filter(({ kind }) => kind === 'stored').length,
  repeated: taken.filter(({ kind }) => kind === 'repeated').length,
  refused: taken
    .flatMap((one, index) => (one.kind === 'refused' ? [{ index, ...(one.messageId !== undefined && { messageId: one.messageId }), reason: one.reason }] : []))
    .slice(0, REFUSED_SHOWN_MAX),
});
