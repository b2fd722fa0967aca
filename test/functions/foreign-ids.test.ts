/**
 * What belongs to somebody else does not exist. The cases are made from `routes`: each id of each path, once somebody else's, for each kind
 * of caller. A new route fails here until its ids have examples below and its body, if it has one, would pass.
 */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { handler as collectTouchpoints } from '../../functions/collect-touchpoints.ts';
import { handler as describeApi } from '../../functions/describe-api.ts';
import { handler as journeyApi } from '../../functions/journey-api.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as retailerApi } from '../../functions/retailer-api.ts';
import { householdPk, keys, kinds, retailerPk } from '../../functions/runtime/aggregates.ts';
import { createOnce, documents } from '../../functions/runtime/store.ts';
import { routes, scopes, type Route, type RouteName } from '../../shared/api/routes.ts';
import { householdSchema, memberSchema } from '../../shared/household/household.ts';
import { surveysSchema } from '../../shared/journey/survey/survey.ts';
import { messageIdFor, newDelivery } from '../../shared/retailer/delivery.ts';
import { householdIdSchema, memberIdSchema, retailerIdSchema } from '../../shared/values.ts';
import { frischhof, mandateId } from '../shared/order/order-examples.ts';
import { START } from '../shared/supply/milk.ts';
import { aLead } from './a-lead.ts';
import { exampleBodies } from './example-bodies.ts';
import { openWorld, type World } from './harness.ts';
import { agentClaims, memberClaims, operator, send, shopClaims, type Call } from './http-call.ts';
import { anna, fridge, furnish, grantMandate, household, householdId, milkGtin, milkSupply, openShop } from './kitchen.ts';
import { decide, propose, theOrder } from './order-world.ts';

const handlers = {
  'household-api': householdApi,
  'retailer-api': retailerApi,
  'collect-touchpoints': collectTouchpoints,
  'describe-api': describeApi,
  'journey-api': journeyApi,
};
const eve = memberIdSchema.parse('mem_eve');
const evesHousehold = householdIdSchema.parse('hh_eve');
const evesShop = retailerIdSchema.parse('rt_morgenkorb');

let world: World;
/** By the name in the path: whose it is, and what Eve has instead. */
let annas: Record<string, string>;
let eves: Record<string, string>;
let bodies: Partial<Record<RouteName, unknown>>;

beforeAll(async () => {
  world = await openWorld();
  await createOnce(kinds.household, keys.household(householdId), householdSchema.parse({ ...household, foundedBy: anna }));
  await furnish();
  await openShop();
  await openShop(undefined, evesShop);
  await grantMandate({ perOrderMax: { amountMinor: 1, currency: 'EUR' } });
  await createOnce(kinds.household, keys.household(evesHousehold), householdSchema.parse({ ...household, householdId: evesHousehold, name: 'Eve' }));
  const member = { householdId: evesHousehold, memberId: eve, name: 'Eve', role: 'owner', joinedAt: START };
  await createOnce(kinds.member, keys.member(evesHousehold, eve), memberSchema.parse(member));
  await propose(world);
  await decide(world);
  const { order } = await theOrder();
  // Words that mean the same in every household.
  const common = {
    ...{ slot: 'milk', deviceType: 'fridge', step: 'places', draftId: 'add-device' },
    ...{ pathId: 'win-back', campaign: 'spring', experiment: 'tried-once', leadId: await aLead(world.now), signalId: 'recall-milk' },
  };
  const because = { de: 'Splitter', en: 'Splinters' };
  await createOnce(kinds.signal, keys.signal('recall-milk'), { signalId: 'recall-milk', at: START, kind: 'recall', gtin: milkGtin, lots: [], because });
  const support = { questionId: 'q-anna', declarationId: 'dec_anna', caseId: 'case_anna', surveyId: 'svy_anna' };
  const asked = { surveyId: 'svy_anna', kind: 'csat', orderId: order.orderId, askedAt: world.now, status: 'open' };
  await createOnce(kinds.surveys, keys.surveys(householdId), surveysSchema.parse({ householdId, automaticOrders: [], asked: [asked] }));
  const messageId = messageIdFor(order.orderId, 'order.placed', 1);
  const message = {
    messageId,
    householdId,
    orderId: order.orderId,
    retailerId: frischhof,
    type: 'order.placed',
    body: '{}',
    acceptBefore: order.quote.validUntil,
  } as const;
  await createOnce(kinds.delivery, keys.delivery(frischhof, messageId), newDelivery(message, world.now));
  annas = {
    householdId,
    memberId: anna,
    retailerId: frischhof,
    thing: fridge,
    supplyId: milkSupply,
    stopId: milkSupply,
    month: '2026-03',
    mandateId,
    orderId: order.orderId,
    entryId: 'ent_soap',
    messageId,
    sourceId: 'src_anna',
    keyId: 'spring',
    subscriptionId: 'sub_anna',
    ...common,
    ...support,
  };
  eves = {
    householdId: evesHousehold,
    memberId: eve,
    retailerId: evesShop,
    thing: 'fridge-eve',
    supplyId: 'sup_eve',
    stopId: 'sup_eve',
    month: '2026-02',
    mandateId: 'man_eve',
    orderId: 'ord_eve',
    entryId: 'ent_eve',
    messageId: 'msg_eve',
    sourceId: 'src_eve',
    keyId: 'autumn',
    subscriptionId: 'sub_eve',
    ...common,
    ...{ questionId: 'q-eve', declarationId: 'dec_eve', caseId: 'case_eve', surveyId: 'svy_eve' },
  };
  await createOnce(kinds.referralCode, keys.referralCode('22222222'), { code: '22222222', householdId: evesHousehold });
  const offer = { method: 'PUT', path: '/things/fridge-new/pairing', claims: operator } as const;
  const { body: offered } = await send(householdApi, { ...offer, body: { deviceType: 'fridge', model: 'M', slots: [{ slot: 'milk', unit: 'ml' }] } });
  bodies = exampleBodies({ order, pairingCode: offered['pairingCode'], until: world.now });
});
afterAll(() => world.close());
// One person asks more in this file than anybody may within a minute: each case has a minute of its own.
beforeEach(() => {
  world.wait(1, 'minutes');
});

