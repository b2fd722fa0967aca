import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { handler } from '../../functions/publish-events.ts';
import { change } from '../../functions/runtime/store.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import type { DomainEvent } from '../../shared/events.ts';
import { context, openWorld, type World } from './harness.ts';
import { household, householdId } from './kitchen.ts';

/** Only the bus stands in: what it refuses of a call cannot be made to happen otherwise. */
const bus = mockClient(EventBridgeClient);
let world: World;
beforeEach(async () => {
  world = await openWorld();
  bus.reset();
});
afterEach(() => world.close());

const created: DomainEvent = { type: 'household.created', data: { householdId } };
const write = (...events: DomainEvent[]) => change(kinds.household, keys.household(householdId), () => ({ kind: 'changed', state: household, events }));
/** What the mapping's filter passes. */
const spoken = async () => (await world.stream('Households')).filter(({ dynamodb }) => dynamodb?.NewImage?.['says'] !== undefined);
const takeAll = () => bus.on(PutEventsCommand).callsFake((input: { Entries: object[] }) => ({ Entries: input.Entries.map(() => ({ EventId: 'e' })) }));
const published = () => bus.commandCalls(PutEventsCommand).flatMap(({ args: [{ input }] }) => input.Entries ?? []);
const idOf = (detail: string | undefined): unknown => (JSON.parse(detail ?? '{}') as { id?: unknown }).id;

it('puts on the bus only what this very write said, as it was said', async () => {
  takeAll();
  await write(created);
  await write();
  await write(created, created);
  const records = await spoken();
  expect(records).toHaveLength(2);
  expect(await handler({ Records: records.slice(1) }, context)).toEqual({ batchItemFailures: [] });
  expect(published().map(({ Detail: detail }) => idOf(detail))).toEqual(['HH#hh_anna/HOUSEHOLD/3/0', 'HH#hh_anna/HOUSEHOLD/3/1']);
  expect(published()[0]).toMatchObject({ EventBusName: 'Bus', Source: 'nachschub', DetailType: 'household.created', Time: new Date(world.now) });
});

it('sends what the bus refuses for good, whole, to the queue, and nothing else', async () => {
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ EventId: 'e' }, { ErrorCode: 'MalformedDetail' }] });
  await write(created, created);
  expect(await handler({ Records: await spoken() }, context)).toEqual({ batchItemFailures: [] });
  const [refused, ...more] = await world.taken('refused-events');
  expect(more).toEqual([]);
  expect(refused).toMatchObject({ code: 'MalformedDetail', entry: { EventBusName: 'Bus', Source: 'nachschub', DetailType: 'household.created' } });
  expect(idOf((refused as { entry: { Detail: string } }).entry.Detail)).toBe('HH#hh_anna/HOUSEHOLD/1/1');
});

it('sends again exactly what a busy bus did not take, and nobody has to look at it', async () => {
  bus
    .on(PutEventsCommand)
    .resolvesOnce({ FailedEntryCount: 1, Entries: [{ EventId: 'e' }, { ErrorCode: 'ThrottlingException' }, { EventId: 'e' }] })
    .resolves({ FailedEntryCount: 0, Entries: [{ EventId: 'e' }] });
  await write(created, created, created);
  expect(await handler({ Records: await spoken() }, context)).toEqual({ batchItemFailures: [] });
  const calls = bus.commandCalls(PutEventsCommand).map(({ args: [{ input }] }) => (input.Entries ?? []).map(({ Detail: detail }) => idOf(detail)));
  expect(calls).toEqual([['HH#hh_anna/HOUSEHOLD/1/0', 'HH#hh_anna/HOUSEHOLD/1/1', 'HH#hh_anna/HOUSEHOLD/1/2'], ['HH#hh_anna/HOUSEHOLD/1/1']]);
  expect(await world.taken('refused-events')).toEqual([]);
});

it('lets the record come again when the bus stays busy', async () => {
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] });
  await write(created);
  const records = await spoken();
  expect(await handler({ Records: records }, context)).toEqual({ batchItemFailures: [{ itemIdentifier: records[0]?.dynamodb?.SequenceNumber }] });
  expect(await world.taken('refused-events')).toEqual([]);
});

it('leaves nothing out when there is more than a call takes', async () => {
  takeAll();
  await write(...Array.from({ length: 13 }, () => created));
  await handler({ Records: await spoken() }, context);
  expect(bus.commandCalls(PutEventsCommand).map(({ args: [{ input }] }) => input.Entries?.length)).toEqual([10, 3]);
});

it('asks for exactly the records again that the bus did not answer', async () => {
  bus
    .on(PutEventsCommand)
    .rejectsOnce(new Error('no bus'))
    .callsFake((input: { Entries: object[] }) => ({ Entries: input.Entries.map(() => ({ EventId: 'e' })) }));
  await write(created);
  await write(created);
  const records = await spoken();
  expect(await handler({ Records: records }, context)).toEqual({ batchItemFailures: [{ itemIdentifier: records[0]?.dynamodb?.SequenceNumber }] });
  expect(await world.taken('refused-events')).toEqual([]);
});
