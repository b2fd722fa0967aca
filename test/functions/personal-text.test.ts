/**
 * What people write about themselves stays where it is kept: no line of a log, no metric and no event holds a name, an address, an e-mail
 * address or a word of a case. The whole kitchen runs with such text in every place that takes it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handler as applyConsent } from '../../functions/apply-consent.ts';
import { handler as deliverWebhook } from '../../functions/deliver-webhook.ts';
import { handler as eraseHousehold } from '../../functions/erase-household.ts';
import { handler as followSupply } from '../../functions/follow-supply.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as ingest } from '../../functions/ingest-telemetry.ts';
import { handler as notifyHousehold } from '../../functions/notify-household.ts';
import { handler as recordTouchpoint } from '../../functions/record-touchpoint.ts';
import { handler as updateDisplay } from '../../functions/update-display.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { change } from '../../functions/runtime/store.ts';
import { ignored } from '../../shared/values.ts';
import { reading } from '../shared/supply/milk.ts';
import { everythingStored } from './everything-held.ts';
import { eventRecord, openWorld, tell, work, type World } from './harness.ts';
import { memberClaims, operator, send, type Call } from './http-call.ts';
import { anna, fridge, furnish, guest, household, householdId, milkSupply, openShop, telemetry } from './kitchen.ts';
import { decide, propose, theOrder } from './order-world.ts';
import { openShopServer, type ShopServer } from './shop-server.ts';

let world: World;
let shop: ShopServer;
let stored: string;
/** What was planted where; each is looked for by itself, so that a failure says what leaked. */
const planted: string[] = [];
const text = (where: string): string => {
  planted.push(`PERSONAL-${where}`);
  return `PERSONAL-${where}`;
};

const home = `/households/${householdId}`;
const call = (method: Call['method'], path: string, body?: unknown, claims: Record<string, string> = memberClaims(anna)) =>
  send(householdApi, { method, path: `${home}${path}`, claims, ...(body !== undefined && { body }) });
const must = async (method: Call['method'], path: string, body?: unknown, claims?: Record<string, string>) => {
  const { status, body: answer } = await call(method, path, body, claims);
  expect([method, path, status, status >= 400 ? answer : '']).toEqual([method, path, 200, '']);
};
/** Everybody who listens hears everything that was said so far, what is not for them included: their refusals are logged too. */
const hearEverything = async () => {
  const records = (await world.said()).map((event) => eventRecord(event));
  for (const worker of [notifyHousehold, updateDisplay, recordTouchpoint, followSupply, applyConsent]) await work(worker, records);
};

async function liveThere(): Promise<void> {
  const { address } = household;
  await must(
    'PUT',
    '',
    {
      ...household,
      ...{ householdId: undefined, shops: undefined, createdAt: undefined },
      name: text('household'),
      address: { ...address, recipient: text('recipient'), street: text('street'), city: text('city') },
    },
    operator,
  );
  await must('PUT', `/members/${anna}`, { name: text('owner'), role: 'owner' }, operator);
  await must('PUT', `/members/${guest}`, { name: text('guest'), role: 'guest' }, operator);
  await must('PUT', '/members/mem_ben', { name: text('adult'), role: 'adult' }, operator);
  await must('PUT', `/devices/${fridge}`, { deviceType: 'fridge', name: text('device') }, operator);
  await must('PUT', '/drafts/withdraw', { device: 'a'.repeat(16), form: JSON.stringify({ note: text('draft') }) });
  await work(ingest, [telemetry('m1', `{"note":"${text('payload')}"`), telemetry('m2', reading(1, 1, 30))]);
}

async function order(): Promise<void> {
  await propose(world);
  await decide(world);
  const { order: waiting } = await theOrder();
  await must('POST', `/orders/${waiting.orderId}/decline`, { reason: 'enough', comment: text('comment') });
  await hearEverything();
}

async function complain(): Promise<void> {
  const { orderId } = (await theOrder()).order;
  await must('PUT', '/cases/case_1', { noteId: 'note_1', text: text('case'), about: { kind: 'order', orderId }, kind: 'other' });
  await must('POST', '/cases/case_1/messages', { noteId: 'note_2', text: text('answer') }, operator);
  const declared = { name: text('declarant'), orderNumber: text('number'), contact: `${text('mail')}@example.org`, onlyPart: text('part'), language: 'de' };
  await send(householdApi, { method: 'POST', path: '/withdrawals', body: declared });
  // What is refused is logged at most as a reason.
  await call('POST', '/consents/give', { purpose: text('purpose') });
  await call('PUT', `/members/${guest}`, { name: text('nobody').repeat(20), role: 'owner' }, operator);
  // Nobody is erased while somebody waits for an answer.
  await must('POST', '/cases/case_1/solve', {}, operator);
  await hearEverything();
}

beforeAll(async () => {
  world = await openWorld();
  shop = await openShopServer();
  await furnish();
  await openShop(shop.url);
  await change(kinds.supply, keys.supply(householdId, milkSupply), (supply) =>
    supply === undefined ? ignored('none') : { kind: 'changed', state: { ...supply, name: text('supply') }, events: [] },
  );
  await liveThere();
  await order();
  await complain();
  await work(
    deliverWebhook,
    [...(await world.said())].map((event) => eventRecord(event)),
  );
  stored = await everythingStored();
  await must('POST', '/erasure', { householdName: 'PERSONAL-household' });
  const requested = (await world.said()).filter(({ type }) => type === 'household.erasure-requested');
  await tell(eraseHousehold, ...requested.map((event) => eventRecord(event)));
});
afterAll(async () => {
  await shop.close();
  await world.close();
});

describe('personal text', () => {
  it('was really there', () => {
    expect(planted.length).toBeGreaterThan(15);
    for (const where of ['household', 'street', 'owner', 'device', 'draft', 'payload', 'comment', 'case', 'declarant', 'supply'])
      expect(stored).toContain(`PERSONAL-${where}`);
    expect(world.log.length).toBeGreaterThan(10);
  });

  it('stands in no line of a log, no metric and no event', async () => {
    const said = JSON.stringify(await world.said());
    const logged = JSON.stringify([world.log, world.metrics]);
    expect(planted.filter((marker) => logged.includes(marker))).toEqual([]);
    expect(planted.filter((marker) => said.includes(marker))).toEqual([]);
    expect(logged + said).not.toMatch(/@example\.org/);
  });

  it('is gone from the store when the household is, apart from what was declared to nobody’s order', async () => {
    const left = await everythingStored();
    expect(planted.filter((marker) => left.includes(marker) && !/-(declarant|number|mail|part)$/.test(marker))).toEqual([]);
  });
});
