/** A campaign says something to somebody without a household: to the CRM by signed webhook, once, kept with the lead, told in its story, and credited when they have a household. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { handler as deliverSubscription } from '../../functions/deliver-subscription.ts';
import { handler as journeyApi } from '../../functions/journey-api.ts';
import { handler as recordTouchpoint } from '../../functions/record-touchpoint.ts';
import { handler as runAutomation } from '../../functions/run-automation.ts';
import { handler as tallyJourneys } from '../../functions/tally-journeys.ts';
import { handler as updateJourney } from '../../functions/update-journey.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { load } from '../../functions/runtime/store.ts';
import { noteWhoIsWho } from '../../functions/runtime/who-is-who.ts';
import { journeyOf } from '../../functions/update-journey/journey-of.ts';
import { envelop } from '../../shared/events.ts';
import { closedPathsOf } from '../../shared/journey/attribution/closing.ts';
import { foldAll } from '../../shared/journey/fold/fold-all.ts';
import { identityRecordSchema } from '../../shared/journey/identity/identity-record.ts';
import { leadIdOf } from '../../shared/journey/lead/lead-id.ts';
import { addDuration, duration } from '../../shared/values.ts';
import { context, dueRecord, eventRecord, ofType, tell } from './harness.ts';
import { agentClaims, send } from './http-call.ts';
import { anna, householdId } from './kitchen.ts';
import { Subscribed } from './subscribed.ts';

const address = `hidden:${'c'.repeat(40)}`;
const leadId = leadIdOf(`email:${address}`);
const theirs = { householdId: undefined, ids: [{ type: 'email', value: address }] };
const asks = { ...theirs, type: 'Newsletter Subscribed', properties: { consent: true } };

let s: Subscribed;
beforeEach(async () => {
  s = await Subscribed.open();
});
afterEach(() => s.close());

const both = (text: string) => ({ de: `${text} (de)`, en: text });
const put = (more: object = {}) =>
  send(journeyApi, {
    ...{ method: 'PUT', path: '/console/campaigns/nurture', claims: agentClaims },
    body: {
      ...{ campaign: 'nurture', name: both('Nurture'), on: true, from: s.world.now, until: addDuration(s.world.now, duration(60, 'days')) },
      ...{ budget: { amountMinor: 100, currency: 'EUR' }, purpose: 'news', reason: both('x'), channels: ['app'], phase: 'information', pieces: [] },
      ...{ controlPercent: 0, outcome: ['order.delivered'] },
      leads: {
        ...{ quietDays: 2, reason: both('because you asked'), channels: ['e-mail'], outcome: 'came-back' },
        pieces: [{ piece: 'welcome', title: both('Welcome'), text: both('This is how it works'), link: 'https://nachschub.example/how' }],
      },
      ...more,
    },
  });
const look = () => tell(runAutomation, dueRecord(keys.lead(leadId), s.world.now));
const addressed = async () => ofType(await s.world.said(), 'lead.addressed');
const theLead = async () => (await load(kinds.lead, keys.lead(leadId)))?.state;
const follow = async () => updateJourney({ Records: await s.news() }, context);

it('reaches them once, where somebody takes it on, and stands with the lead, its story and the figures of the campaign', async () => {
  await s.happen('form-17', asks);
  await follow();
  expect(await put()).toMatchObject({ status: 200 });
  s.world.wait(3, 'days');
  await look();
  // Nobody would hear of it.
  expect(await addressed()).toEqual([]);
  await s.subscribe({ filter: { types: ['lead.addressed'] } });
  for (const _ of [1, 2]) await look();
  const [told, ...more] = await addressed();
  if (told === undefined) throw new Error('expected somebody to be addressed');
  expect(more).toEqual([]);
  await tell(deliverSubscription, eventRecord(told), eventRecord(told));
  const said = { campaign: 'nurture', channel: 'e-mail', titleEn: 'Welcome', textDe: 'This is how it works (de)', reasonEn: 'because you asked' };
  expect(s.said()).toMatchObject([{ type: 'lead.addressed', data: { leadId, ...said, source: 'src_web', messageId: 'form-17' } }]);
  for (const _ of [1, 2]) await tell(recordTouchpoint, eventRecord(told));
  await follow();
  expect((await theLead())?.standing.stage).toBe('addressed');
  s.world.wait(1, 'days');
  await s.happen('click', { ...theirs, type: 'Email Link Clicked', campaign: { name: 'nurture' } });
  await follow();
  await tallyJourneys({ Records: (await s.world.stream('Journeys')).filter(({ dynamodb }) => dynamodb?.Keys?.['sk']?.S === 'LEAD') }, context);
  const page = await send(journeyApi, {
    ...{ method: 'GET', path: `/console/leads/${leadId}`, claims: agentClaims, query: 'reason=calls of today&language=de' },
  });
  expect(page.body).toMatchObject({
    lead: { campaigns: [{ campaign: 'nurture', name: 'Nurture (de)', said: { title: 'Welcome (de)', where: 'E-Mail' } }] },
    story: [{ text: 'Bat um den Newsletter' }, { text: 'Bekam etwas von uns gesagt: „Welcome (de)“' }, { text: 'Folgte einem Link in unserer Post' }],
  });
  const { body } = await send(journeyApi, { method: 'GET', path: '/console/campaigns', claims: agentClaims });
  expect(body).toMatchObject({ campaigns: [{ channels: [], leads: { channels: [{ channel: 'e-mail', reached: 1, answered: 1 }] } }] });
  const tried = await send(journeyApi, {
    ...{ method: 'POST', path: '/console/campaign-previews', claims: agentClaims },
    body: (body['campaigns'] as { campaign: object }[])[0]?.campaign,
  });
  expect(tried).toMatchObject({
    status: 200,
    body: { households: { concerned: 0, pieces: [] }, leads: { of: 1, there: 1, concerned: 1, pieces: [{ piece: 'welcome', get: 1 }] } },
  });
  // What its comparison rests on stays.
  expect(await put({ controlPercent: 5 })).toMatchObject({ status: 409, body: { title: 'begun' } });
});

it('is not handed on after a no, and what reached somebody counts for the household that they become', async () => {
  await s.subscribe({ filter: { types: ['lead.*'] } });
  await s.happen('form-17', asks);
  await follow();
  await put();
  s.world.wait(3, 'days');
  await look();
  const [told] = await addressed();
  if (told === undefined) throw new Error('expected somebody to be addressed');
  await tell(recordTouchpoint, eventRecord(told));
  s.receiver.status = 503;
  await tell(deliverSubscription, eventRecord(told));
  s.world.wait(1, 'hours');
  await s.happen('no', { ...theirs, type: 'Unsubscribed' });
  await follow();
  s.receiver.status = 204;
  s.receiver.heard.length = 0;
  await s.whatIsDue();
  expect(s.said()).toEqual([]);
  expect(await s.log()).toMatchObject([{ type: 'lead.addressed', status: 'abandoned', reason: 'no-consent' }]);

  s.world.wait(1, 'days');
  const [joined] = envelop([{ type: 'member.joined', data: { householdId, memberId: anna } }], {
    ...{ aggregate: `HH#${householdId}/X`, version: 1, time: s.world.now },
  });
  if (joined !== undefined) await tell(recordTouchpoint, eventRecord(joined));
  const email = { node: 'id', type: 'email', value: address };
  const link = {
    record: 'link',
    recordId: 'who',
    at: s.world.now,
    from: { node: 'id', type: 'userId', value: anna },
    to: email,
    evidence: { kind: 'said', source: 'src_web' },
  };
  await noteWhoIsWho([identityRecordSchema.parse(link)]);
  s.world.wait(1, 'days');
  await s.happen('order', { type: 'order.placed', initiator: 'automation', channel: 'retailer', phase: 'closing', orderId: 'ord_one' });
  await follow();
  const { days } = foldAll(await journeyOf(householdId));
  const steps = Object.values(closedPathsOf(days)).flatMap((paths) => paths.flatMap((path) => path.steps));
  expect(steps).toContainEqual(expect.objectContaining({ channel: 'e-mail@company', campaign: 'nurture' }));
});
