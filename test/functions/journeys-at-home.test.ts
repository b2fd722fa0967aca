/** Whose a touchpoint is becomes known late, and may be taken back: over the real store, by its stream. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetWhoIsWho } from '../../functions/erase-household/forget-who-is-who.ts';
import { handler as journeyApi } from '../../functions/journey-api.ts';
import { handler as recordTouchpoint } from '../../functions/record-touchpoint.ts';
import { handler as updateJourney } from '../../functions/update-journey.ts';
import { readFolded } from '../../functions/update-journey/refold.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce, list, load } from '../../functions/runtime/store.ts';
import { knownAround, noteWhoIsWho } from '../../functions/runtime/who-is-who.ts';
import { envelop, type DomainEvent } from '../../shared/events.ts';
import { digest } from '../../shared/digest.ts';
import { identityRecordSchema } from '../../shared/journey/identity/identity-record.ts';
import { touchpointSchema } from '../../shared/journey/touchpoint.ts';
import { householdIdSchema, thingNameSchema } from '../../shared/values.ts';
import { context, eventRecord, openWorld, tell, type World } from './harness.ts';
import { agentClaims, send } from './http-call.ts';
import { anna, furnish, householdId } from './kitchen.ts';

let world: World;
let told = 0;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
  told = (await world.stream('Journeys')).length;
});
afterEach(() => world.close());

/** What the stream says since the last time. */
async function follow(): Promise<void> {
  const records = await world.stream('Journeys');
  const news = records.slice(told).filter(({ eventName, dynamodb }) => {
    const sk = dynamodb?.Keys?.['sk']?.S ?? '';
    return (eventName === 'INSERT' && sk.startsWith('TP#')) || (sk === 'CIRCLE' && dynamodb?.NewImage !== undefined);
  });
  told = records.length;
  if (news.length > 0) await updateJourney({ Records: news }, context);
}

const visit = async (name: string, who: object) => {
  const state = touchpointSchema.parse({
    ...{ touchpointId: `tp_${digest(name)}`, source: 'web', messageId: name, type: 'page', channel: 'web', initiator: 'customer', phase: 'information' },
    ...{ at: world.now, receivedAt: world.now, ...who },
  });
  await createOnce(kinds.touchpoint, keys.touchpoint(state), state);
  await follow();
  return state;
};
const browser = { ids: [{ type: 'anonymousId', value: 'visitor-1' }] };
const note = async (record: object) => {
  await noteWhoIsWho([identityRecordSchema.parse({ recordId: `${world.now} ${JSON.stringify(record)}`.slice(0, 100), at: world.now, ...record })]);
  await follow();
};
const said = (event: DomainEvent, version: number) => {
  const [one] = envelop([event], { aggregate: `HH#${householdId}/X`, version, time: world.now });
  if (one === undefined) throw new Error('expected an event');
  return eventRecord(one);
};
const summary = async (of = householdId) => (await load(kinds.journey, keys.journey(of)))?.state;
const link = { record: 'link', from: { node: 'id', type: 'userId', value: 'mem_anna' }, to: { node: 'id', type: 'anonymousId', value: 'visitor-1' } };

describe('visits before the sign-up', () => {
  it('belong to the household once it is known whose they were, in their own time, and leave it without a trace when that was wrong', async () => {
    await visit('before', browser);
    expect(await summary()).toBeUndefined();
    world.wait(5, 'days');
    await tell(recordTouchpoint, said({ type: 'member.joined', data: { householdId, memberId: anna } }, 1));
    await follow();
    const alone = [await summary(), await readFolded(householdId)];
    await note({ ...link, evidence: { kind: 'said', source: 'web' } });
    expect(Object.keys((await summary())?.days ?? {})).toEqual(['2026-03-02', '2026-03-07']);
    await visit('after', browser);
    expect((await summary())?.days['2026-03-07']?.touchpoints).toBe(2);
    // What stands in its own partition is never rewritten.
    expect(await list(kinds.touchpoint, 'ANON#visitor-1', 'TP#')).toHaveLength(2);

    world.wait(1, 'hours');
    await note({ ...link, record: 'unlink' });
    const after = [await summary(), await readFolded(householdId)];
    expect(after[0]).toEqual(alone[0]);
    expect({ days: { '2026-03-02': {} }, ...after[1] }).toMatchObject({ processes: { ...(alone[1] as { processes: object }).processes } });
    expect((await readFolded(householdId)).days['2026-03-02']).toEqual({});
  });

  it('stay nobody’s household’s while two people use the browser', async () => {
    await tell(recordTouchpoint, said({ type: 'member.joined', data: { householdId, memberId: anna } }, 1));
    await note({ ...link, evidence: { kind: 'said', source: 'web' } });
    await visit('shared', browser);
    expect((await summary())?.days['2026-03-02']?.channels['web']).toBe(1);
    world.wait(1, 'minutes');
    await note({ ...link, from: { node: 'id', type: 'userId', value: 'somebody-else' }, evidence: { kind: 'said', source: 'web' } });
    expect((await summary())?.days['2026-03-02']?.channels['web']).toBeUndefined();
  });
});

