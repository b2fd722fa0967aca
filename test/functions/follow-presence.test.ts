import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/follow-presence.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { load } from '../../functions/runtime/store.ts';
import { addDuration, duration } from '../../shared/values.ts';
import { START } from '../shared/supply/milk.ts';
import { between, openWorld, sqsRecord, tell, work, type World } from './harness.ts';
import { memberClaims, send } from './http-call.ts';
import { anna, fridge, furnish, householdId } from './kitchen.ts';
import { fromBroker, fromThing } from './screens.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
});
afterEach(() => world.close());

const item = async () => load(kinds.device, keys.device(householdId, fridge));
const later = (minutes: number) => addDuration(START, duration(minutes, 'minutes'));
const told = async () => (await world.said()).filter(({ type }) => type.startsWith('device.')).map(({ type, data }) => [type, 'since' in data && data.since]);

describe('a device that connects and goes', () => {
  it('is written once for each change, and its own words with it', async () => {
    await tell(handler, fromBroker(fridge, 'connected', 0), fromThing(fridge, { connected: true }));
    await tell(handler, fromThing(fridge, { connected: true }), fromBroker(fridge, 'connected', 0));
    expect(await item()).toMatchObject({ version: 2, state: { slots: { milk: 'sup_milk' }, presence: { connected: true, since: START } } });
    await tell(handler, fromThing(fridge, { connected: false }, { receivedAt: later(60) }), fromBroker(fridge, 'disconnected', 0, later(60)));
    await tell(handler, fromBroker(fridge, 'disconnected', 0, later(60)), fromBroker(fridge, 'connected', 0));
    expect(await item()).toMatchObject({ version: 3, state: { presence: { connected: false, since: later(60) } } });
    expect(await told()).toEqual([
      ['device.connected', START],
      ['device.disconnected', later(60)],
    ]);
  });

  it('shows in the overview of its household, and is unavailable after ten minutes of silence', async () => {
    const devices = async () => (await send(householdApi, { method: 'GET', path: `/households/${householdId}`, claims: memberClaims(anna) })).body['devices'];
    expect(await devices()).toMatchObject([{ thing: fridge, availability: 'never-seen', connected: false }]);
    await tell(handler, fromBroker(fridge, 'connected', 0), fromBroker(fridge, 'disconnected', 0, later(5)));
    world.wait(14, 'minutes');
    expect(await devices()).toMatchObject([{ thing: fridge, availability: 'available', connected: false, since: later(5) }]);
    world.wait(1, 'minutes');
    const [overview] = (await devices()) as object[];
    expect(overview).toMatchObject({ availability: 'unavailable' });
    expect(overview).not.toHaveProperty('presence');
  });
});

describe('what concerns no device', () => {
  it.each([
    ['an app', () => fromBroker('app-mem_anna-1', 'connected', 0)],
    ['a thing whose name an app could have', () => fromBroker('app-anna', 'connected', 0)],
    ['a thing of no household', () => fromBroker('fridge-of-nobody', 'connected', 0)],
    ['one thing on the topic of another', () => fromThing(fridge, { connected: true }, { clientId: 'fridge-bert' })],
    ['a word that nobody understands', () => fromThing(fridge, '{"connected": "perhaps"}')],
    ['a broken word', () => fromThing(fridge, '{')],
    ['what no rule wrapped', () => sqsRecord('m', { connected: true })],
    ['an event on the topic of another kind', () => sqsRecord('m', { ...JSON.parse(fromBroker(fridge, 'connected', 0).body), eventType: 'disconnected' })],
  ])('changes nothing and does not come again: %s', async (_, record) => {
    expect(await work(handler, [record()])).toEqual([]);
    expect((await item())?.version).toBe(1);
  });
});

it('comes again when the store does not answer, and only then', async () => {
  between((handle) => (request) => (request.headers['x-amz-target']?.endsWith('PutItem') ? Promise.reject(new Error('gone')) : handle(request)));
  const [known, unknown] = [fromBroker(fridge, 'connected', 0), fromBroker('fridge-of-nobody', 'connected', 0)];
  expect(await work(handler, [known, unknown])).toEqual([known.messageId]);
});
