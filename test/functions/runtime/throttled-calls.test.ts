/** Calls to the other services that fail: which message comes again, and that nothing is lost or done twice by it. */
import {
  ConflictException,
  DeleteConnectionCommand,
  GetThingShadowCommand,
  IoTDataPlaneClient,
  PublishCommand,
  ResourceNotFoundException,
  ThrottlingException,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { disconnect } from '../../../functions/disconnect-member/apps.ts';
import { handler as notifyHousehold } from '../../../functions/notify-household.ts';
import { handler as runDue } from '../../../functions/run-due.ts';
import { keys, kinds, type DueWorker } from '../../../functions/runtime/aggregates.ts';
import { webhookSecrets } from '../../../functions/runtime/secrets.ts';
import { createOnce, load } from '../../../functions/runtime/store.ts';
import { refreshDisplay } from '../../../functions/update-display/refresh-display.ts';
import { appConnectionSchema } from '../../../shared/household/app-connection.ts';
import { householdMessagesTopic } from '../../../shared/journey/message.ts';
import { envelop } from '../../../shared/events.ts';
import { instantSchema } from '../../../shared/values.ts';
import { facts, orderId } from '../../shared/order/order-examples.ts';
import { START } from '../../shared/supply/milk.ts';
import { context, eventRecord, openWorld, work, type World } from '../harness.ts';
import { anna, fridge, frischhof, furnish, householdId, openShop } from '../kitchen.ts';
import { propose } from '../order-world.ts';
import { ROOT } from '../shop-keys.ts';

const notedSchema = z.looseObject({ messageId: z.string() });
const throttled = () => new ThrottlingException({ message: 'Rate exceeded', $metadata: {} });
let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
});
afterEach(() => world.close());

describe('SendMessageBatch of what is due', () => {
  const sqs = mockClient(SQSClient);
  beforeEach(() => sqs.reset());
  afterEach(() => sqs.reset());
  const dueFor = (worker: DueWorker) => ({
    ...{ table: 'HOUSEHOLDS_TABLE' as const, schema: z.strictObject({ at: instantSchema }), eventsKept: 1 },
    due: () => ({ at: START, worker }),
  });
  const item = (sk: string) => ({ pk: `HH#${householdId}`, sk });
  const told = () =>
    sqs
      .commandCalls(SendMessageBatchCommand)
      .flatMap(({ args: [{ input }] }) => (input.Entries ?? []).map(({ MessageBody = '' }) => /NOW#\d/.exec(MessageBody)?.[0]));

  it('that took only some leaves the others due: the next run tells them', async () => {
    for (const sk of ['NOW#1', 'NOW#2']) await createOnce(dueFor('review-supply'), item(sk), { at: START });
    sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [{ Id: '1', Code: 'InternalError', SenderFault: false }] });
    await runDue({}, context);
    expect(world.log.some(({ message }) => message === 'due items could not be queued')).toBe(true);
    expect(told()).toEqual(['NOW#1', 'NOW#2']);
    sqs.reset();
    sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
    await runDue({}, context);
    expect(told()).toEqual(['NOW#1', 'NOW#2']);
  });

  it('that is throttled for one queue fails the run, and the other queues are told all the same', async () => {
    await createOnce(dueFor('review-supply'), item('NOW#1'), { at: START });
    await createOnce(dueFor('decide-order'), item('NOW#2'), { at: START });
    const reviewUrl = z.record(z.string(), z.string()).parse(JSON.parse(process.env['DUE_QUEUES'] ?? '{}'))['review-supply'] ?? '';
    sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
    sqs.on(SendMessageBatchCommand, { QueueUrl: reviewUrl }).rejects(throttled());
    await expect(runDue({}, context)).rejects.toThrow('Rate exceeded');
    expect(told().sort()).toEqual(['NOW#1', 'NOW#2']);
  });
});

describe('GetSecretValue', () => {
  const secrets = mockClient(SecretsManagerClient);
  afterEach(() => secrets.restore());

  it('that was throttled is not remembered: the next message reads it', async () => {
    secrets.on(GetSecretValueCommand).rejectsOnce(throttled()).resolves({ SecretString: ROOT });
    const shop = { retailerId: frischhof, keyGeneration: 1 };
    await expect(webhookSecrets(shop, 'to-retailer', START)).rejects.toThrow('Rate exceeded');
    expect(await webhookSecrets(shop, 'to-retailer', START)).toEqual([expect.stringMatching(/^whsec_/)]);
    await webhookSecrets(shop, 'from-retailer', START);
    expect(secrets.commandCalls(GetSecretValueCommand)).toHaveLength(2);
  });
});