it('a second-hand TV is its first household’s until it is another’s', async () => {
  const second = householdIdSchema.parse('hh_second');
  const thing = thingNameSchema.parse('tv-used');
  const added = (of: typeof householdId, version: number) => said({ type: 'device.added', data: { householdId: of, thing, deviceType: 'tv' } }, version);
  await tell(recordTouchpoint, added(householdId, 1));
  await follow();
  world.wait(1, 'days');
  await visit('mine', { thing });
  world.wait(1, 'days');
  await tell(recordTouchpoint, added(second, 2));
  await follow();
  world.wait(1, 'days');
  await visit('theirs', { thing });
  expect(Object.keys((await summary())?.days ?? {})).toEqual(['2026-03-02', '2026-03-03']);
  expect(Object.keys((await summary(second))?.days ?? {})).toEqual(['2026-03-04', '2026-03-05']);
});

describe('somebody of ours', () => {
  const at = `/console/households/${householdId}/identity`;
  const reason = { purpose: 'call', reason: 'they are one family' };
  const decide = (body: object) => send(journeyApi, { method: 'POST', path: at, claims: agentClaims, body: { ...reason, ...body } });
  const second = householdIdSchema.parse('hh_second');
  const both = { from: { node: 'household', householdId }, to: { node: 'household', householdId: second } };

  it('sees what would change hands, decides it, and takes it back', async () => {
    const stored = await load(kinds.household, keys.household(householdId));
    if (stored === undefined) throw new Error('expected a household');
    await createOnce(kinds.household, keys.household(second), { ...stored.state, householdId: second });
    await visit('first', { householdId });
    await visit('second', { householdId: second });
    const before = [await summary(), await summary(second)];
    expect(before.map((one) => one?.days['2026-03-02']?.touchpoints)).toEqual([1, 1]);
    const seen = await decide({ decision: 'link', ...both, preview: true });
    expect(seen).toMatchObject({ status: 200, body: { decided: false, changing: 1, changes: [{ before: { householdId: second }, after: { householdId } }] } });
    await follow();
    expect(await summary(second)).toEqual(before[1]);
    expect((await decide({ decision: 'link', ...both, preview: false })).body).toMatchObject({ decided: true });
    await follow();
    expect([await summary(), await summary(second)].map((one) => one?.days['2026-03-02']?.touchpoints)).toEqual([2, undefined]);
    world.wait(1, 'hours');
    await decide({ decision: 'unlink', ...both, preview: false });
    await follow();
    expect([await summary(), await summary(second)]).toEqual(before);
  });

  it('names why, and households that there are', async () => {
    const { purpose: _, ...none } = reason;
    expect(
      (await send(journeyApi, { method: 'POST', path: at, claims: agentClaims, body: { ...none, decision: 'link', ...both, preview: true } })).status,
    ).toBe(400);
    expect((await decide({ decision: 'link', ...both, preview: true })).status).toBe(404);
    expect((await send(journeyApi, { method: 'GET', path: at, query: 'purpose=call&reason=they+ask', claims: agentClaims })).body).toMatchObject({
      members: [],
    });
  });
});

it('an erased household takes along what its people did elsewhere, and leaves no way to it', async () => {
  await tell(recordTouchpoint, said({ type: 'member.joined', data: { householdId, memberId: anna } }, 1));
  await note({ ...link, evidence: { kind: 'said', source: 'web' } });
  await visit('before', browser);
  await forgetWhoIsWho(householdId);
  await forgetWhoIsWho(householdId);
  expect(await list(kinds.touchpoint, 'ANON#visitor-1', 'TP#')).toEqual([]);
  expect(await knownAround([`household:${householdId}`, 'anonymousId:visitor-1', 'userId:mem_anna'])).toEqual([]);
});
