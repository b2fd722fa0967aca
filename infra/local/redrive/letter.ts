/** What lies in a dead-letter queue, what it is in words, and what can be done with it. */
import { z } from 'zod';

export type Letter =
  /** What its queue held before: it can go back there. `key` names it in the functions' logs. */
  | { readonly kind: 'message'; readonly words: string; readonly key?: string }
  /** An event that the bus refused, whole: it can be put there again. */
  | { readonly kind: 'refused-event'; readonly words: string; readonly key?: string; readonly entry: RefusedEntry }
  /** Nothing that could be sent anywhere again. `advice` says what to do instead. */
  | { readonly kind: 'report'; readonly words: string; readonly advice: string };

const entrySchema = z.object({ EventBusName: z.string(), Source: z.string(), DetailType: z.string(), Detail: z.string() });
export type RefusedEntry = z.infer<typeof entrySchema>;

const refusedSchema = z.object({ code: z.string().optional(), entry: entrySchema });
const streamSchema = z.object({
  DDBStreamBatchInfo: z.object({ batchSize: z.int(), streamArn: z.string(), startSequenceNumber: z.string(), approximateArrivalOfFirstRecord: z.string() }),
  requestContext: z.object({ functionArn: z.string(), condition: z.string() }),
});
const ruleErrorSchema = z.object({ ruleName: z.string(), topic: z.string(), failures: z.array(z.unknown()) });
const eventSchema = z.object({ 'detail-type': z.string(), detail: z.object({ id: z.string() }) });
const dueSchema = z.object({ 'detail-type': z.literal('due'), detail: z.object({ pk: z.string(), sk: z.string() }) });
const telemetrySchema = z.object({ thing: z.string(), payload: z.string() });
const scheduledSchema = z.object({ 'detail-type': z.literal('Scheduled Event'), time: z.string() });

const CHARACTERS_SHOWN = 100;

const afterStream = [
  'It names records of a stream and does not hold them; the stream forgets them after a day. Nothing of the items is lost: what they say stands in their events,',
  'and whatever waits for it is looked at again when it is due. Mend the function; for what must not wait, change the item once more (see docs/guides/operate.md).',
].join(' ');

export function readLetter(body: string): Letter {
  const value = parsedJson(body);
  const refused = refusedSchema.safeParse(value);
  if (refused.success) {
    const { code = 'no reason', entry } = refused.data;
    const id = z.object({ id: z.string() }).safeParse(parsedJson(entry.Detail)).data?.id;
    return { kind: 'refused-event', words: `${entry.DetailType}${id === undefined ? '' : ` ${id}`}, refused by the bus: ${code}`, entry, ...keyed(id) };
  }
  const stream = streamSchema.safeParse(value);
  if (stream.success) {
    const { DDBStreamBatchInfo: batch, requestContext: request } = stream.data;
    const words = `${batch.batchSize} records of ${batch.streamArn} from ${batch.startSequenceNumber} on, given up by ${request.functionArn} (${request.condition})`;
    return { kind: 'report', words, advice: afterStream };
  }
  const rule = ruleErrorSchema.safeParse(value);
  if (rule.success) {
    const advice = 'The rule could not hand it to its queue. A device says what holds now with its next reading; usage is cumulative, so none is missed.';
    return { kind: 'report', words: `a message on ${rule.data.topic} that the rule ${rule.data.ruleName} could not deliver`, advice };
  }
  const scheduled = scheduledSchema.safeParse(value);
  if (scheduled.success) {
    return {
      kind: 'report',
      words: `the schedule of ${scheduled.data.time}, which its function missed`,
      advice: 'Every later run of the schedule does what this one missed.',
    };
  }
  return message(value, body);
}

function message(value: unknown, body: string): Letter {
  const due = dueSchema.safeParse(value);
  if (due.success) {
    const key = `${due.data.detail.pk}/${due.data.detail.sk}`;
    return { kind: 'message', words: `${key} is due`, key };
  }
  const event = eventSchema.safeParse(value);
  if (event.success) return { kind: 'message', words: `${event.data['detail-type']} ${event.data.detail.id}`, key: event.data.detail.id };
  const telemetry = telemetrySchema.safeParse(value);
  if (telemetry.success) return { kind: 'message', words: `a reading of ${telemetry.data.thing}` };
  return { kind: 'message', words: `none of our messages: ${body.slice(0, CHARACTERS_SHOWN)}` };
}

const keyed = (key: string | undefined) => (key === undefined ? {} : { key });

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
