/** The functions in this very process, over the real local store, queues and secrets behind the real endpoint. Nothing of ours is replaced. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Context, DynamoDBRecord, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { z } from 'zod';
import { eventEnvelopeSchema, type EventEnvelope, type EventType } from '../../shared/events.ts';
import { duration, instantOf, millisOf, type Instant } from '../../shared/values.ts';
import { Activity } from '../../infra/local/activity.ts';
import type { AwsHandler } from '../../infra/local/aws-request.ts';
import { iotDataHandler } from '../../infra/local/broker/iot-data.ts';
import { People } from '../../infra/local/identity/people.ts';
import { userPoolHandler } from '../../infra/local/identity/user-pool-handler.ts';
import { openEndpoint, type Endpoint } from '../../infra/local/endpoint/endpoint.ts';
import { openQueues } from '../../infra/local/queues/queues.ts';
import { OUTBOX, openOutbox } from '../../infra/local/mail/outbox.ts';
import { openSecrets } from '../../infra/local/secrets/secrets.ts';
import { openShadows } from '../../infra/local/shadow/open-shadows.ts';
import { iotDataWithShadows } from '../../infra/local/shadow/shadow-handler.ts';
import { openStore, type Store } from '../../infra/local/store/open-store.ts';
import { START } from '../shared/supply/milk.ts';
import { catchLog, type LogLine, type MetricsLine } from './log-lines.ts';
import { ROOT } from './shop-keys.ts';

export const ACCESS_KEY = 'KEY-OF-A-FUNCTION';
const TABLES = ['Households', 'Retailers', 'Journeys'] as const;
type TableName = (typeof TABLES)[number];
const WORKERS = [
  'review-supply',
  'propose-order',
  'decide-order',
  'deliver-webhook',
  'reconcile-order',
  'run-automation',
  'erase-household',
  'deliver-subscription',
] as const;

const attribute = (name: string) => ({ AttributeName: name, AttributeType: 'S' });
const hash = (name: string) => ({ AttributeName: name, KeyType: 'HASH' });
const range = (name: string) => ({ AttributeName: name, KeyType: 'RANGE' });
/** As `infra/tables.ts` makes them. */
const tableOf = (name: TableName) => ({
  name,
  properties: {
    AttributeDefinitions: ['pk', 'sk', 'dueShard', 'dueAt', ...(name === 'Households' ? ['thing'] : [])].map(attribute),
    KeySchema: [hash('pk'), range('sk')],
    GlobalSecondaryIndexes: [
      { IndexName: 'byDue', KeySchema: [hash('dueShard'), range('dueAt')], Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['dueFor'] } },
      ...(name === 'Households' ? [{ IndexName: 'byThing', KeySchema: [hash('thing')], Projection: { ProjectionType: 'KEYS_ONLY' } }] : []),
    ],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  },
});

const USER_POOL = 'eu-central-1_people';
const arnOf = (queue: string) => `arn:aws:sqs:eu-central-1:000000000000:${queue}`;
const spokenSchema = z.object({ says: z.int().optional(), version: z.int(), events: z.array(eventEnvelopeSchema) });

export interface Published {
  readonly topic: string;
  readonly payload: unknown;
}

export interface World {
  readonly store: Store;
  /** Who can sign in. */
  readonly people: People;
  /** Where e-mails lie that were sent. */
  readonly outbox: string;
  readonly log: readonly LogLine[];
  /** What functions, and the shadows that they write, have said to devices and apps. */
  readonly published: readonly Published[];
  readonly metrics: readonly MetricsLine[];
  now: Instant;
  /** Product time goes on. */
  wait(amount: number, unit: Parameters<typeof duration>[1]): void;
  /** Everything that writes have said so far, each as the stream would tell it, in the order of the writes. */
  said(): Promise<EventEnvelope[]>;
  /** What was said since, and up to where that was; from the beginning for an empty list. */
  saidAfter(heard: readonly (string | undefined)[]): Promise<{ events: EventEnvelope[]; heard: (string | undefined)[] }>;
  /** A table's stream from its beginning. */
  stream(table: TableName): Promise<DynamoDBRecord[]>;
  /** Takes what lies in a queue. */
  taken(queue: (typeof WORKERS)[number] | 'refused-events'): Promise<unknown[]>;
  close(): Promise<void>;
}

