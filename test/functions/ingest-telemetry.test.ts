import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/ingest-telemetry.ts';
import { list } from '../../functions/runtime/store.ts';
import { kinds } from '../../functions/runtime/aggregates.ts';
import { reading } from '../shared/supply/milk.ts';
import { openWorld, ofType, sqsRecord, work, type World } from './harness.ts';
import { fridge, furnish, milkNow, telemetry } from './kitchen.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  world.wait(12, 'hours');
});
afterEach(() => world.close());

const outcomes = () => world.log.filter(({ journal }) => journal === 'readings').map((line) => line.outcomes);
const quarantined = async (thing = String(fridge)) => (await list(kinds.quarantine, `THING#${thing}`, 'QUARANTINE#')).map(({ state }) => state.reason);

describe('a batch of readings', () => {
  it('of one message changes the supply once and says in the journal what became of it', async () => {
    expect(await work(handler, [telemetry('m1', reading(1, 1, 3.5))])).toEqual([]);
    const { state, version } = await milkNow();
    expect({ onHand: state.onHand, version, seq: state.lastReading?.seq }).toEqual({ onHand: 3_500, version: 2, seq: 1 });
    expect(outcomes()).toEqual([[[fridge, 1, 1, 'applied']]]);
  });

  it('of many messages writes the supply once', async () => {
    const records = [reading(3, 3, 3), reading(1, 1, 3.6), reading(2, 2, 3.3)].map((one, index) => telemetry(`m${index}`, one));
    expect(await work(handler, records)).toEqual([]);
    const { state, version } = await milkNow();
    expect({ onHand: state.onHand, version }).toEqual({ onHand: 3_000, version: 2 });
    expect(outcomes()).toEqual([
      [
        [fridge, 1, 1, 'applied'],
        [fridge, 1, 2, 'applied'],
        [fridge, 1, 3, 'applied'],
      ],
    ]);
  });

  it('counts repeats in the batch, in a later batch, and what comes late, as ignored, and writes nothing for them', async () => {
    await work(handler, [telemetry('m1', reading(2, 2, 3.5)), telemetry('m2', reading(2, 2, 3.5))]);
    expect((await milkNow()).version).toBe(2);
    await work(handler, [telemetry('m3', reading(2, 2, 3.5)), telemetry('m4', reading(1, 1, 3.8))]);
    expect((await milkNow()).version).toBe(2);
    expect(outcomes().map((batch) => new Set(batch.map((one) => one.join(' '))))).toEqual([
      new Set([`${fridge} 1 2 applied`, `${fridge} 1 2 ignored duplicate`]),
      new Set([`${fridge} 1 1 ignored late`, `${fridge} 1 2 ignored duplicate`]),
    ]);
  });

  it('writes nothing when a reading says nothing new', async () => {
    await work(handler, [telemetry('m1', reading(1, 1, 3.5))]);
    await work(handler, [telemetry('m2', reading(2, 1.5, 3.5))]);
    expect((await milkNow()).version).toBe(2);
    expect(outcomes()[1]).toEqual([[fridge, 1, 2, 'ignored', 'unchanged']]);
  });

  it('of nothing does nothing', async () => {
    expect(await work(handler, [])).toEqual([]);
    expect(outcomes()).toEqual([]);
  });

  it('says once that the milk is low, whatever is repeated', async () => {
    const low = [reading(1, 9, 1.2), reading(2, 10, 1.1), reading(3, 11, 1)].map((one) => telemetry(`m${one.seq}`, one));
    await work(handler, low);
    await work(handler, low);
    expect(ofType(await world.said(), 'supply.low').map(({ data }) => [data.cycle, data.round])).toEqual([[1, 1]]);
  });
});

describe('bad input', () => {
  it.each([
    ['JSON that breaks off', '{"bootId":1,', {}, 'expected a reading'],
    ['a payload that is no reading', { hello: 'world' }, {}, 'bootId'],
    ['a field that nobody knows', { ...reading(1, 1, 3), thing: 'fridge-berta' }, {}, 'expected a reading'],
    ['more than four kilobytes', { ...reading(1, 1, 3), filler: 'x'.repeat(4_096) }, {}, 'at most 4096 bytes'],
    ['a client that is not the thing of the topic', reading(1, 1, 3), { clientId: 'fridge-berta' }, 'another thing than the connection'],
    ['a slot without a supply', { ...reading(1, 1, 3), slot: 'butter' }, {}, 'no supply is linked to slot butter'],
    ['a level in another unit', { ...reading(1, 1, 3), level: { amount: 3, unit: 'kg' } }, {}, 'wrong-unit'],
    ['far more than fits', reading(1, 1, 30), {}, 'level-above-capacity'],
  ])('%s is quarantined with its reason, once, and not retried', async (_, payload, wrapped, reason) => {
    for (const messageId of ['m1', 'm2']) expect(await work(handler, [telemetry(messageId, payload, wrapped)])).toEqual([]);
    const found = await quarantined();
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(reason);
    expect(ofType(await world.said(), 'reading.quarantined').map(({ data }) => [data.thing, data.reason])).toEqual([[fridge, found[0]]]);
    expect((await milkNow()).version).toBe(1);
    expect(outcomes().map((batch) => batch.map(([, , , verdict]) => verdict))).toEqual([['quarantined'], ['quarantined']]);
  });

  it('of a thing that belongs to no household stands under that thing', async () => {
    expect(await work(handler, [telemetry('m1', reading(1, 1, 3), { thing: 'fridge-berta', clientId: 'fridge-berta' })])).toEqual([]);
    expect(await quarantined('fridge-berta')).toEqual(['this thing belongs to no household']);
  });

  it('that did not come through the rule names nobody', async () => {
    expect(await work(handler, [sqsRecord('m1', 'no JSON'), sqsRecord('m2', { payload: 'AA==', thing: 'fridge-anna' })])).toEqual([]);
    expect(await quarantined('unknown')).toHaveLength(2);
  });

  it('does not keep the good readings of its batch from being applied', async () => {
    expect(await work(handler, [telemetry('m1', '?'), telemetry('m2', reading(1, 1, 3.5)), telemetry('m3', '??')])).toEqual([]);
    expect((await milkNow()).state.onHand).toBe(3_500);
    expect(await quarantined()).toHaveLength(2);
  });
});

describe('what cannot be stored', () => {
  it('comes again, and nothing else: exactly the messages of the supply that is missing', async () => {
    const ghost = (seq: number) => ({ ...reading(seq, 1, 2), slot: 'ghost' });
    const failed = await work(handler, [
      telemetry('good', reading(1, 1, 3.5)),
      telemetry('bad1', ghost(2)),
      telemetry('bad2', ghost(3)),
      telemetry('odd', '?'),
    ]);
    expect(failed.sort()).toEqual(['bad1', 'bad2']);
    expect((await milkNow()).state.onHand).toBe(3_500);
    expect(
      outcomes()
        .flat()
        .map(([, bootId, seq, verdict]) => [bootId, seq, verdict]),
    ).toEqual([
      [1, 1, 'applied'],
      [0, 0, 'quarantined'],
    ]);
  });
});
