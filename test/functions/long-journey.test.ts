import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { handler as journeyApi } from '../../functions/journey-api.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce, documents, load } from '../../functions/runtime/store.ts';
import { householdSchema } from '../../shared/household/household.ts';
import { foldAll, summaryOf } from '../../shared/journey/fold/fold-all.ts';
import { storyOf } from '../../shared/journey/story/story.ts';
import { addDuration, duration, householdIdSchema, type HouseholdId, type Instant } from '../../shared/values.ts';
import { START } from '../shared/supply/milk.ts';
import { openWorld, type World } from './harness.ts';
import { agentClaims, send } from './http-call.ts';
import { furnish, householdId as annas } from './kitchen.ts';
import { touchpointFrom, what } from './touches.ts';

/** Of a journey a touchpoint every so many hours; they end now. */
const journeys = {
  short: { home: householdIdSchema.parse('hh_short'), count: 100, hours: 10.8 },
  long: { home: householdIdSchema.parse('hh_long'), count: 1_500, hours: 10.8 },
} as const;
const QUERY = 'purpose=call&reason=a%20test';
const chaptersSchema = z.object({ chapters: z.array(z.object({ key: z.string() })), earlier: z.string().optional() });
const pageSchema = z.object({ touchpoints: z.array(z.object({ touchpointId: z.string() })), older: z.string().optional() });

let world: World;
const asked = { requests: 0, bytes: 0 };
const NAMES = Object.keys(what) as (keyof typeof what)[];
const journeyOf = ({ home, count, hours }: (typeof journeys)['short' | 'long']) => {
  const start = addDuration(START, duration(-count * hours, 'hours'));
  return Array.from({ length: count }, (_, index) =>
    touchpointFrom(start, { home, what: NAMES[index % NAMES.length] ?? 'page', hour: Math.round(index * hours), order: 1 }),
  );
};

async function live(home: HouseholdId, createdAt: Instant, touchpoints: ReturnType<typeof journeyOf>): Promise<void> {
  const household = (await load(kinds.household, keys.household(annas)))?.state;
  await createOnce(kinds.household, keys.household(home), householdSchema.parse({ ...household, householdId: home, createdAt }));
  const { days } = foldAll(touchpoints);
  const items = [
    ...touchpoints.map((touchpoint) => () => createOnce(kinds.touchpoint, keys.touchpoint(touchpoint), touchpoint)),
    ...Object.entries(days).map(
      ([day, traces]) =>
        () =>
          createOnce(kinds.dayTraces, keys.dayTraces(home, day), { householdId: home, day, traces }),
    ),
    () => createOnce(kinds.journey, keys.journey(home), summaryOf(home, days)),
  ];
  for (let from = 0; from < items.length; from += 50) await Promise.all(items.slice(from, from + 50).map((write) => write()));
}

beforeAll(async () => {
  world = await openWorld();
  await furnish();
  for (const journey of [journeys.short, journeys.long]) {
    const touchpoints = journeyOf(journey);
    await live(journey.home, touchpoints[0]?.at ?? world.now, touchpoints);
  }
  documents.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      if (['GetItemCommand', 'QueryCommand', GetCommand.name, QueryCommand.name].includes(String(context['commandName']))) {
        asked.requests += 1;
        asked.bytes += JSON.stringify(answer.output).length;
      }
      return answer;
    },
    { step: 'initialize', name: 'counts-reads' },
  );
}, 120_000);
afterAll(async () => {
  documents.middlewareStack.remove('counts-reads');
  await world.close();
});

async function costOf(path: string, query = QUERY): Promise<typeof asked & { body: Record<string, unknown> }> {
  Object.assign(asked, { requests: 0, bytes: 0 });
  const { status, body } = await send(journeyApi, { method: 'GET', path: `/console/households/${path}`, query, claims: agentClaims });
  expect([path, status]).toEqual([path, 200]);
  return { ...asked, body };
}

it('the agent’s page asks the store as often for two years as for two weeks, and for no more than some months of it', async () => {
  const [short, long] = [await costOf(journeys.short.home), await costOf(journeys.long.home)];
  expect(long.requests).toBeLessThanOrEqual(short.requests);
  expect(short.requests).toBeGreaterThan(10);
  // 120 days of traces, 200 touchpoints and a month's chapter; all 1,500 touchpoints alone would be half a million.
  expect(long.bytes).toBeLessThan(450_000);
  expect(long.body['journey']).toMatchObject({ count: 1_500 });
});

it('the chapters read one after another are those of the story told at once', async () => {
  const { home } = journeys.long;
  const keysRead: string[] = [];
  let before: string | undefined;
  do {
    const { body, requests } = await costOf(`${home}/story`, before === undefined ? QUERY : `${QUERY}&before=${before}`);
    const { chapters, earlier } = chaptersSchema.parse(body);
    expect(requests).toBeLessThan(60);
    keysRead.unshift(...chapters.map(({ key }) => key));
    before = earlier;
  } while (before !== undefined);
  const facts = { timeZone: 'Europe/Berlin', devices: {}, supplies: {}, orders: {} };
  expect(keysRead).toEqual(storyOf(journeyOf(journeys.long), facts, 'en', world.now).map(({ key }) => key));
  expect(keysRead[0]).toBe('beginning');
});

it('pages of touchpoints follow each other without a gap or a repeat', async () => {
  const { home } = journeys.short;
  const { touchpoints, older } = pageSchema.parse((await costOf(home)).body['journey']);
  expect(older).toBeDefined();
  const seen = touchpoints.map(({ touchpointId }) => touchpointId);
  for (let place = older; place !== undefined;) {
    const page = pageSchema.parse((await costOf(`${home}/touchpoints`, `${QUERY}&before=${encodeURIComponent(place)}`)).body);
    seen.push(...page.touchpoints.map(({ touchpointId }) => touchpointId));
    place = page.older;
  }
  expect(seen).toEqual(
    journeyOf(journeys.short)
      .map(({ touchpointId }) => touchpointId)
      .reverse(),
  );
});