const notOpen: AwsHandler = () => Promise.reject(new Error('no world is open'));
/** The SDK's clients remember the address that they first used, so it is the same for all worlds. */
type Behind = 'dynamodb' | 'secretsmanager' | 'sqs' | 'iot-data' | 'cognito-idp' | 'ses';
const behind: Record<Behind, AwsHandler> = {
  ...{ dynamodb: notOpen, secretsmanager: notOpen, sqs: notOpen },
  ...{ 'iot-data': notOpen, 'cognito-idp': notOpen, ses: notOpen },
};
let opened: Promise<Endpoint> | undefined;
/** One for all files that this process runs, and it ends with the process. */
const openedEndpoint = (): Promise<Endpoint> =>
  (opened ??= openEndpoint({
    handlers: {
      dynamodb: (request) => behind.dynamodb(request),
      secretsmanager: (request) => behind.secretsmanager(request),
      sqs: (request) => behind.sqs(request),
      'iot-data': (request) => behind['iot-data'](request),
      'cognito-idp': (request) => behind['cognito-idp'](request),
      ses: (request) => behind.ses(request),
    } satisfies typeof behind,
    principals: new Map([[ACCESS_KEY, 'a-function']]),
  }));

/** Answers what is behind a service's address, the store's unless told, so that a test can come between: a lost answer, a failure, somebody who writes first. */
export const between = (meddle: (handle: AwsHandler) => AwsHandler, service: Behind = 'dynamodb'): void => {
  behind[service] = meddle(behind[service]);
};

