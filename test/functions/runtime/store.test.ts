import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { keys, kinds, type AggregateKind } from '../../../functions/runtime/aggregates.ts';
import { change, createOnce, list, load } from '../../../functions/runtime/store.ts';
import type { AwsHandler } from '../../../infra/local/aws-request.ts';
import type { DomainEvent } from '../../../shared/events.ts';
import { duration, ignored, instantSchema, type Instant } from '../../../shared/values.ts';
import { after, START } from '../../shared/supply/milk.ts';
import { between, openWorld, type World } from '../harness.ts';
import { householdId } from '../kitchen.ts';

/** Counts something, and may be due. */
const counterSchema = z.strictObject({ count: z.int(), dueAt: instantSchema.optional() });
type Counter = z.infer<typeof counterSchema>;
const counter: AggregateKind<Counter> = {
  table: 'HOUSEHOLDS_TABLE',
  schema: counterSchema,
  eventsKept: 16,
  due: ({ dueAt }) => (dueAt === undefined ? undefined : { at: dueAt, worker: 'review-supply' }),
};
const key = keys.household(householdId);
const created: DomainEvent = { type: 'household.created', data: { householdId } };

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const count = (events: readonly DomainEvent[] = [], dueAt?: Instant) =>
  change(counter, key, (before) => ({ kind: 'changed', state: { count: (before?.count ?? 0) + 1, ...(dueAt && { dueAt }) }, events }));
const isImage = z.custom<Record<string, AttributeValue>>((value) => typeof value === 'object');
const images = async () =>
  (await world.stream('Households')).map(({ dynamodb }) => z.record(z.string(), z.unknown()).parse(unmarshall(isImage.parse(dynamodb?.NewImage))));
const aToken: unknown = expect.stringMatching(/^[0-9a-f-]{36}$/);
const isPut = (headers: Record<string, string>) => headers['x-amz-target'] === 'DynamoDB_20120810.PutItem';

