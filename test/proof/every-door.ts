/** What no simulator does, done once by hand at a running local cloud: every remaining route, an app that is sent away, a thing with the cheaper topic. */
import { holdout } from '../../shared/journey/experiment/shipped-experiments.ts';
import { shippedPaths } from '../../shared/journey/conversion-path/shipped-paths.ts';
import { setTimeout as wait } from 'node:timers/promises';
import { findRunningCloud, type RunningCloud } from '../../infra/local/commands/running-cloud.ts';
import { staff } from '../../infra/local/scenario/staff.ts';
import { routes, scopes, type Route } from '../../shared/api/routes.ts';
import { askToBeForgotten } from './a-forgotten-lead.ts';
import { liveShortly } from './a-short-life.ts';
import { connectApp, connectThing, HOUSEHOLD, knock, names, SHOP, tokenOf } from './doors.ts';

/** Resolves when everything has been tried and the app that was sent away is gone. */
export async function tryEveryDoor(data: string): Promise<void> {
  const cloud = findRunningCloud(data);
  const operator = await tokenOf(cloud, { call: 'operatorToken' });
  const collector = await tokenOf(cloud, { call: 'collectorToken' });
  const shop = await tokenOf(cloud, { call: 'retailerToken', retailerId: SHOP });
  const member = await tokenOf(cloud, { call: 'memberToken', memberId: 'mem_anna' });
  await knock(cloud, routes.describeApi, {});
  // The app’s own files, from their bucket.
  await (await fetch(`${cloud.url}/app/`)).arrayBuffer();
  await knock(cloud, routes.addMember, { token: operator, body: { name: 'A guest', role: 'guest' } });
  const app = await connectApp(cloud, names);
  const gone = new Promise<void>((resolve) => app.once('close', resolve));
  await knock(cloud, routes.removeMember, { token: operator });
  for (const route of [routes.readHousehold, routes.listOrders, routes.readOrder, routes.readJourney]) await knock(cloud, route, { token: member });
  for (const route of [routes.approveOrder, routes.declineOrder, routes.withdrawOrder]) await knock(cloud, route, { token: member, body: {} });
  await knock(cloud, routes.endMandate, { token: member });
  for (const route of [routes.readDeliveries, routes.listRetailerOrders]) await knock(cloud, route, { token: shop });
  const touchpoint = { messageId: 'proof-1', userId: HOUSEHOLD, event: 'Looked at an offer' };
  // Twice: the repeat reads what the first one claimed.
  for (const _ of [1, 2]) await knock(cloud, routes.track, { token: collector, body: touchpoint });
  await knock(cloud, routes.batch, { token: collector, body: { batch: [{ ...touchpoint, type: 'track' }] } });
  await knock(cloud, routes.putSource, { token: operator, body: { name: 'Proof' } });
  for (const route of [routes.createWriteKey, routes.listSources, routes.listRefused, routes.readSourceSecrets, routes.revokeWriteKey])
    await knock(cloud, route, { token: operator });
  // From now on the fridge tells of its door.
  await knock(cloud, routes.giveConsent, { token: member, body: { purpose: 'optional-telemetry', wordingVersion: '2026-11-2', language: 'de' } });
  await lookAfter(cloud, member);
  const lookAfterToken = await tokenOf(cloud, { call: 'staffToken', email: staff[0].email });
  const tokens = { [scopes.operate]: operator, [scopes.household]: member, [scopes.retailer]: shop, [scopes.collect]: collector };
  await liveShortly(cloud, operator);
  await askToBeForgotten(cloud, { collector, agent: lookAfterToken });
  await knockEverywhere(cloud, { ...tokens, [scopes.lookAfter]: lookAfterToken });
  await sayByTheBroker(cloud, operator);
  await gone;
}

/** Of nobody and nothing that there is, so that no door changes anything; each is one that somebody would miss. */
const NOBODY = { householdId: 'hh_nobody', memberId: 'mem_nobody', retailerId: 'rt_nobody', sourceId: 'src_nobody', keyId: 'none' };
async function knockEverywhere(cloud: RunningCloud, tokens: Readonly<Record<string, string>>): Promise<void> {
  for (const route of Object.values<Route>(routes)) {
    const token = tokens[route.scopes[0] ?? scopes.collect];
    await knock(cloud, route, { ids: NOBODY, ...(token !== undefined && { token }), ...(route.method !== 'GET' && { body: {} }) });
  }
}

