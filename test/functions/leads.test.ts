/** Leads over the real store: asked in a browser before any sign-up, followed by the stream, listed, handed to sales, won, taken back, forgotten. */
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { forgetWhoIsWho } from '../../functions/erase-household/forget-who-is-who.ts';
import { handler as collectTouchpoints } from '../../functions/collect-touchpoints.ts';
import { handler as householdApi } from '../../functions/household-api.ts';
import { handler as journeyApi } from '../../functions/journey-api.ts';
import { handler as recordTouchpoint } from '../../functions/record-touchpoint.ts';
import { handler as runAutomation } from '../../functions/run-automation.ts';
import { handler as tallyJourneys } from '../../functions/tally-journeys.ts';
import { handler as updateJourney } from '../../functions/update-journey.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { LEADS, LEAD_PARTS } from '../../functions/runtime/company-partitions.ts';
import { list, load } from '../../functions/runtime/store.ts';
import { noteWhoIsWho } from '../../functions/runtime/who-is-who.ts';
import { envelop } from '../../shared/events.ts';
import { identityRecordSchema } from '../../shared/journey/identity/identity-record.ts';
import { leadIdSchema, type LeadId } from '../../shared/journey/lead/lead-id.ts';
import { context, dueRecord, eventRecord, openWorld, tell, type World } from './harness.ts';
import { agentClaims, memberClaims, send } from './http-call.ts';
import { anna, furnish, householdId } from './kitchen.ts';
import { basicAuth, openSource, type OpenedSource } from './write-key.ts';

let world: World;
let site: OpenedSource;
let told = 0;
let sent = 0;
beforeAll(async () => {
  world = await openWorld();
  await furnish();
  site = await openSource('src_website', { channel: 'web', initiator: 'customer', phase: 'information' });
  told = (await world.stream('Journeys')).length;
});
afterAll(() => world.close());

/** What the stream says since the last time reaches both functions; twice, as it may. */
async function follow(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    const records = (await world.stream('Journeys')).slice(told);
    told += records.length;
    const skOf = ({ dynamodb }: DynamoDBRecord) => dynamodb?.Keys?.['sk']?.S ?? '';
    const came = records.filter(
      (one) => (one.eventName === 'INSERT' && skOf(one).startsWith('TP#')) || (skOf(one) === 'CIRCLE' && one.dynamodb?.NewImage !== undefined),
    );
    const leads = records.filter((one) => skOf(one) === 'LEAD');
    for (let times = 0; times < 2; times += 1) {
      if (came.length > 0) await updateJourney({ Records: came }, context);
      if (leads.length > 0) await tallyJourneys({ Records: leads }, context);
    }
  }
}
const collect = async (...messages: object[]) => {
  const batch = messages.map((message) => ({ messageId: `m-${(sent += 1)}`, timestamp: world.now, ...message }));
  const { status, body } = await send(collectTouchpoints, {
    method: 'POST',
    path: '/v1/batch',
    headers: basicAuth(site.writeKey),
    body: { batch, sentAt: world.now },
  });
  expect([status, body['refused']]).toEqual([200, []]);
  await follow();
};
const browser = { anonymousId: 'visitor-7' };
const email = 'vera@example.org';
const asks = { type: 'track', event: 'Newsletter Subscribed', ...browser, context: { traits: { email } }, properties: { consent: true, device: 'fridge' } };
const entries = async () =>
  (await Promise.all(Array.from({ length: LEAD_PARTS }, (_, part) => list(kinds.leadEntry, `${LEADS}${part}`, LEADS)))).flat().map(({ state }) => state);
const leadOf = async (leadId: LeadId) => (await load(kinds.lead, keys.lead(leadId)))?.state;
const console_ = (method: string, path: string, more: { body?: unknown; query?: string } = {}, claims: Record<string, string> = agentClaims) =>
  send(journeyApi, { method, path, claims, ...more });
let leadId: LeadId;

