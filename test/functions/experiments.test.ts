/** Experiments over the real store: who enters is counted once, with what came of it, and a household that leaves its circle takes it along. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as recordTouchpoint } from '../../functions/record-touchpoint.ts';
import { handler as tallyJourneys } from '../../functions/tally-journeys.ts';
import { handler as updateJourney } from '../../functions/update-journey.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { enterExperiment, readExperiments } from '../../functions/runtime/experiment.ts';
import { change, createOnce, list } from '../../functions/runtime/store.ts';
import { readCounters } from '../../functions/runtime/tally.ts';
import { forgetTraces } from '../../functions/update-journey/forget-traces.ts';
import { handler as journeyApi } from '../../functions/journey-api.ts';
import { envelop } from '../../shared/events.ts';
import { addDuration, duration } from '../../shared/values.ts';
import { z } from 'zod';
import { experimentSchema } from '../../shared/journey/experiment/experiment.ts';
import { holdout } from '../../shared/journey/experiment/shipped-experiments.ts';
import { facts, orderId } from '../shared/order/order-examples.ts';
import { context, eventRecord, openWorld, tell, type World } from './harness.ts';
import { agentClaims, memberClaims, send } from './http-call.ts';
import { anna, furnish, householdId } from './kitchen.ts';

let world: World;
let told = 0;
beforeEach(async () => {
  world = await openWorld();
  told = 0;
  await furnish();
});
afterEach(() => world.close());

const trial = experimentSchema.parse({ ...holdout, experiment: 'reminder', monthly: undefined, outcome: ['order.approved'], windowDays: 7 });
const exposures = async () => (await list(kinds.exposure, `HH#${householdId}`, 'EXPOSURE#')).map(({ state }) => state);
const count = async () => {
  const Records = (await world.stream('Journeys')).slice(told).filter(({ dynamodb }) => dynamodb?.Keys?.['sk']?.S?.startsWith('EXPOSURE#'));
  told = (await world.stream('Journeys')).length;
  for (let times = 0; times < 2; times += 1) await tallyJourneys({ Records }, context);
  const { now: _, ...days } = await readCounters(['now', world.now.slice(0, 10)]);
  return Object.fromEntries(Object.entries(days[world.now.slice(0, 10)] ?? {}).filter(([name]) => name.startsWith('trial|reminder')));
};
const happens = async () => {
  const said = [facts.proposed, facts.approvedByMandate, facts.delivered].flatMap((event, index) =>
    envelop([event], { aggregate: `HH#${householdId}/ORDER#${orderId}`, version: index + 1, time: world.now }),
  );
  await tell(recordTouchpoint, ...said.map((event) => eventRecord(event)));
  const Records = (await world.stream('Journeys')).filter(({ eventName, dynamodb }) => eventName === 'INSERT' && dynamodb?.Keys?.['sk']?.S?.startsWith('TP#'));
  for (let times = 0; times < 2; times += 1) await updateJourney({ Records }, context);
};

describe('the console', () => {
  const ask = (method: string, path: string, body?: object) => send(journeyApi, { method, path, claims: agentClaims, ...(body && { body }) });

  it('begins an experiment, shows what came of it, and lets nobody change what success is afterwards', async () => {
    expect(await ask('PUT', '/console/experiments/reminder', trial)).toMatchObject({ status: 200 });
    await enterExperiment('reminder', householdId, world.now);
    await count();
    const read = async () => {
      const { experiments } = z
        .object({ experiments: z.array(z.object({ experiment: z.object({ experiment: z.string() }), result: z.object({ running: z.int() }) })) })
        .parse((await ask('GET', '/console/experiments')).body);
      return experiments.map(({ experiment, result }) => [experiment.experiment, result.running]);
    };
    expect(await read()).toEqual([
      ['holdout', 0],
      ['reminder', 1],
    ]);
    expect(await ask('PUT', '/console/experiments/reminder', { ...trial, outcome: ['mandate.granted'] })).toMatchObject({ status: 409 });
    expect(await ask('PUT', '/console/experiments/other', trial)).toMatchObject({ status: 400 });
    const ended = { ...trial, until: addDuration(world.now, duration(1, 'days')) };
    expect(await ask('PUT', '/console/experiments/reminder', ended)).toMatchObject({ status: 200, body: { until: ended.until } });
    expect(
      await ask('PUT', '/console/experiments/reminder', {
        ...trial,
        arms: [
          { arm: 'a', share: 100 },
          { arm: 'b', share: 1 },
        ],
      }),
    ).toMatchObject({ status: 400 });
  });

  it('reads next best actions by the period', async () => {
    const today = world.now.slice(0, 10);
    expect(await send(journeyApi, { method: 'GET', path: '/console/actions', claims: agentClaims, query: `from=${today}&to=${today}` })).toMatchObject({
      status: 200,
      body: { actions: [] },
    });
    expect(await send(journeyApi, { method: 'GET', path: '/console/experiments', claims: memberClaims(anna) })).toMatchObject({ status: 403 });
  });
});

describe('a household in an experiment', () => {
  it('is counted once in its arm, with what came of it, and keeps its arm when the shares change', async () => {
    await createOnce(kinds.experiment, keys.experiment('reminder'), trial);
    const arms = await Promise.all([1, 2, 3].map(() => enterExperiment('reminder', householdId, world.now)));
    expect(new Set(arms).size).toBe(1);
    const [arm = ''] = arms;
    expect(await count()).toEqual({ [`trial|reminder|${arm}|entered`]: 1 });
    await happens();
    expect(await count()).toEqual({
      [`trial|reminder|${arm}|entered`]: 1,
      [`trial|reminder|${arm}|reached`]: 1,
      [`trial|reminder|${arm}|minor`]: 766,
      [`trial|reminder|${arm}|square`]: 64,
    });
    const turned = trial.arms.map((one) => ({ ...one, share: one.arm === arm ? 0 : 100 }));
    await change(kinds.experiment, keys.experiment('reminder'), () => ({ kind: 'changed', state: { ...trial, arms: turned }, events: [] }));
    expect(await enterExperiment('reminder', householdId, world.now)).toBe(arm);
    expect(await exposures()).toHaveLength(1);
  });

  it('enters none that is not running, or not there', async () => {
    await createOnce(kinds.experiment, keys.experiment('reminder'), { ...trial, until: world.now });
    expect(await enterExperiment('reminder', householdId, world.now)).toBeUndefined();
    expect(await enterExperiment('other', householdId, world.now)).toBeUndefined();
    expect(await exposures()).toEqual([]);
    expect((await readExperiments()).map(({ experiment }) => experiment)).toEqual(['holdout', 'reminder']);
  });

  it('is in none any more once it has objected, and nothing of it is counted', async () => {
    await createOnce(kinds.experiment, keys.experiment('reminder'), trial);
    await enterExperiment('reminder', householdId, world.now);
    await count();
    await forgetTraces(householdId);
    expect(await exposures()).toEqual([]);
    expect(await count()).toEqual({});
  });
});
