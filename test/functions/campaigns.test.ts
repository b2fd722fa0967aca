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

  it('is nobody’s to change but the company’s own people, and each under its own name', async () => {
    expect(await put(campaign(), '/console/campaigns/autumn', memberClaims(anna))).toMatchObject({ status: 403 });
    expect(await put(campaign(), '/console/campaigns/spring')).toMatchObject({ status: 400, body: { title: 'other-name' } });
    expect(await put({ costs: [{ day: '2026-03-01', channel: 'app', minor: 1 }] }, '/console/campaigns/none/costs')).toMatchObject({ status: 404 });
  });
});