describe('somebody without a household', () => {
  it('becomes a lead with a yes, together with what they did in this browser before, and is listed', async () => {
    await collect({ type: 'page', name: 'Prices', ...browser }, { type: 'identify', ...browser, traits: { email } });
    expect(await entries()).toEqual([]);
    world.wait(1, 'hours');
    await collect(asks);
    const [entry] = await entries();
    leadId = leadIdSchema.parse(entry?.leadId);
    expect(entry).toMatchObject({ stage: 'generated', points: 30 });
    expect(JSON.stringify(await leadOf(leadId))).not.toContain('vera');
    world.wait(1, 'days');
    await collect({ type: 'track', event: 'Email Delivered', ...browser, context: { channel: 'e-mail', traits: { email } } });
    world.wait(1, 'days');
    await collect(
      { type: 'page', name: 'Fridges', ...browser },
      { type: 'track', event: 'Product Viewed', ...browser, properties: { product: 'fridge-sensor' } },
    );
    expect((await entries()).map(({ stage }) => stage)).toEqual(['nurtured']);
    expect(Object.keys((await leadOf(leadId))?.touches ?? {})).toHaveLength(6);
  });

  it('is shown to staff who say why, with its story, and handed to sales', async () => {
    const report = await console_('GET', '/console/leads');
    expect(report.body).toMatchObject({
      stages: [{ stage: 'generated', leads: 0 }, { stage: 'addressed', leads: 0 }, { stage: 'nurtured', leads: 1 }, {}, {}, {}],
    });
    expect((await console_('POST', '/console/leads/lists', { body: { reason: 'x' } })).status).toBe(400);
    const listed = await console_('POST', '/console/leads/lists', { body: { stage: 'nurtured', reason: 'calls of this morning', language: 'de' } });
    expect(listed.body).toMatchObject({ leads: [{ leadId, stage: 'nurtured', why: 'kam wieder, nachdem wir geantwortet hatten' }] });
    const page = await console_('GET', `/console/leads/${leadId}`, { query: 'reason=calls of this morning&language=en' });
    expect(page.body).toMatchObject({ lead: { stage: 'nurtured' } });
    const story = (page.body as { story: { text: string }[] }).story.map(({ text }) => text);
    expect(story).toEqual([
      ...['Looked at the page “Prices”', 'Said who it is', 'Asked for the newsletter', 'Got mail from us', 'Looked at the page “Fridges”'],
      'Looked at a product: “fridge-sensor”',
    ]);
    const handed = await console_('POST', `/console/leads/${leadId}/decisions`, { body: { decision: 'hand-over', reason: 'wants a call', language: 'en' } });
    expect(handed.body).toMatchObject({ lead: { stage: 'handed-over', why: 'handed over: wants a call' } });
    await follow();
    expect((await entries()).map(({ stage }) => stage)).toEqual(['handed-over']);
    const looks = await list(kinds.leadLook, keys.lead(leadId).pk, 'LEAD-AUDIT#');
    expect(looks.map(({ state }) => [state.kind, state.reason]).sort()).toEqual([
      ['handed-over', 'wants a call'],
      ['listed', 'nurtured: calls of this morning'],
      ['page', 'calls of this morning'],
    ]);
    expect((await console_('GET', '/console/leads', {}, memberClaims('mem_anna'))).status).toBe(403);
  });

  it('is won with the household that they become, and a lead again when that was wrong', async () => {
    world.wait(1, 'days');
    const [joined] = envelop([{ type: 'member.joined', data: { householdId, memberId: anna } }], {
      aggregate: `HH#${householdId}/X`,
      version: 1,
      time: world.now,
    });
    if (joined === undefined) throw new Error('expected an event');
    await tell(recordTouchpoint, eventRecord(joined));
    world.wait(1, 'hours');
    await collect({ type: 'identify', ...browser, userId: anna, traits: { email } });
    expect(await leadOf(leadId)).toMatchObject({ standing: { stage: 'won', won: { householdId } } });
    // They take it home, without a word of who of us looked.
    const { body: copy } = await send(householdApi, { method: 'GET', path: `/households/${householdId}/export`, claims: memberClaims(anna) });
    const held = z
      .object({ entries: z.array(z.looseObject({ kind: z.string() })) })
      .parse(copy)
      .entries.filter(({ kind }) => kind.startsWith('lead'));
    expect(held.map(({ kind }) => kind).sort()).toEqual(['lead', 'leadLook', 'leadLook', 'leadLook']);
    expect(JSON.stringify(held)).not.toContain('staff_');
    const mail = (await leadOf(leadId))?.contacts[0]?.split(':').slice(1).join(':') ?? '';
    const ends = { from: { node: 'id', type: 'userId', value: anna } };
    world.wait(1, 'hours');
    const unlink = (to: object) =>
      identityRecordSchema.parse({ record: 'unlink', recordId: `undo ${JSON.stringify(to)}`.slice(0, 100), at: world.now, ...ends, to });
    await noteWhoIsWho([unlink({ node: 'id', type: 'email', value: mail }), unlink({ node: 'id', type: 'anonymousId', value: browser.anonymousId })]);
    await follow();
    expect((await leadOf(leadId))?.standing.stage).toBe('handed-over');
    expect((await entries()).map(({ stage }) => stage)).toEqual(['handed-over']);
  });

  it('is lost when nothing is heard for long, is told to nobody after a no, and leaves nothing when forgotten', async () => {
    world.wait(70, 'days');
    await tell(runAutomation, dueRecord(keys.lead(leadId), world.now));
    await follow();
    expect((await leadOf(leadId))?.standing).toMatchObject({ stage: 'lost', lost: { reason: 'silent' } });
    await collect({ type: 'track', event: 'Unsubscribed', context: { traits: { email } } });
    expect((await leadOf(leadId))?.standing).toMatchObject({ stage: 'lost', lost: { reason: 'said-no' }, consent: 'withdrawn' });
    expect((await console_('GET', '/console/leads')).body).toMatchObject({ stages: [{}, {}, {}, {}, {}, { stage: 'lost', leads: 1 }] });
    await forgetWhoIsWho(householdId);
    await follow();
    expect([await leadOf(leadId), await entries()]).toEqual([undefined, []]);
  });

  it('is forgotten when they ask for it, with what they did and whose it was', async () => {
    const other = { anonymousId: 'visitor-8', context: { traits: { email: 'omar@example.org' } } };
    await collect({ type: 'identify', ...other, traits: other.context.traits }, { type: 'track', event: 'Callback Requested', ...other });
    const [entry] = await entries();
    const at = `/console/leads/${leadIdSchema.parse(entry?.leadId)}`;
    expect((await console_('DELETE', at, { query: 'reason=asked for it by mail' })).body).toEqual({ forgotten: true });
    await follow();
    expect((await console_('GET', at, { query: 'reason=is it gone' })).status).toBe(404);
    expect(await entries()).toEqual([]);
    for (const pk of [`ANON#${other.anonymousId}`, keys.lead(leadIdSchema.parse(entry?.leadId)).pk])
      expect(await list(kinds.touchpoint, pk, 'TP#')).toEqual([]);
  });
});
