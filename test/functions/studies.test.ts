/** What studies found of steps, over the real store. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { handler as journeyApi } from '../../functions/journey-api.ts';
import { openWorld, type World } from './harness.ts';
import { agentClaims, memberClaims, send } from './http-call.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const ask = (findings?: unknown[], claims: Record<string, string> = agentClaims) =>
  send(journeyApi, {
    method: findings === undefined ? 'GET' : 'POST',
    path: '/console/studies',
    claims,
    ...(findings !== undefined && { body: { findings } }),
  });
const finding = {
  findingId: 'spring-1',
  study: 'Spring',
  method: 'interview',
  at: '2026-03-02T10:00:00.000Z',
  phase: 'implementation',
  value: -0.5,
  people: 16,
};

it('a finding brought in twice counts once, a changed one takes its place, and means weigh by the root of the people', async () => {
  await ask([finding, { ...finding, findingId: 'survey-1', value: 0.5, people: 144 }]);
  expect((await ask([finding])).body['byPhase']).toEqual({ implementation: { value: 0.25, people: 160, findings: 2 } });
  await ask([{ ...finding, value: 0.5 }]);
  expect((await ask()).body).toMatchObject({ byPhase: { implementation: { value: 0.5 } }, findings: [{ value: 0.5 }, { value: 0.5 }] });
});

it('names no household, and is nobody’s who lives in one', async () => {
  expect((await ask([{ ...finding, householdId: 'hh_anna' }])).status).toBe(400);
  expect((await ask([{ ...finding, value: 2 }])).body).toMatchObject({ detail: expect.stringMatching(/^findings\.0\.value: /) as unknown });
  expect((await ask(undefined, memberClaims('mem_anna'))).status).toBe(403);
});