describe('one item, one conditional write', () => {
  it('holds state, version, events and nothing that was not decided', async () => {
    await count([created]);
    const [image] = await images();
    expect(image).toEqual({
      pk: 'HH#hh_anna',
      sk: 'HOUSEHOLD',
      version: 1,
      writer: aToken,
      says: 1,
      state: { count: 1 },
      events: [{ specversion: '1.0', id: 'HH#hh_anna/HOUSEHOLD/1/0', source: 'nachschub', subject: 'HH#hh_anna/HOUSEHOLD', time: START, ...created }],
    });
    expect(await load(counter, key)).toEqual({ state: { count: 1 }, version: 1, events: z.unknown().parse(image?.['events']) });
  });

  it('says only in the writes that spoke', async () => {
    await count([created]);
    await count();
    await count([created, created]);
    expect((await images()).map((image) => [image['version'], image['says']])).toEqual([
      [1, 1],
      [2, undefined],
      [3, 3],
    ]);
    expect((await world.said()).map(({ id }) => id.slice(key.pk.length + key.sk.length + 2))).toEqual(['1/0', '3/0', '3/1']);
  });

  it('keeps the newest events up to the bound of its kind', async () => {
    for (let round = 0; round < 9; round += 1) await count([created, created]);
    const events = (await load(counter, key))?.events ?? [];
    expect(events.map(({ id }) => id.split('/').slice(-2).join('/'))).toEqual([2, 3, 4, 5, 6, 7, 8, 9].flatMap((version) => [`${version}/0`, `${version}/1`]));
  });

  it('keeps those of its time only, where its kind says for how long', async () => {
    const hourly: AggregateKind<Counter> = { ...counter, eventsKeptFor: duration(2, 'hours') };
    const add = (events: readonly DomainEvent[]) => change(hourly, key, (before) => ({ kind: 'changed', state: { count: (before?.count ?? 0) + 1 }, events }));
    const kept = async () => (await load(hourly, key))?.events.map(({ id }) => id.split('/').at(-2));
    await add([created]);
    world.now = after(1);
    await add([created]);
    world.now = after(2);
    await add([]);
    expect(await kept()).toEqual(['2']);
    world.now = after(9);
    await add([created]);
    expect(await kept()).toEqual(['4']);
  });

  it('stands in the index of what is due while it is due, with who is to be told', async () => {
    await count([], after(3));
    await count();
    const [due, over] = await images();
    expect([due?.['dueAt'], due?.['dueFor']]).toEqual([after(3), 'review-supply']);
    expect(due?.['dueShard']).toMatch(/^DUE#[0-2]$/);
    expect(Object.keys(over ?? {})).not.toEqual(expect.arrayContaining(['dueAt']));
    expect([over?.['dueShard'], over?.['dueFor']]).toEqual([undefined, undefined]);
  });

  it('writes nothing when nothing was decided, and tells what is there', async () => {
    await count();
    expect(await change(counter, key, () => ignored('no reason to'))).toEqual({
      kind: 'ignored',
      reason: 'no reason to',
      stored: { state: { count: 1 }, version: 1, events: [] },
    });
    expect(await images()).toHaveLength(1);
  });

  it('creates once: a repeat keeps the first', async () => {
    expect(await createOnce(counter, key, { count: 1 })).toBe('created');
    expect(await createOnce(counter, key, { count: 2 }, [created])).toBe('exists');
    expect((await load(counter, key))?.state).toEqual({ count: 1 });
    expect(await world.said()).toEqual([]);
  });

  it('lists by the beginning of the sort key, over pages, up to the limit', async () => {
    for (const name of ['MEMBER#a', 'MEMBER#b', 'MEMBER#c', 'ORDER#d']) await createOnce(counter, { ...key, sk: name }, { count: 1 });
    expect(await list(counter, key.pk, 'MEMBER#')).toHaveLength(3);
    expect(await list(counter, key.pk, 'MEMBER#', 2)).toHaveLength(2);
    await expect(list(kinds.member, key.pk, 'MEMBER#')).rejects.toThrow('householdId');
  });
});

describe('writers who meet', () => {
  it('decide again on what the other one wrote', async () => {
    const seen: (number | undefined)[] = [];
    const result = await change(counter, key, (before) => {
      seen.push(before?.count);
      return { kind: 'changed', state: { count: (before?.count ?? 0) + 1 }, events: [created] };
    });
    expect([result.kind, seen]).toEqual(['changed', [undefined]]);
    let isFirst = true;
    between((handle) => async (request) => {
      if (isPut(request.headers) && isFirst) {
        isFirst = false;
        await count();
      }
      return handle(request);
    });
    seen.length = 0;
    await change(counter, key, (before) => {
      seen.push(before?.count);
      return { kind: 'changed', state: { count: (before?.count ?? 0) + 10 }, events: [] };
    });
    expect(seen).toEqual([1, 2]);
    expect(await load(counter, key)).toMatchObject({ state: { count: 12 }, version: 3 });
  });

  it('lose no count when eight write at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => count()));
    expect(await load(counter, key)).toMatchObject({ state: { count: 8 }, version: 8 });
  });

  it('give up with an error that names the item, after eight rounds, so that the message is repeated', async () => {
    await count();
    let meddling = false;
    let rounds = 0;
    between((handle) => async (request) => {
      if (isPut(request.headers) && !meddling) {
        meddling = true;
        rounds += 1;
        await count();
        meddling = false;
      }
      return handle(request);
    });
    await expect(count()).rejects.toThrow('HH#hh_anna/HOUSEHOLD was written by others 8 times in a row');
    expect(rounds).toBe(8);
    expect(await load(counter, key)).toMatchObject({ state: { count: 9 } });
  });
});

describe('an answer that was lost', () => {
  /** The store writes, but its answer breaks; the SDK asks again. */
  const loseOneAnswer = (): void => {
    let isLost = false;
    const losing =
      (handle: AwsHandler): AwsHandler =>
      async (request) => {
        const answer = await handle(request);
        if (!isPut(request.headers) || isLost) return answer;
        isLost = true;
        return { status: 500, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify({ __type: 'InternalServerError' }) };
      };
    between(losing);
  };

  it('is success when our own token stands there: decided once, said once', async () => {
    loseOneAnswer();
    expect((await count([created])).kind).toBe('changed');
    expect(await load(counter, key)).toMatchObject({ state: { count: 1 }, version: 1 });
    loseOneAnswer();
    await count([created]);
    expect(await load(counter, key)).toMatchObject({ state: { count: 2 }, version: 2 });
    expect(await world.said()).toHaveLength(2);
  });

  it('is success for what is created once, too', async () => {
    loseOneAnswer();
    expect(await createOnce(counter, key, { count: 1 })).toBe('created');
  });
});
