/** The door for conversion paths over the real store: a new one, its versions, and what is refused at which field. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { handler as journeyApi } from '../../functions/journey-api.ts';
import { shippedPaths } from '../../shared/journey/conversion-path/shipped-paths.ts';
import { openWorld, type World } from './harness.ts';
import { agentClaims, send } from './http-call.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const [shipped] = shippedPaths;
if (shipped === undefined) throw new Error('expected a shipped path');
const mine = { ...shipped, path: 'mine', name: { de: 'Meiner', en: 'Mine' } };
const save = (body: object) => send(journeyApi, { method: 'PUT', path: '/console/paths/mine', claims: agentClaims, body });
const listed = async () => {
  const { body } = await send(journeyApi, { method: 'GET', path: '/console/paths', claims: agentClaims });
  return (body['paths'] as { path: string; on: boolean; version: number; versions: { version: number; definition: unknown }[] }[]).find(
    ({ path }) => path === 'mine',
  );
};

it('a new path begins switched off, keeps its versions to go back to, and is refused at each field that is wrong', async () => {
  const wrong = {
    ...mine,
    steps: [
      { step: 'wait', until: 'passed', minutes: -5 },
      { step: 'message', content: 'none', channels: ['app'] },
    ],
  };
  const refused = await save({ version: 0, on: false, definition: wrong });
  expect([refused.status, refused.body['title'], refused.body['detail']]).toEqual([
    ...[400, 'no-conversion-path'],
    'steps.0.minutes: At least 0.; contents.none: This message has no words yet.',
  ]);
  expect(await listed()).toBeUndefined();
  expect((await save({ version: 0, on: false, definition: mine })).body).toEqual({ path: 'mine', on: false, version: 1 });
  expect((await save({ version: 0, on: true, definition: mine })).status).toBe(409);
  const changed = { ...mine, controlShare: 30 };
  expect((await save({ version: 1, on: true, definition: changed })).body).toEqual({ path: 'mine', on: true, version: 2 });
  expect(await listed()).toMatchObject({
    ...{ on: true, version: 2 },
    versions: [
      { version: 1, definition: mine },
      { version: 2, definition: changed },
    ],
  });
});
