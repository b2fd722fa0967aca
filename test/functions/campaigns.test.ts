/** A campaign from the console to the message in a household's app, the touchpoint that it leaves, and what is counted of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as journeyApi } from '../../functions/journey-api.ts';
import { handler as recordTouchpoint } from '../../functions/record-touchpoint.ts';
import { handler as runAutomation } from '../../functions/run-automation.ts';
import { handler as tallyJourneys } from '../../functions/tally-journeys.ts';
import { handler as updateJourney } from '../../functions/update-journey.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce, list, load } from '../../functions/runtime/store.ts';
import { envelop } from '../../shared/events.ts';
import { armOf } from '../../shared/journey/experiment/experiment.ts';
import { dayTracesSchema } from '../../shared/journey/fold/traces.ts';
import { newSummary } from '../../shared/journey/fold/summary.ts';
import { newStanding } from '../../shared/journey/standing/standing.ts';
import { addDuration, duration } from '../../shared/values.ts';
import { context, dueRecord, eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { agentClaims, memberClaims, send } from './http-call.ts';
import { anna, furnish, householdId } from './kitchen.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  world.wait(6, 'hours');
  await furnish();
  await createOnce(kinds.journey, keys.journey(householdId), newSummary(householdId));
  await createOnce(kinds.standing, keys.standing(householdId), { ...newStanding(householdId), lookAgainAt: world.now });
});
afterEach(() => world.close());

const both = (text: string) => ({ de: `${text} (de)`, en: text });
const campaign = (more: object = {}) => ({
  ...{
    campaign: 'autumn',
    name: both('Autumn'),
    on: true,
    from: addDuration(world.now, duration(-1, 'days')),
    until: addDuration(world.now, duration(20, 'days')),
  },
  ...{
    budget: { amountMinor: 10_000, currency: 'EUR' },
    purpose: 'suggestion',
    reason: both('because you have a fridge'),
    channels: ['app'],
    phase: 'loyalty',
  },
  ...{ pieces: [{ piece: 'fridges', for: { devices: ['fridge'] }, title: both('Fresh'), text: both('New in autumn'), link: '/app/' }] },
  ...{ controlPercent: 0, outcome: ['outreach.opened'], ...more },
});
const put = (body: object, path = '/console/campaigns/autumn', claims: Record<string, string> = agentClaims) =>
  send(journeyApi, { method: 'PUT', path, claims, body });
const night = () => tell(runAutomation, dueRecord(keys.standing(householdId), world.now));
const sent = async () => ofType(await world.said(), 'outreach.sent').filter(({ data }) => data.kind === 'autumn');
async function count(): Promise<void> {
  const isOf = (beginnings: readonly string[]) => async () =>
    (await world.stream('Journeys')).filter(
      ({ eventName, dynamodb }) => eventName !== 'REMOVE' && beginnings.some((one) => dynamodb?.Keys?.['sk']?.S?.startsWith(one) === true),
    );
  await updateJourney({ Records: (await isOf(['TP#'])()).filter(({ eventName }) => eventName === 'INSERT') }, context);
  await tallyJourneys({ Records: await isOf(['DAY#', 'EXPOSURE#'])() }, context);
}
const theCampaign = async () => {
  const { body } = await send(journeyApi, { method: 'GET', path: '/console/campaigns', claims: agentClaims });
  return (body['campaigns'] as { channels: unknown; spentMinor: number; running: boolean }[])[0];
};

describe('a campaign', () => {
  it('reaches whom it concerns once, leaves a touchpoint with its name, and counts who was reached and who answered', async () => {
    expect(await put(campaign())).toMatchObject({ status: 200 });
    await night();
    world.wait(1, 'days');
    await night();
    const [told, ...more] = await sent();
    if (told === undefined) throw new Error('expected a message');
    expect([more, told.data]).toMatchObject([[], { householdId, channel: 'app', phase: 'loyalty' }]);
    expect((await load(kinds.outreach, keys.outreach(householdId)))?.state.reached).toMatchObject([{ words: { en: { title: 'Fresh' } }, link: '/app/' }]);
    const [opened] = envelop([{ type: 'outreach.opened', data: { householdId, reachId: told.data.reachId, kind: 'autumn', memberId: anna } }], {
      ...{ aggregate: `HH#${householdId}/OUTREACH`, version: 9, time: world.now },
    });
    if (opened === undefined) throw new Error('expected an event');
    for (const event of [told, opened, told]) await tell(recordTouchpoint, eventRecord(event));
    const touchpoints = (await list(kinds.touchpoint, `HH#${householdId}`, 'TP#')).map(({ state }) => [state.type, state.campaign?.name]);
    expect(touchpoints.sort()).toEqual([
      ['outreach.opened', 'autumn'],
      ['outreach.sent', 'autumn'],
    ]);
    await count();
    await put({ costs: [{ day: world.now.slice(0, 10), channel: 'app', minor: 250 }] }, '/console/campaigns/autumn/costs');
    expect(await theCampaign()).toMatchObject({
      ...{ running: true, spentMinor: 250 },
      channels: [{ channel: 'app', reached: 1, answered: 1, costMinor: 250, perReached: 250, perAnswer: 250 }],
    });
  });

  it('says nothing when it is off, over, used up, meant for others, or for the control; and the control is counted', async () => {
    for (const more of [
      { on: false },
      { until: world.now, from: addDuration(world.now, duration(-2, 'days')) },
      { pieces: [{ piece: 'tv', for: { devices: ['tv'] }, title: both('x'), text: both('x') }] },
      { audience: { count: ['order.delivered'], atLeast: 1 } },
    ]) {
      await put(campaign(more));
      await night();
    }
    await put(campaign());
    await put({ costs: [{ day: '2026-03-01', channel: 'app', minor: 10_000 }] }, '/console/campaigns/autumn/costs');
    await night();
    expect([await sent(), await theCampaign()]).toMatchObject([[], { running: false }]);
    await put({ costs: [{ day: '2026-03-01', channel: 'app', minor: 0 }] }, '/console/campaigns/autumn/costs');
    // Half of all households are in the control: a name under which this one is.
    const found = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
      .map((letter) => `autumn-${letter}`)
      .find(
        (name) =>
          armOf(
            {
              experiment: `campaign-${name}`,
              arms: [
                { arm: 'control', share: 50 },
                { arm: 'addressed', share: 50 },
              ],
            },
            householdId,
          ) === 'control',
      );
    if (found === undefined) throw new Error('expected one of eight names to put the household in the control');
    const id = found;
    await put(campaign({ on: false }));
    await put({ ...campaign({ controlPercent: 50 }), campaign: id }, `/console/campaigns/${id}`);
    await night();
    expect(ofType(await world.said(), 'outreach.sent').filter(({ data }) => data.kind === id)).toEqual([]);
    expect((await load(kinds.exposure, keys.exposure(householdId, `campaign-${id}`, 0)))?.state.arm).toBe('control');
  });

  it('takes costs from a file line by line, the same file twice like once, and sets them against orders', async () => {
    await put(campaign());
    const day = world.now.slice(0, 10);
    const csv = `channel,from,to,costMinor,currency,campaign\napp,${day},${day},1001,EUR,autumn\nweb,${day},${day},500,EUR,\napp,${day},${day},7,EUR,spring\n`;
    const bring = (claims: Record<string, string> = agentClaims) =>
      send(journeyApi, { method: 'POST', path: '/console/campaign-costs', claims, body: { csv } });
    expect(await bring(memberClaims(anna))).toMatchObject({ status: 403 });
    const taken = { status: 200, body: { taken: 2, costMinor: 1501, faults: [{ line: 4, because: 'campaign' }] } };
    expect([await bring(), await bring()]).toMatchObject([taken, taken]);
    const month = day.slice(0, 7);
    const asked = { method: 'GET', path: '/console/campaign-costs', claims: agentClaims, query: `from=${month}&to=${month}` } as const;
    const { body } = await send(journeyApi, asked);
    expect(body).toMatchObject({ costMinor: 1501 });
    expect((body['models'] as unknown[])[2]).toMatchObject({
      channels: [
        { channel: 'app', costMinor: 1001, orders: 0 },
        { channel: 'web', costMinor: 500 },
      ],
      campaigns: [{ campaign: 'autumn', costMinor: 1001, channels: [{ channel: 'app' }] }],
    });
  });

  it('is steered to another channel, and each household that answered there afterwards is counted once both fortnights are over', async () => {
    await put(campaign({ channels: ['e-mail', 'app'] }));
    const steer = (from: string) =>
      send(journeyApi, { method: 'POST', path: '/console/campaigns/autumn/steering', claims: agentClaims, body: { from, to: 'app' } });
    expect([await steer('tv'), await steer('e-mail')]).toMatchObject([{ status: 409 }, { status: 200, body: { campaign: { channels: ['app', 'e-mail'] } } }]);
    const answer = async (id: string, days: number, channel: string) => {
      const at = addDuration(world.now, duration(days, 'days'));
      const traces = { [id]: { at, type: 'Product Viewed', channel, initiator: 'customer', phase: 'information', campaign: 'autumn' } };
      const kept = dayTracesSchema.parse({ householdId, day: at.slice(0, 10), traces });
      await createOnce(kinds.dayTraces, keys.dayTraces(householdId, at.slice(0, 10)), kept);
    };
    await answer('0000000000000001', -20, 'e-mail');
    await answer('0000000000000002', 2, 'app');
    world.wait(10, 'days');
    await night();
    expect(await list(kinds.exposure, `HH#${householdId}`, 'EXPOSURE#steered')).toEqual([]);
    world.wait(7, 'days');
    for (const _ of [1, 2]) await night();
    await count();
    expect(await theCampaign()).toMatchObject({
      migration: { moved: { households: 1, before: 0, after: 0 }, stayed: { households: 0 }, verdict: 'not-enough-yet' },
    });
  });

  it('is nobody’s to change but the company’s own people, and each under its own name', async () => {
    expect(await put(campaign(), '/console/campaigns/autumn', memberClaims(anna))).toMatchObject({ status: 403 });
    expect(await put(campaign(), '/console/campaigns/spring')).toMatchObject({ status: 400, body: { title: 'other-name' } });
    expect(await put({ costs: [{ day: '2026-03-01', channel: 'app', minor: 1 }] }, '/console/campaigns/none/costs')).toMatchObject({ status: 404 });
  });
});
