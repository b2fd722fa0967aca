/** The copy of a household holds what its people and visitors did before anybody knew whose they were, and nobody else's. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { handler as householdApi } from '../../functions/household-api.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce } from '../../functions/runtime/store.ts';
import { noteWhoIsWho } from '../../functions/runtime/who-is-who.ts';
import { digest } from '../../shared/digest.ts';
import { identityRecordSchema } from '../../shared/journey/identity/identity-record.ts';
import { touchpointSchema } from '../../shared/journey/touchpoint.ts';
import { openWorld, type World } from './harness.ts';
import { memberClaims, send } from './http-call.ts';
import { anna, furnish, householdId } from './kitchen.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
});
afterEach(() => world.close());

const pageSchema = z.object({ entries: z.array(z.object({ kind: z.string(), state: z.looseObject({ messageId: z.string().optional() }) }).loose()) });
const taken = async () => {
  const { status, body } = await send(householdApi, { method: 'GET', path: `/households/${householdId}/export`, claims: memberClaims(anna) });
  expect(status).toBe(200);
  return pageSchema.parse(body).entries.flatMap(({ kind, state }) => (kind === 'touchpoint' ? [state.messageId] : []));
};
const visit = async (messageId: string, ids: object[]) => {
  const state = touchpointSchema.parse({
    ...{ touchpointId: `tp_${digest(messageId)}`, source: 'web', messageId, type: 'page', channel: 'web', initiator: 'customer', phase: 'information' },
    ...{ at: world.now, receivedAt: world.now, ids },
  });
  await createOnce(kinds.touchpoint, keys.touchpoint(state), state);
};
const note = (record: object) =>
  noteWhoIsWho([
    identityRecordSchema.parse({
      recordId: digest(JSON.stringify(record)),
      at: world.now,
      evidence: { kind: 'said', source: 'web' },
      record: 'link',
      ...record,
    }),
  ]);
const user = (value: string) => ({ node: 'id', type: 'userId', value });
const browser = (value: string) => ({ node: 'id', type: 'anonymousId', value });
const home = { node: 'household', householdId };

it('holds what was done without a name by whoever turned out to live there', async () => {
  await visit('before-sign-up', [{ type: 'anonymousId', value: 'visitor-1' }]);
  await visit('a-stranger', [{ type: 'anonymousId', value: 'visitor-2' }]);
  expect(await taken()).not.toContain('before-sign-up');
  await note({ from: user(anna), to: home });
  await note({ from: user(anna), to: browser('visitor-1') });
  expect(await taken()).toContain('before-sign-up');
  expect(await taken()).not.toContain('a-stranger');
});

it('holds nothing that another member did for themselves', async () => {
  await note({ from: user('mem_ben'), to: home });
  await note({ from: user('mem_ben'), to: browser('visitor-3') });
  await visit('of-ben', [{ type: 'userId', value: 'mem_ben' }]);
  await visit('of-bens-browser', [{ type: 'anonymousId', value: 'visitor-3' }]);
  await visit('of-anna', [{ type: 'userId', value: anna }]);
  await note({ from: user(anna), to: home });
  const found = await taken();
  expect(found).toContain('of-anna');
  expect(found).not.toContain('of-ben');
  expect(found).not.toContain('of-bens-browser');
});
