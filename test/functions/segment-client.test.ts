/** `@segment/analytics-node` pointed at us works unchanged, over a line on which answers get lost: exactly what it said is stored, once. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { handler } from '../../functions/collect-touchpoints.ts';
import { context, openWorld, type World } from './harness.ts';
import { apiEvent } from './http-call.ts';
import { furnish, householdId } from './kitchen.ts';
import { tellAll } from './segment-client.ts';
import { openTroubledApi, type Answering, type TroubledApi } from './troubled-api.ts';
import { openSource } from './write-key.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 100_000);
const EVENTS = 150;
let world: World;
let api: TroubledApi;
const answerSchema = z.object({ statusCode: z.int(), body: z.string() });
const answer: Answering = async ({ path, headers, body }) => {
  const event = apiEvent({ method: 'POST', path, headers, body });
  const { statusCode: status, body: text } = answerSchema.parse(await handler(event as never, context));
  return { status, body: text };
};

beforeEach(async () => {
  world = await openWorld();
  await furnish();
  api = await openTroubledApi(answer, { seed: SEED, share: 0.3 });
});
afterEach(async () => {
  await api.close();
  await world.close();
});

it(`stores each event once, whatever gets lost on the way (seed ${SEED})`, async () => {
  const { writeKey } = await openSource();
  const { said, givenUp } = await tellAll({ url: api.url, writeKey, events: EVENTS, householdId, flushAt: 10 });
  expect(givenUp).toEqual([]);
  const stored = (await world.stream('Journeys')).flatMap(({ dynamodb }) => {
    const { pk, sk } = dynamodb?.Keys ?? {};
    return sk?.S?.startsWith('TP#') === true ? [{ pk: pk?.S, messageId: dynamodb?.NewImage?.['state']?.M?.['messageId']?.S }] : [];
  });
  expect(stored.map(({ messageId }) => messageId).sort()).toEqual([...said].sort());
  expect(stored.filter(({ pk }) => pk === `HH#${householdId}`)).toHaveLength(EVENTS / 3);
  expect(Object.values(api.happened)).not.toContain(0);
}, 60_000);
