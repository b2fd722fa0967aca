/** A system that subscribes to the journey: a real server that verifies with the field's own library, and what is done around it. */
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { handler as api } from '../../functions/collect-touchpoints.ts';
import { handler as deliverSubscription } from '../../functions/deliver-subscription.ts';
import { handler as updateJourney } from '../../functions/update-journey.ts';
import { handedOnPk, keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce, list, load } from '../../functions/runtime/store.ts';
import { envelop, type DomainEvent } from '../../shared/events.ts';
import { digest } from '../../shared/digest.ts';
import { subscriptionIdSchema, type Subscription } from '../../shared/journey/subscription/subscription.ts';
import { touchpointSchema, type Touchpoint } from '../../shared/journey/touchpoint.ts';
import { addDuration, duration, type Instant } from '../../shared/values.ts';
import { context, dueRecord, eventRecord, openWorld, sqsRecord, tell, type World } from './harness.ts';
import { operator, send, type Answer } from './http-call.ts';
import { furnish, householdId } from './kitchen.ts';

const heardSchema = z.strictObject({ type: z.string(), timestamp: z.string(), data: z.record(z.string(), z.unknown()) });
interface Heard {
  readonly id: string;
  readonly body: string;
  readonly isVerified: boolean;
}
export async function openReceiver() {
  const state: { status: number; heard: Heard[]; secret: string } = { status: 204, heard: [], secret: '' };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const headers = z
        .record(z.string(), z.string())
        .parse(Object.fromEntries(['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, request.headers[name]])));
      state.heard.push({ id: headers['webhook-id'] ?? '', body, isVerified: verifies(state.secret, body, headers) });
      response.writeHead(state.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return Object.assign(state, { url: `http://127.0.0.1:${port}/in`, close });
}
function verifies(secret: string, body: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

export const crm = subscriptionIdSchema.parse('sub_crm');

export class Subscribed {
  readonly world: World;
  readonly receiver: Awaited<ReturnType<typeof openReceiver>>;
  #told = 0;
  readonly #began: Instant;

  private constructor(world: World, receiver: Awaited<ReturnType<typeof openReceiver>>) {
    this.world = world;
    this.receiver = receiver;
    this.#began = world.now;
  }

  static async open(): Promise<Subscribed> {
    const subscribed = new Subscribed(await openWorld(), await openReceiver());
    await furnish();
    subscribed.#told = (await subscribed.world.stream('Journeys')).length;
    return subscribed;
  }

  async close(): Promise<void> {
    await this.receiver.close();
    await this.world.close();
  }

  async subscribe(terms: object = {}): Promise<void> {
    const body = { name: 'CRM', url: this.receiver.url, ...terms };
    const put = await send(api, { method: 'PUT', path: `/subscriptions/${crm}`, claims: operator, body });
    if (put.status !== 200) throw new Error(JSON.stringify(put.body));
    const secrets = await send(api, { method: 'GET', path: `/subscriptions/${crm}/secrets`, claims: operator });
    this.receiver.secret = z.array(z.string()).parse(secrets.body['secrets'])[0] ?? '';
  }

  async happen(name: string, more: object = {}): Promise<Touchpoint> {
    const { now } = this.world;
    const touchpoint = touchpointSchema.parse({
      ...{ touchpointId: `tp_${digest(name)}`, householdId, source: 'src_web', messageId: name, type: 'Product Viewed', channel: 'web' },
      ...{ initiator: 'customer', phase: 'information', at: now, receivedAt: now, ...more },
    });
    await createOnce(kinds.touchpoint, keys.touchpoint(touchpoint), touchpoint);
    return touchpoint;
  }

  /** Touchpoints since the last time. */
  async news() {
    const records = await this.world.stream('Journeys');
    const news = records.slice(this.#told);
    this.#told = records.length;
    return news.filter(({ eventName, dynamodb }) => eventName === 'INSERT' && dynamodb?.Keys?.['sk']?.S?.startsWith('TP#') === true);
  }

  /** What the stream says since the last time reaches the function, and what that has made reaches the worker. */
  async follow({ queued = true }: { queued?: boolean } = {}): Promise<void> {
    const news = await this.news();
    if (news.length > 0) await updateJourney({ Records: news }, context);
    const waiting = await this.world.taken('deliver-subscription');
    if (queued && waiting.length > 0) await tell(deliverSubscription, ...waiting.map((body, index) => sqsRecord(`m-${index}`, body)));
  }

  /** As `run-due` finds it. */
  async whatIsDue(): Promise<void> {
    const { now } = this.world;
    const messages = (await this.log()).filter(({ dueAt }) => dueAt !== undefined && dueAt <= now);
    await tell(deliverSubscription, dueRecord(keys.subscription(crm), now), ...messages.map((message) => dueRecord(keys.handedOn(message), now)));
  }

  async log() {
    const days = daysBetween(this.#began, this.world.now).map((day) => handedOnPk(crm, day));
    const found = await Promise.all(days.map((pk) => list(kinds.handedOn, pk, 'SENT#')));
    return found.flat().map(({ state }) => ({ ...state, dueAt: 'dueAt' in state ? state.dueAt : undefined }));
  }

  said() {
    return this.receiver.heard.map(({ body }) => heardSchema.parse(JSON.parse(body)));
  }

  async state(): Promise<Subscription> {
    return kinds.subscription.schema.parse((await load(kinds.subscription, keys.subscription(crm)))?.state);
  }

  async say(event: DomainEvent, version = 1): Promise<void> {
    const [one] = envelop([event], { aggregate: `HH#${householdId}/X`, version, time: this.world.now });
    if (one === undefined) throw new Error('expected an event');
    await tell(deliverSubscription, eventRecord(one));
  }
}

/** Each as `YYYY-MM-DD`, both included. */
function daysBetween(from: Instant, to: Instant): string[] {
  const days: string[] = [];
  for (let at = from; at.slice(0, 10) <= to.slice(0, 10); at = addDuration(at, duration(1, 'days'))) days.push(at.slice(0, 10));
  return days;
}

export const postTo = (what: string, body?: object): Promise<Answer> =>
  send(api, { method: 'POST', path: `/subscriptions/${crm}/${what}`, claims: operator, ...(body && { body }) });