/** A member reports something, and somebody of the company finds the household, looks, answers and notes the call. */
async function lookAfter(cloud: RunningCloud, member: string): Promise<void> {
  const [weber] = staff;
  const token = await tokenOf(cloud, { call: 'staffToken', email: weber.email });
  const ids = { caseId: 'case_proof' };
  const about = { kind: 'device', thing: 'fridge-anna' };
  await knock(cloud, routes.openCase, { token: member, ids, body: { about, kind: 'other', noteId: 'note_proof-1', text: 'It hums.' } });
  for (const text of [HOUSEHOLD, ids.caseId, names.orderId, 'anna@example.org']) await knock(cloud, routes.findHouseholds, { token, body: { text } });
  await knock(cloud, routes.readAgentPage, { token, query: '?purpose=call&reason=it%20hums' });
  await knock(cloud, routes.readStory, { token, query: '?purpose=call&reason=it%20hums' });
  await knock(cloud, routes.listTouchpoints, { token, query: '?purpose=call&reason=it%20hums&before=2027' });
  const phoned = { about, kind: 'other', noteId: 'note_proof-3', text: 'It hums, they say.' };
  await knock(cloud, routes.openCaseFor, { token, ids: { caseId: 'case_phoned' }, body: phoned });
  await knock(cloud, routes.answerCase, { token, ids, body: { noteId: 'note_proof-2', text: 'It should.' } });
  await knock(cloud, routes.closeCase, { token, ids, body: {} });
  await knock(cloud, routes.reopenCaseFor, { token, ids, body: { noteId: 'note_proof-4', text: 'It hums again.' } });
  const call = { callId: 'call_proof', at: '2026-03-02T08:00:00.000Z', direction: 'they-called', about: 'device' };
  await knock(cloud, routes.noteCall, { token, body: call });
  await knock(cloud, routes.readAudit, { token });
  await knock(cloud, routes.readOutlook, { token: member });
  await knock(cloud, routes.readLooks, { token: member });
  await knock(cloud, routes.readOutreach, { token: member });
  await knock(cloud, routes.changeOutreach, { token: member, body: { type: 'stop', kind: 'win-back' } });
  await knock(cloud, routes.listPaths, { token });
  await knock(cloud, routes.savePath, { token, ids: { pathId: 'win-back' }, body: { version: 1, on: true } });
  await knock(cloud, routes.tryPath, { token, body: { definition: shippedPaths[0], days: 3 } });
  await knock(cloud, routes.readActions, { token, query: '?from=2026-03-01&to=2026-03-02' });
  await knock(cloud, routes.listExperiments, { token });
  await knock(cloud, routes.putExperiment, { token, ids: { experiment: 'tried-once' }, body: { ...holdout, experiment: 'tried-once' } });
  await knock(cloud, routes.listMandates, { token: member });
  await knock(cloud, routes.readMandateChoices, { token: member });
  await knock(cloud, routes.searchProducts, { token: member, query: '?search=milch' });
  await knock(cloud, routes.readReferral, { token: member });
  await knock(cloud, routes.shareReferral, { token: member });
  await knock(cloud, routes.enterReferral, { token: member, body: { code: '2222-2222' } });
  // Whether anybody of the simulation answers is chance.
  await knock(cloud, routes.readSurvey, { token: member });
  await knock(cloud, routes.answerSurvey, { token: member, ids: { surveyId: 'svy_nobody' }, body: { answer: 'skip' } });
}

async function sayByTheBroker(cloud: RunningCloud, operator: string): Promise<void> {
  const thing = await connectThing(cloud, operator, { thing: 'fridge-proof', deviceType: 'fridge' });
  await thing.publishAsync('dt/nachschub/fridge-proof/telemetry', '{}', { qos: 1 });
  await thing.endAsync();
}

/** Resolves when a TV that is new in a house where an order waits for its answer has heard what it missed. */
export async function askWhatWasMissed(data: string): Promise<void> {
  const cloud = findRunningCloud(data);
  const operator = await tokenOf(cloud, { call: 'operatorToken' });
  const householdId = await stopWhereSomethingWaits(cloud, operator);
  const tv = await connectThing(cloud, operator, { thing: 'tv-proof', deviceType: 'tv', householdId });
  const heard = new Promise<void>((resolve) => tv.once('message', () => resolve()));
  await tv.subscribeAsync('cmd/nachschub/tv-proof/message', { qos: 1 });
  await tv.publishAsync('cmd/nachschub/tv-proof/sync', '{}', { qos: 1 });
  await heard;
  await tv.endAsync();
  await cloud.ask({ call: 'resume' });
}

/** Product time stands when this resolves, so that nobody answers meanwhile. */
async function stopWhereSomethingWaits(cloud: RunningCloud, operator: string): Promise<string> {
  for (;;) {
    await cloud.ask({ call: 'pause' });
    for (const householdId of ['hh_anna', 'hh_berger', 'hh_koehler']) {
      const answer = await fetch(`${cloud.apiUrl}/households/${householdId}/orders`, { headers: { authorization: `Bearer ${operator}` } });
      if ((await answer.text()).includes('"awaiting-approval"')) return householdId;
    }
    await cloud.ask({ call: 'resume' });
    // When a household is asked follows from its fridges; a quarter of a second is about an hour of theirs.
    await wait(250);
  }
}