describe('AWS IoT', () => {
  const iot = mockClient(IoTDataPlaneClient);
  beforeEach(() => iot.reset());
  const shipped = (version: number) => {
    const [event] = envelop([facts.delivered], { aggregate: `HH#${householdId}/ORDER#${orderId}`, version, time: world.now });
    if (event === undefined) throw new Error('expected an event');
    return eventRecord(event, `message-${version}`);
  };
  const published = () =>
    iot
      .commandCalls(PublishCommand)
      .filter(({ args: [{ input }] }) => input.topic?.endsWith('/messages') === true)
      .map(({ args: [{ input }] }) => notedSchema.parse(JSON.parse(z.instanceof(Buffer).parse(input.payload).toString())).messageId);

  it('Publish that was throttled brings exactly its message again, with the id that it had', async () => {
    await openShop();
    await propose(world);
    iot
      .on(PublishCommand)
      .resolves({})
      .on(PublishCommand, { topic: householdMessagesTopic(householdId) })
      .rejectsOnce(throttled())
      .resolves({});
    const records = [shipped(1), shipped(2)];
    const failed = await work(notifyHousehold, records);
    expect(failed).toHaveLength(1);
    expect(
      await work(
        notifyHousehold,
        records.filter(({ messageId }) => failed.includes(messageId)),
      ),
    ).toEqual([]);
    const ids = published();
    expect([ids.length, new Set(ids).size]).toEqual([3, 2]);
    expect(ids[2]).toBe(ids[0]);
  });

  it('a shadow that cannot be read is not taken for an empty one, nor written', async () => {
    iot.on(GetThingShadowCommand).rejects(throttled());
    await expect(refreshDisplay(householdId, fridge)).rejects.toThrow('Rate exceeded');
    expect(iot.commandCalls(UpdateThingShadowCommand)).toEqual([]);
  });

  it('a shadow that others write is read again before each try, and given up loudly', async () => {
    const stale = { state: { desired: { cards: [], notes: ['old'] } }, version: 4 };
    iot.on(GetThingShadowCommand).callsFake(() => ({ payload: Buffer.from(JSON.stringify(stale)) }));
    iot.on(UpdateThingShadowCommand).rejects(new ConflictException({ message: 'Version conflict', $metadata: {} }));
    await expect(refreshDisplay(householdId, fridge)).rejects.toThrow('was written by others 6 times in a row');
    expect(iot.commandCalls(GetThingShadowCommand)).toHaveLength(6);
    iot.reset();
    iot.on(GetThingShadowCommand).callsFake(() => ({ payload: Buffer.from(JSON.stringify(stale)) }));
    iot.on(UpdateThingShadowCommand).rejectsOnce(throttled()).resolves({});
    await expect(refreshDisplay(householdId, fridge)).rejects.toThrow('Rate exceeded');
  });

  const clientId = `app-${anna}-phone`;
  const app = appConnectionSchema.parse({ householdId, memberId: anna, clientId, authorizedAt: START, endsAtSeconds: 4_000_000_000 });
  const endOf = async () => (await load(kinds.app, keys.app(householdId, clientId)))?.state.endsAtSeconds;

  it('DeleteConnection that was throttled leaves the connection recorded, so that the repeat ends it', async () => {
    await createOnce(kinds.app, keys.app(householdId, clientId), app);
    iot.on(DeleteConnectionCommand).rejectsOnce(throttled()).resolves({});
    await expect(disconnect(app)).rejects.toThrow('Rate exceeded');
    expect(await endOf()).toBe(app.endsAtSeconds);
    await disconnect(app);
    expect(await endOf()).toBeLessThan(app.endsAtSeconds);
  });

  it('DeleteConnection of an app that is not connected is done', async () => {
    await createOnce(kinds.app, keys.app(householdId, clientId), app);
    iot.on(DeleteConnectionCommand).rejects(new ResourceNotFoundException({ message: 'no such client', $metadata: {} }));
    await disconnect(app);
    expect(await endOf()).toBeLessThan(app.endsAtSeconds);
  });
});