export async function openWorld(): Promise<World> {
  const directory = await mkdtemp(join(tmpdir(), 'nachschub-functions-'));
  const clock = { now: START };
  const endpoint = await openedEndpoint();
  const store = await openStore({ directory: join(directory, 'store'), tables: TABLES.map(tableOf), now: () => millisOf(clock.now) });
  const secrets = await openSecrets({
    file: join(directory, 'secrets.json'),
    secrets: [{ name: 'root', arn: 'arn:root', properties: { SecretString: ROOT } }],
  });
  const urlOf = (queue: string) => `${endpoint.url}/000000000000/${queue}`;
  const definitions = [...WORKERS, 'refused-events'].map((name) => ({ name, url: urlOf(name), arn: arnOf(name), properties: {} }));
  const queues = await openQueues({ directory: join(directory, 'queues'), queues: definitions, activity: new Activity() });
  const published: Published[] = [];
  const hear = (topic: string, payload: string) => {
    published.push({ topic, payload: JSON.parse(payload) });
    return Promise.resolve();
  };
  const shadows = openShadows({ directory: join(directory, 'shadows'), now: () => millisOf(clock.now), publish: hear });
  const plane = iotDataHandler({ publish: (topic, payload) => hear(topic, payload.toString()), disconnect: () => false });
  const people = await People.open(join(directory, 'people.json'));
  const outbox = join(directory, OUTBOX);
  const mail = { directory: outbox, identities: ['nachschub.example'], configurations: ['mails'], report: () => undefined };
  Object.assign(behind, { 'cognito-idp': userPoolHandler(people, [USER_POOL]), ses: openOutbox({ ...mail, now: () => millisOf(clock.now) }) });
  Object.assign(behind, { dynamodb: store.handle, secretsmanager: secrets.handle, sqs: queues.handle, 'iot-data': iotDataWithShadows(shadows, plane) });

  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint.url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: ACCESS_KEY,
    AWS_SECRET_ACCESS_KEY: 'not looked at',
    HOUSEHOLDS_TABLE: 'Households',
    RETAILERS_TABLE: 'Retailers',
    JOURNEYS_TABLE: 'Journeys',
    EVENT_BUS: 'Bus',
    ROOT_SECRET: 'arn:root',
    REFUSED_EVENTS_QUEUE: urlOf('refused-events'),
    DUE_QUEUES: JSON.stringify(Object.fromEntries(WORKERS.map((name) => [name, urlOf(name)]))),
    DUE_SHARDS: '3',
    HAND_ON_QUEUE: urlOf('deliver-subscription'),
    READINGS_LOGGED: '100',
    USER_POOL_ID: USER_POOL,
    ...{
      MAIL_FROM: 'hallo@nachschub.example',
      MAIL_IMPRINT: 'Nachschub GmbH, Gasse 9, 10115 Berlin',
      MAIL_SITE: 'https://home.example',
      MAIL_CONFIGURATION: 'mails',
    },
    RETAILER_CLIENTS: JSON.stringify(Object.fromEntries(['rt_frischhof', 'rt_morgenkorb'].map((id) => [id, `client-of-${id}`]))),
  });
  Reflect.set(globalThis, Symbol.for('nachschub.local'), { productNow: () => millisOf(clock.now), loopbackAllowed: true });
  const log = catchLog();

  const streamAfter = async (table: TableName, last: string | undefined): Promise<{ records: DynamoDBRecord[]; last: string | undefined }> => {
    const records: DynamoDBRecord[] = [];
    let seen = last;
    for (let page = await store.streamOf(table).readAfter(seen, 1_000); page.length > 0;) {
      records.push(...page.map((record) => asLambdaGetsIt.parse(record)));
      seen = page.at(-1)?.dynamodb.SequenceNumber;
      page = await store.streamOf(table).readAfter(seen, 1_000);
    }
    return { records, last: seen };
  };
  const stream = async (table: TableName): Promise<DynamoDBRecord[]> => (await streamAfter(table, undefined)).records;
  const eventsIn = (records: readonly DynamoDBRecord[]): EventEnvelope[] =>
    records.flatMap((record) => {
      // Whatever is removed says nothing.
      if (record.eventName === 'REMOVE') return [];
      const image = imageSchema.parse(record.dynamodb?.NewImage);
      const { says, version, events } = spokenSchema.parse(unmarshall(image));
      return says === undefined ? [] : events.filter(({ id, subject }) => id.startsWith(`${subject}/${version}/`));
    });
  return {
    store,
    people,
    outbox,
    log: log.lines,
    published,
    metrics: log.metrics,
    get now() {
      return clock.now;
    },
    set now(instant: Instant) {
      clock.now = instant;
    },
    wait(amount, unit) {
      clock.now = instantOf(millisOf(clock.now) + duration(amount, unit));
    },
    stream,
    said: async () => eventsIn((await Promise.all(TABLES.map(stream))).flat()),
    async saidAfter(heard) {
      const pages = await Promise.all(TABLES.map((table, index) => streamAfter(table, heard[index])));
      return { events: eventsIn(pages.flatMap(({ records }) => records)), heard: pages.map(({ last }) => last) };
    },
    async taken(queue) {
      const bodies: unknown[] = [];
      for (let received = queues.receive(arnOf(queue), 10, 30); ; received = queues.receive(arnOf(queue), 10, 30)) {
        const messages = await received;
        if (messages.length === 0) return bodies;
        bodies.push(...messages.map(({ body }): unknown => JSON.parse(body)));
        await queues.remove(
          arnOf(queue),
          messages.map(({ receiptHandle }) => receiptHandle),
        );
      }
    },
    async close() {
      log.stop();
      await queues.close();
      await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The same record, as the types of Lambda describe it. */
const asLambdaGetsIt = z.custom<DynamoDBRecord>((value) => typeof value === 'object' && value !== null);
const imageSchema = z.custom<Record<string, AttributeValue>>((value) => typeof value === 'object' && value !== null);

export const context = z
  .custom<Context>((value) => typeof value === 'object')
  .parse({
    callbackWaitsForEmptyEventLoop: false,
    functionName: 'tested',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:tested',
    memoryLimitInMB: '512',
    awsRequestId: 'request-1',
    logGroupName: '/aws/lambda/tested',
    logStreamName: 'stream',
    getRemainingTimeInMillis: () => 30_000,
  });

export const sqsRecord = (messageId: string, body: unknown): SQSRecord => ({
  messageId,
  receiptHandle: `handle-${messageId}`,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: 'sender', ApproximateFirstReceiveTimestamp: '0' },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: arnOf('tested'),
  awsRegion: 'eu-central-1',
});

type Worker = (event: SQSEvent, context: Context) => Promise<unknown>;
const responseSchema: z.ZodType<SQSBatchResponse> = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

/** Hands a worker one batch; answers the ids of the messages that failed. */
export async function work(handler: Worker, records: readonly SQSRecord[]): Promise<string[]> {
  const { batchItemFailures } = responseSchema.parse(await handler({ Records: [...records] }, context));
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

/** As the bus wraps an event of the catalogue. */
export const eventRecord = (event: EventEnvelope, messageId = event.id): SQSRecord =>
  sqsRecord(messageId, { version: '0', id: messageId, source: 'nachschub', 'detail-type': event.type, detail: event });
/** As `run-due` tells it. */
export const dueRecord = (key: { pk: string; sk: string }, dueAt: Instant, messageId = `due-${key.sk}`): SQSRecord =>
  sqsRecord(messageId, { 'detail-type': 'due', detail: { ...key, dueAt } });

/** Tells a worker of events, or that an item is due, and expects it to succeed. */
export async function tell(handler: Worker, ...records: SQSRecord[]): Promise<void> {
  const failed = await work(handler, records);
  if (failed.length > 0) throw new Error(`the worker failed on ${failed.join(', ')}`);
}

export const ofType = <Type extends EventType>(events: readonly EventEnvelope[], type: Type): Extract<EventEnvelope, { type: Type }>[] =>
  events.filter((event): event is Extract<EventEnvelope, { type: Type }> => event.type === type);
