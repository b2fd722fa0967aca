/** What a table that is too busy means to whoever reads and writes: an error that repeats the message, never half an answer and never “there is none”. */
import { ConditionalCheckFailedException, ProvisionedThroughputExceededException, ThrottlingException } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { offersOf } from '../../../functions/propose-order/shops.ts';
import { keys, kinds } from '../../../functions/runtime/aggregates.ts';
import { findDevice } from '../../../functions/runtime/find-device.ts';
import { change, createOnce, list, load } from '../../../functions/runtime/store.ts';
import { gtinSchema, thingNameSchema } from '../../../shared/values.ts';
import { frischhof, householdId, offerOf, terms } from '../../shared/order/order-examples.ts';
import { START } from '../../shared/supply/milk.ts';
import { household } from '../kitchen.ts';

/** The SDK repeats a throttled call by itself; what comes through here has outlasted that. */
const store = mockClient(DynamoDBDocumentClient);
const throttled = () => new ThrottlingException({ message: 'Rate of requests exceeds the allowed throughput.', $metadata: {} });
const exhausted = () => new ProvisionedThroughputExceededException({ message: 'The level of throughput was exceeded.', $metadata: {} });
const key = keys.household(householdId);
const storedAs = (state: unknown) => ({ ...key, version: 1, writer: 'w', events: [], state });

beforeEach(() => {
  store.reset();
  Object.assign(process.env, { HOUSEHOLDS_TABLE: 'Households', RETAILERS_TABLE: 'Retailers', DUE_SHARDS: '1' });
});

describe('a read that was throttled', () => {
  it('is no missing item', async () => {
    store.on(GetCommand).rejects(exhausted());
    await expect(load(kinds.household, key)).rejects.toThrow(ProvisionedThroughputExceededException);
  });
  it('is no end of a list', async () => {
    store
      .on(QueryCommand)
      .resolvesOnce({ Items: [storedAs(household)], LastEvaluatedKey: { pk: 'x' } })
      .rejects(throttled());
    await expect(list(kinds.household, key.pk, 'HOUSEHOLD')).rejects.toThrow(ThrottlingException);
  });
  it('does not make a thing one of nobody’s, whose readings would be quarantined', async () => {
    store.on(QueryCommand).rejects(throttled());
    await expect(findDevice(thingNameSchema.parse('fridge-anna'))).rejects.toThrow(ThrottlingException);
  });
});

describe('a write that was throttled', () => {
  it('is no race that was lost: it is not decided again here, and nothing claims that it was written', async () => {
    store.on(GetCommand).resolves({ Item: storedAs(household) });
    store.on(PutCommand).rejects(throttled());
    let decided = 0;
    const written = change(kinds.household, key, () => {
      decided += 1;
      return { kind: 'changed', state: household, events: [] };
    });
    await expect(written).rejects.toThrow(ThrottlingException);
    expect([decided, store.commandCalls(PutCommand).length]).toEqual([1, 1]);
  });
  it('is not taken for an item that was there already', async () => {
    store.on(PutCommand).rejects(exhausted());
    await expect(createOnce(kinds.household, key, household)).rejects.toThrow(ProvisionedThroughputExceededException);
    store.on(PutCommand).rejects(new ConditionalCheckFailedException({ message: 'failed', $metadata: {}, Item: { writer: { S: 'another' } } }));
    expect(await createOnce(kinds.household, key, household)).toBe('exists');
  });
});

describe('offers of which a part was not read', () => {
  const gtins = ['4006381333931', '4000521006112'].map((gtin) => gtinSchema.parse(gtin));
  const [milk, eggs] = gtins.map((gtin) => keys.offer(frischhof, gtin));
  const offers = gtins.map((gtin) => ({ state: offerOf({ gtin, retailerId: frischhof }) }));
  const conformance = { passedAt: START, reportDigest: '0'.repeat(32) };
  const retailer = {
    retailerId: frischhof,
    name: 'Frischhof',
    webhookUrl: 'https://a.example',
    apiUrl: 'https://a.example',
    keyGeneration: 1,
    terms,
    conformance,
  };
  const asked = () => store.commandCalls(BatchGetCommand).map(({ args: [{ input }] }) => input.RequestItems?.['Retailers']?.Keys);
  beforeEach(() => {
    const item = { ...keys.retailer(frischhof), version: 1, writer: 'w', events: [], state: { ...retailer, offersPublishedAt: START } };
    store.on(GetCommand).resolves({});
    store.on(GetCommand, { Key: { ...keys.retailer(frischhof) } }).resolves({ Item: item });
  });

  it('are asked for again, and only they', async () => {
    store
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: { Retailers: offers.slice(0, 1) }, UnprocessedKeys: { Retailers: { Keys: [{ ...eggs }] } } })
      .resolves({ Responses: { Retailers: offers.slice(1) }, UnprocessedKeys: {} });
    expect((await offersOf(frischhof, { householdId, gtins, now: START }))?.offers).toEqual(offers.map(({ state }) => state));
    expect(asked()).toEqual([[{ ...milk }, { ...eggs }], [{ ...eggs }]]);
  });
  it('are given up after a second, loudly: no order is made from half of them', async () => {
    store.on(BatchGetCommand).resolves({ Responses: { Retailers: offers.slice(0, 1) }, UnprocessedKeys: { Retailers: { Keys: [{ ...eggs }] } } });
    await expect(offersOf(frischhof, { householdId, gtins, now: START })).rejects.toThrow('the store left 1 offers unread; the message will come again');
  });
  it('are no empty shelf when the call itself was throttled', async () => {
    store.on(BatchGetCommand).rejects(exhausted());
    await expect(offersOf(frischhof, { householdId, gtins, now: START })).rejects.toThrow(ProvisionedThroughputExceededException);
  });
});
