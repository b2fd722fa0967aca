import { afterEach, beforeEach, expect, it } from 'vitest';
import { handler as runDue } from '../../functions/run-due.ts';
import { keys, kinds, type DueWorker } from '../../functions/runtime/aggregates.ts';
import { createOnce } from '../../functions/runtime/store.ts';
import { z } from 'zod';
import { instantSchema, supplyIdSchema, type Instant } from '../../shared/values.ts';
import { after, milk, START } from '../shared/supply/milk.ts';
import { context, openWorld, type World } from './harness.ts';
import { householdId } from './kitchen.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const momentSchema = z.strictObject({ at: instantSchema });
const kindFor = (worker: DueWorker, table: 'HOUSEHOLDS_TABLE' | 'RETAILERS_TABLE' | 'JOURNEYS_TABLE') => ({
  ...{ table, schema: momentSchema, eventsKept: 1 },
  due: ({ at }: { at: Instant }) => ({ at, worker }),
});
const run = () => runDue({}, context);
const item = (sk: string) => ({ pk: `HH#${householdId}`, sk });

it('tells each worker what is due for it, in every table and shard, and nothing that is not', async () => {
  const workers = [
    ['decide-order', 'HOUSEHOLDS_TABLE'],
    ['deliver-webhook', 'RETAILERS_TABLE'],
    ['run-automation', 'JOURNEYS_TABLE'],
  ] as const;
  for (const [worker, table] of workers) {
    for (let index = 0; index < 5; index += 1) await createOnce(kindFor(worker, table), item(`NOW#${index}`), { at: START });
    await createOnce(kindFor(worker, table), item('LATER'), { at: after(1) });
  }
  await run();
  for (const [worker] of workers) {
    const bodies = await world.taken(worker);
    expect(bodies).toHaveLength(5);
    expect(bodies).toEqual(
      expect.arrayContaining([0, 1, 2, 3, 4].map((index) => ({ 'detail-type': 'due', detail: { ...item(`NOW#${index}`), dueAt: START } }))),
    );
  }
  expect(await world.taken('review-supply')).toEqual([]);
  world.wait(1, 'hours');
  await run();
  expect(await world.taken('run-automation')).toHaveLength(6);
});

it('tells more than a call of the queue takes', async () => {
  for (let index = 0; index < 23; index += 1) {
    const supplyId = supplyIdSchema.parse(`sup_${index}`);
    await createOnce(kinds.supply, keys.supply(householdId, supplyId), { ...milk(), supplyId, dueAt: START });
  }
  await run();
  expect(await world.taken('review-supply')).toHaveLength(23);
});

it('fails aloud when an item is due for a worker that the template does not know', async () => {
  process.env['DUE_QUEUES'] = '{}';
  await createOnce(kindFor('review-supply', 'HOUSEHOLDS_TABLE'), item('NOW'), { at: START });
  await expect(run()).rejects.toThrow('an item is due for review-supply, but the template names no queue of it');
});