const idsOf = (route: Route): string[] => Array.from(route.path.matchAll(/\{(\w+)\}/g), ([, name = '']) => name);
/** Makes something new under an id that its caller makes up: the same word in another household is another thing. */
const MAKES_ITS_OWN: ReadonlySet<string> = new Set([
  'grantMandate: mandateId',
  'learnStep: deviceType',
  'learnStep: step',
  'keepDraft: draftId',
  'addListItem: entryId',
  'dropDraft: draftId',
  'readStatement: month',
]);

const withIds = Object.entries<Route>(routes)
  // What a signed link names stands in its proof: `mail.test.ts`.
  .filter(([, { caller }]) => caller !== 'signed-link')
  .flatMap(([name, route]) => idsOf(route).map((foreign) => [`${name}: ${foreign}`, { name: name as RouteName, route, foreign }] as const))
  // Last, because afterwards Eve has something of that name.
  .sort(([a], [b]) => Number(MAKES_ITS_OWN.has(a)) - Number(MAKES_ITS_OWN.has(b)));

const callers: readonly (readonly [who: string, scope: string, claims: Call['claims']])[] = [
  ['a member of another household', scopes.household, memberClaims(eve)],
  ['somebody who lives nowhere', scopes.household, memberClaims('mem_nobody')],
  ['a machine that calls itself like a member', scopes.household, { token_use: 'access', scope: scopes.household, client_id: anna }],
  ['a member who asked for the scope of those who look after households', scopes.lookAfter, { ...memberClaims(eve), scope: scopes.lookAfter }],
  ['another shop', scopes.retailer, shopClaims(evesShop)],
  ['a client that is no shop’s', scopes.retailer, { token_use: 'access', scope: scopes.retailer, client_id: 'client-of-nobody' }],
];

function pathOf(route: Route, foreign: string): string {
  // Whoever names a foreign household or shop means what is in it; else the household is one's own.
  const isPlace = foreign === idsOf(route)[0];
  return route.path.replaceAll(/\{(\w+)\}/g, (_, id: string) => {
    const found = id === foreign || isPlace ? annas[id] : eves[id];
    if (found === undefined) throw new Error(`${route.path} has an id {${id}} without an example in this test`);
    return found;
  });
}

const ask = (name: RouteName, route: Route, path: string, claims: Call['claims']) => {
  const body = bodies[name];
  // For somebody of the company: why they look.
  const looking: readonly RouteName[] = ['readAgentPage', 'readIdentity', 'readStory', 'listTouchpoints', 'readLead', 'forgetLead'];
  const query = looking.includes(name) ? 'purpose=call&reason=a%20test&before=2027' : '';
  return send(handlers[route.function], { method: route.method, path, query, ...(claims && { claims }), ...(body !== undefined && { body }) });
};

/** Everything that stands in a partition, so that nothing can have changed. */
async function partition(TableName: string, pk: string): Promise<unknown[]> {
  const { Items: items = [] } = await documents.send(
    new QueryCommand({ TableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk }, ConsistentRead: true }),
  );
  return items;
}
const ofAnna = () => Promise.all([partition('Households', householdPk(householdId)), partition('Retailers', retailerPk(frischhof))]);

it.each(withIds)('%s of somebody else is not there, whoever asks', async (title, { name, route, foreign }) => {
  const before = await ofAnna();
  for (const [who, scope, claims] of callers) {
    const { status, body } = await ask(name, route, pathOf(route, foreign), claims);
    const mayKnock = route.scopes.some((one) => one === scope);
    // Eve may make a mandate of that name at home; whoever lives nowhere has no home.
    const makesOwn = MAKES_ITS_OWN.has(title) && claims === callers[0]?.[2];
    const expected =
      route.caller === 'retailer-signature' || route.caller === 'source-signature' ? 401 : !mayKnock || route.caller === 'staff' ? 403 : makesOwn ? 200 : 404;
    expect([who, status, expected === 404 ? body['title'] : undefined]).toEqual([who, expected, expected === 404 ? 'not-found' : undefined]);
  }
  expect(await ofAnna()).toEqual(before);
});

describe('the same question', () => {
  // Else a refusal above might only mean that the question was wrong.
  const own = Object.entries<Route>(routes).filter(([, route]) => idsOf(route).length > 0 && route.scopes.some((scope) => scope !== scopes.operate));

  it.each(own)('%s is answered to whoever it belongs to', async (name, route) => {
    const claims = route.caller === 'staff' ? agentClaims : route.scopes.includes(scopes.retailer) ? shopClaims(frischhof) : memberClaims(anna);
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, id: string) => annas[id] ?? '');
    const { status } = await ask(name as RouteName, route, path, claims);
    // Anna is the last owner, her mandate has other terms, her order moves on: refusals that only somebody hears who is let in.
    expect([200, 409, 422]).toContain(status);
  });
});
