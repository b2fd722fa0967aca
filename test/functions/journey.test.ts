import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as recordTouchpoint } from '../../functions/record-touchpoint.ts';
import { handler as runAutomation } from '../../functions/run-automation.ts';
import { handler as updateJourney } from '../../functions/update-journey.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { list, load } from '../../functions/runtime/store.ts';
import { envelop, type DomainEvent } from '../../shared/events.ts';
import { facts, orderId } from '../shared/order/order-examples.ts';
import { START } from '../shared/supply/milk.ts';
import { context, dueRecord, eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { furnish, householdId } from './kitchen.ts';

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
  const path = keys.automation(householdId, `unanswered-approval#${orderId}`);
  const status = async () => (await load(kinds.automation, path))?.state.status;
  const due = () => tell(runAutomation, dueRecord(path, world.now));
  const reminders = async () => ofType(await world.said(), 'action.recommended').map(({ data }) => [data.action, data.orderId]);

  it('comes once, at half of the time, however often it is told', async () => {
    await tell(runAutomation, said(facts.asked, 2), said(facts.asked, 2));
    await due();
    expect([await status(), await reminders()]).toEqual(['waiting', []]);
    world.wait(20, 'hours');
    await due();
    await due();
    await tell(runAutomation, said(facts.asked, 2));
    expect([await status(), await reminders()]).toEqual(['acted', [['remind-of-approval', orderId]]]);
  });

  it.each([
    ['the question', [facts.asked, facts.approved]],
    ['the answer', [facts.approved, facts.asked]],
  ])('does not come after an answer, when %s is heard first', async (_, events) => {
    for (const event of events) await tell(runAutomation, said(event, event === facts.asked ? 2 : 3));
    world.wait(20, 'hours');
    await due();
    expect([await status(), await reminders()]).toEqual(['left', []]);
  });
});
