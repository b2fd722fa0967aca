import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as recordTouchpoint } from '../../functions/record-touchpoint.ts';
import { handler as runAutomation } from '../../functions/run-automation.ts';
import { handler as updateJourney } from '../../functions/update-journey.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { list, load } from '../../functions/runtime/store.ts';
import { dryRunOf } from '../../shared/journey/conversion-path/dry-run.ts';
import { pastOf } from '../../shared/journey/conversion-path/past.ts';
import { shippedPaths } from '../../shared/journey/conversion-path/shipped-paths.ts';
import { envelop, type DomainEvent } from '../../shared/events.ts';
import { facts, orderId } from '../shared/order/order-examples.ts';
import { START } from '../shared/supply/milk.ts';
import { context, dueRecord, eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { furnish, household, householdId } from './kitchen.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await furnish();
});
afterEach(() => world.close());

/** An event as the order's item said it in this version. */
const said = (event: DomainEvent, version: number) => {
  const [one] = envelop([event], { aggregate: `HH#${householdId}/ORDER#${orderId}`, version, time: world.now });
  if (one === undefined) throw new Error('expected an event');
  return eventRecord(one);
};
const touchpoints = async () => (await list(kinds.touchpoint, `HH#${householdId}`, 'TP#')).map(({ state }) => state);
const inserted = async () => (await world.stream('Journeys')).filter(({ dynamodb }) => dynamodb?.Keys?.['sk']?.S?.startsWith('TP#'));
const journey = () => load(kinds.journey, keys.journey(householdId));
const standing = () => load(kinds.standing, keys.standing(householdId));

describe('touchpoints', () => {
  it('are made of events, each once, in their own time and not in that of their arrival', async () => {
    const records = [said(facts.proposed, 1), said(facts.approvedByMandate, 2)];
    await tell(recordTouchpoint, ...records);
    world.wait(2, 'hours');
    await tell(recordTouchpoint, ...records.reverse());
    const found = await touchpoints();
    expect(found.map(({ type, at, receivedAt }) => [type, at, receivedAt]).sort()).toEqual([
      ['order.approved', START, START],
      ['order.proposed', START, START],
    ]);
    expect(found.find(({ type }) => type === 'order.approved')).toMatchObject({ initiator: 'automation', orderId });
  });

  it('change the summary once, however often their batch is read', async () => {
    await tell(recordTouchpoint, said(facts.proposed, 1), said(facts.approvedByMandate, 2), said(facts.delivered, 3));
    const batch = { Records: await inserted() };
    expect(await updateJourney(batch, context)).toEqual({ batchItemFailures: [] });
    const first = [await journey(), await standing()];
    const [summary] = first;
    const row = { touchpoints: 3, types: { '-': { 'order.approved@automation': 1, 'order.delivered@company': 1 } }, spentMinor: { '-': 766 } };
    expect(summary?.state).toMatchObject({ days: { '2026-03-02': row }, months: { '2026-03': row } });
    const events = await world.said();
    await updateJourney({ Records: batch.Records.slice(1) }, context);
    await updateJourney(batch, context);
    expect([await journey(), await standing()]).toEqual(first);
    expect(await world.said()).toEqual(events);
  });
});

describe('the reminder of an unanswered approval', () => {
  const path = keys.conversionPath(householdId, 'unanswered-approval', orderId);
  const end = async () => (await load(kinds.conversionPath, path))?.state.runs.map((run) => run.end?.how);
  const due = () => tell(runAutomation, dueRecord(path, world.now));
  const reminders = async () => ofType(await world.said(), 'outreach.sent').map(({ data }) => [data.kind, data.orderId, data.channel]);
  const hear = async (...records: ReturnType<typeof said>[]) => {
    await tell(recordTouchpoint, ...records);
    await updateJourney({ Records: await inserted() }, context);
  };

  it('comes once, at half of the time, however often it is told', async () => {
    await hear(said(facts.asked, 2), said(facts.asked, 2));
    await due();
    expect([await end(), await reminders()]).toEqual([[undefined], []]);
    for (let hour = 0; hour < 30; hour += 1) {
      world.wait(1, 'hours');
      await due();
    }
    await hear(said(facts.asked, 2));
    expect(await reminders()).toEqual([['unanswered-approval', orderId, 'app']]);
  });

  it.each([
    ['the question', [facts.asked, facts.approved]],
    ['the answer', [facts.approved, facts.asked]],
  ])('does not come after an answer, when %s is heard first', async (_, events) => {
    for (const event of events) await hear(said(event, event === facts.asked ? 2 : 3));
    world.wait(20, 'hours');
    await due();
    expect([await end(), await reminders()]).toEqual([['success'], []]);
  });

  it('does not come after an answer that the journey has recorded and the path has not been told of', async () => {
    await hear(said(facts.asked, 2));
    await tell(recordTouchpoint, said(facts.approved, 3));
    world.wait(20, 'hours');
    await due();
    expect([await end(), await reminders()]).toEqual([['success'], []]);
  });

  it('is what the dry run over the same touchpoints says', async () => {
    await hear(said(facts.asked, 2));
    for (let hour = 0; hour < 48; hour += 1) {
      world.wait(1, 'hours');
      await due();
    }
    const [definition] = shippedPaths.filter((one) => one.path === 'unanswered-approval');
    if (definition === undefined) throw new Error('expected the path');
    const held = {
      ...{ household, members: (await list(kinds.member, `HH#${householdId}`, 'MEMBER#')).map(({ state }) => state), devices: [], privacy: undefined },
      ...{
        outreach: undefined,
        touchpoints: (await touchpoints()).filter(({ source }) => source === 'events'),
        rules: {},
        isLeftAlone: false,
        facts: () => ({}),
      },
    };
    const { steps } = await dryRunOf(definition, pastOf(definition, held), { from: START, to: world.now });
    const would = steps.filter(({ what }) => what === 'sent').map(({ channel, at }) => [channel, at.slice(0, 13)]);
    const did = ofType(await world.said(), 'outreach.sent').map(({ data, time }) => [data.channel, time.slice(0, 13)]);
    expect(would).toEqual(did);
    expect(did).toHaveLength(1);
  });
});
