/** Segments from the first touchpoint to the list of members, over the real store: folded by one function, put on the roll by another, read by the console. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DynamoDBRecord } from 'aws-lambda';
import { handler as journeyApi } from '../../functions/journey-api.ts';
import { householdPk, keys, kinds } from '../../functions/runtime/aggregates.ts';
import { readRoll } from '../../functions/runtime/roll.ts';
import { createOnce, list } from '../../functions/runtime/store.ts';
import { handler as tallyJourneys } from '../../functions/tally-journeys.ts';
import { handler as updateJourney } from '../../functions/update-journey.ts';
import { forgetTraces } from '../../functions/update-journey/forget-traces.ts';
import { digest } from '../../shared/digest.ts';
import { touchpointSchema } from '../../shared/journey/touchpoint.ts';
import { addDuration, duration, householdIdSchema } from '../../shared/values.ts';
import { context, openWorld, type World } from './harness.ts';
import { agentClaims, memberClaims, send } from './http-call.ts';
import { furnish, householdId as anna } from './kitchen.ts';

let world: World;
let told = 0;
const HOMES = 44;
const homeOf = (index: number) => (index === 0 ? anna : householdIdSchema.parse(`hh_home${index}`));

async function step(index: number, type: string, initiator: 'company' | 'customer' | 'automation' = 'company', more: object = {}): Promise<void> {
  const [householdId, at] = [homeOf(index), addDuration(world.now, duration(-1, 'hours'))];
  const state = touchpointSchema.parse({
    ...{ touchpointId: `tp_${digest([index, type, at])}`, householdId, source: 'events', messageId: `${index} ${type} ${at}`, type, at, receivedAt: at },
    ...{ channel: 'nachschub', initiator, phase: 'implementation', ...more },
  });
  await createOnce(kinds.touchpoint, keys.touchpoint(state), state);
}
const isOf = (sks: readonly string[]) => (record: DynamoDBRecord) => sks.some((sk) => (record.dynamodb?.Keys?.['sk']?.S ?? '').startsWith(sk));
async function follow(): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    const records = (await world.stream('Journeys')).slice(told);
    told += records.length;
    const came = records.filter(isOf(['TP#'])).filter(({ eventName }) => eventName === 'INSERT');
    if (came.length > 0) await updateJourney({ Records: came }, context);
    const changed = records.filter(isOf(['DAY#', 'PROCESS#', 'STANDING']));
    if (changed.length > 0) await tallyJourneys({ Records: [...changed, ...changed.slice(0, 3)] }, context);
  }
}
const ask = (path: string, body?: unknown, claims: Record<string, string> = agentClaims) =>
  send(journeyApi, { method: body === undefined ? 'GET' : 'POST', path: `/console/segments${path}`, claims, ...(body !== undefined && { body }) });
const twoCases = { segment: 'two-cases', name: { de: 'Zwei Anliegen', en: 'Two cases' }, condition: { count: ['case.opened'], atLeast: 1 } };

beforeAll(async () => {
  world = await openWorld();
  await furnish();
  // Of 22 with a stuck order 16 have a case, of 22 without one 4.
  for (let index = 0; index < HOMES; index += 1) {
    await step(index, 'household.created');
    if (index < 22) await step(index, 'order.stuck');
    if (index < 16 || index >= 40) await step(index, 'case.opened', 'customer');
  }
  await follow();
});
afterAll(() => world.close());

describe('the list of segments', () => {
  it('says how many are in each, in words what for, and how that came about', async () => {
    world.wait(1, 'days');
    await step(1, 'order.placed');
    await follow();
    const { body } = await ask('', undefined);
    expect(body['households']).toBe(HOMES);
    const segments = body['segments'] as { segment: { segment: string }; members: number; inWords: string; trend: unknown[] }[];
    const day = world.now.slice(0, 10);
    expect(segments.find(({ segment }) => segment.segment === 'new-here')).toMatchObject({
      members: HOMES,
      inWords: 'household created or device paired or device added: first at most 30 days ago',
      trend: [{ value: 0 }, { day, value: HOMES }],
    });
  });

  it('is nobody’s who only lives in a household', async () => {
    for (const [path, body] of [
      ['', undefined],
      ['/preview', { segment: twoCases }],
      ['/splits', { outcome: twoCases.condition }],
      ['/members', { segment: 'new-here', reason: 'curious' }],
    ] as const)
      expect((await ask(path, body, memberClaims('mem_anna'))).status).toBe(403);
  });
});

describe('a segment that is tried out', () => {
  it('says who would be in it and whom that moves, of all or of a sample, and saves nothing', async () => {
    expect((await ask('/preview', { segment: twoCases, lookedAt: 'all' })).body).toMatchObject({
      of: HOMES,
      members: 20,
      entering: 20,
      leaving: 0,
      households: HOMES,
    });
    const narrower = { ...twoCases, segment: 'new-here', condition: { count: ['case.opened'], atLeast: 1 } };
    expect((await ask('/preview', { segment: narrower })).body).toMatchObject({ members: 20, entering: 0, leaving: 24 });
    expect(JSON.stringify((await ask('')).body)).not.toContain('two-cases');
    expect((await readRoll(16)).length).toBeLessThanOrEqual(16);
  });

  it.each([
    ['a condition without a bound', { ...twoCases, condition: { count: ['case.opened'] } }, /^segment\.condition: expected atLeast or atMost/],
    ['a parent that is not there', { ...twoCases, parent: 'nowhere' }, /^segment\.parent: two-cases: there is no nowhere/],
    ['no German name', { ...twoCases, name: { en: 'Two', de: '' } }, /^segment\.name\.de: /],
    ['an id with capitals', { ...twoCases, segment: 'Two' }, /^segment\.segment: expected small letters/],
    [
      'a share without what it is of',
      { ...twoCases, condition: { all: [{ share: ['order.approved'], least: 3, atLeast: 0.5 }] } },
      /^segment\.condition\.all\.0\.of: /,
    ],
  ])('is refused at its field: %s', async (_, segment, detail) => {
    expect((await ask('/preview', { segment })).body).toMatchObject({ status: 400, detail: expect.stringMatching(detail) as unknown });
  });

  it('has parts that suggest themselves, with how much more often the outcome is there', async () => {
    const { body } = await ask('/splits', { within: 'new-here', outcome: twoCases.condition, lookedAt: 'all', language: 'de' });
    expect(body).toMatchObject({ of: HOMES, judged: HOMES, having: 20 });
    expect((body['splits'] as unknown[])[0]).toMatchObject({ inWords: 'mindestens 1 × Bestellung hängt', group: 22, condition: { count: ['order.stuck'] } });
    expect((body['splits'] as { lift: number }[])[0]?.lift).toBeCloseTo(16 / 22 / (20 / 44), 6);
  });
});

describe('a segment by what is foretold', () => {
  it('counts those who are likely to stay and worth something, and nobody of whom nothing can be foretold', async () => {
    const delivered = { value: { amountMinor: 2_500, currency: 'EUR' } };
    for (const index of [2, 3]) await step(index, 'order.delivered', 'automation', delivered);
    world.wait(7, 'days');
    await step(2, 'order.delivered', 'automation', delivered);
    await follow();
    const named = { segment: 'foretold', name: { de: 'Vorhergesagt', en: 'Foretold' } };
    const membersOf = async (condition: object) => (await ask('/preview', { segment: { ...named, condition }, lookedAt: 'all' })).body['members'];
    expect(await membersOf({ prediction: 'leaves', atLeast: 0 })).toBe(2);
    expect(
      await membersOf({
        all: [
          { prediction: 'leaves', atMost: 0.99 },
          { figure: 'expected-value', atLeast: 1 },
        ],
      }),
    ).toBe(2);
    expect(await membersOf({ figure: 'expected-value', atLeast: 1_000_000 })).toBe(0);
  });
});

describe('the members of a segment', () => {
  const looks = async () => (await list(kinds.look, householdPk(anna), 'AUDIT#')).map(({ state }) => state);
  it('are shown for a reason alone, which stands with each household that was shown', async () => {
    expect((await ask('/members', { segment: 'new-here', reason: 'x' })).status).toBe(400);
    expect((await ask('/members', { segment: 'nowhere', reason: 'to write to them' })).status).toBe(404);
    expect(await looks()).toEqual([]);
    // Whoever is on the roll and no longer there is left out: of these only one is a household.
    const { body } = await ask('/members', { segment: 'new-here', reason: 'to write to them' });
    expect(body).toMatchObject({
      members: [{ householdId: anna, because: 'household created, device paired, device added first seen 0 days ago' }],
      left: [],
      read: HOMES,
    });
    expect(await looks()).toMatchObject([{ kind: 'listed', purpose: 'group', reason: 'new-here: to write to them', staffId: 'staff_weber' }]);
  });

  it('who are in it no more are told of as having left, and those forgotten stand on no roll', async () => {
    world.wait(31, 'days');
    await step(0, 'order.placed');
    await follow();
    const { body } = await ask('/members', { segment: 'new-here', reason: 'to write to them' });
    expect(body).toMatchObject({ members: [], left: [{ householdId: anna, leftAt: world.now }] });
    await forgetTraces(anna);
    await follow();
    expect((await readRoll(100)).map(({ householdId }) => householdId)).not.toContain(anna);
  });
});
