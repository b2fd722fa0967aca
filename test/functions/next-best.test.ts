/** The next best action from the night's look at a household to the message in its app, and what is learnt of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler as runAutomation } from '../../functions/run-automation.ts';
import { handler as tallyJourneys } from '../../functions/tally-journeys.ts';
import { recommendTo } from '../../functions/run-automation/next-best.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { change, createOnce, load } from '../../functions/runtime/store.ts';
import { readCounters } from '../../functions/runtime/tally.ts';
import { forgetTraces } from '../../functions/update-journey/forget-traces.ts';
import { noteOutcomes } from '../../functions/update-journey/note-outcomes.ts';
import type { EventEnvelope } from '../../shared/events.ts';
import { experimentSchema } from '../../shared/journey/experiment/experiment.ts';
import { newSummary } from '../../shared/journey/fold/summary.ts';
import { holdout } from '../../shared/journey/experiment/shipped-experiments.ts';
import { messageFor } from '../../shared/journey/message.ts';
import { actionResultsIn } from '../../shared/journey/next-best/action-result.ts';
import { candidateOf } from '../../shared/journey/next-best/candidates.ts';
import { newStanding, standingOf } from '../../shared/journey/standing/standing.ts';
import { addDuration, duration } from '../../shared/values.ts';
import { lived, orders, step, tracesOf } from '../shared/journey/life.ts';
import { context, dueRecord, eventRecord, ofType, openWorld, tell, type World } from './harness.ts';
import { furnish, householdId } from './kitchen.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  world.wait(4, 'hours');
  await furnish();
  // Anna approves everything by hand, and some of it spoils. Day 60 of the year is the second of March.
  const summary = {
    ...lived(...orders([35, 38, 42, 45, 49, 52, 56, 58], 'customer'), ...[50, 52, 55, 57].map((day) => step(addDays(day), 'supply.spoiled'))),
    householdId,
  };
  await createOnce(kinds.journey, keys.journey(householdId), summary);
  await createOnce(kinds.standing, keys.standing(householdId), { ...standingOf(summary, newStanding(householdId), world.now), lookAgainAt: world.now });
});
afterEach(() => world.close());
const addDays = (day: number) => addDuration(holdout.from, duration(day - 4, 'days'));

const night = () => tell(runAutomation, dueRecord(keys.standing(householdId), world.now));
const log = async () => (await load(kinds.nextBest, keys.nextBest(householdId)))?.state;
const said = () => world.said();
/** What was said since is heard, twice. */
const hear = async (...types: EventEnvelope['type'][]) => {
  const events = (await said()).filter(({ type }) => types.includes(type));
  for (const event of [...events, ...events]) await tell(runAutomation, eventRecord(event));
};
const count = async () => {
  const Records = (await world.stream('Journeys')).filter(({ dynamodb }) => /^(NEXT-BEST|EXPOSURE#)/.test(dynamodb?.Keys?.['sk']?.S ?? ''));
  for (let times = 0; times < 2; times += 1) await tallyJourneys({ Records }, context);
  const { now = {}, [world.now.slice(0, 7)]: month = {} } = await readCounters(['now', world.now.slice(0, 7)]);
  return { now, month };
};

describe('the next best action', () => {
  it('is chosen in the night, reaches the household once with its reason, and is closed by what it was for', async () => {
    await night();
    await night();
    const [recommended, ...more] = ofType(await said(), 'action.recommended');
    expect(more).toEqual([]);
    const { entries = [], chosen } = (await log()) ?? {};
    expect(entries).toMatchObject([{ action: recommended?.data.action, actionId: recommended?.data.actionId, arm: 'treated' }]);
    expect(chosen?.rejected.length).toBeGreaterThan(5);
    await hear('action.recommended');
    const sent = ofType(await said(), 'outreach.sent');
    expect(sent).toMatchObject([{ data: { kind: recommended?.data.action, channel: 'app' } }]);
    const reached = (await load(kinds.outreach, keys.outreach(householdId)))?.state.reached;
    expect(reached?.[0]?.reason.de.length).toBeGreaterThan(10);
    await hear('outreach.sent');
    expect((await log())?.entries[0]).toMatchObject({ shownAt: world.now, channel: 'app' });
    const success = candidateOf(recommended?.data.action ?? '')?.success[0] ?? '';
    const [type = '', initiator = 'customer'] = success.split('@');
    for (let times = 0; times < 2; times += 1)
      await noteOutcomes(
        householdId,
        tracesOf([step(addDuration(world.now, duration(1, 'days')), type, { initiator: initiator === 'customer' ? 'customer' : 'company' })]),
      );
    const { now, month } = await count();
    expect(actionResultsIn(month)).toMatchObject([{ action: recommended?.data.action, recommended: 1, shown: 1, taken: 1, withheld: 0 }]);
    expect(Object.entries(now).filter(([name]) => name.startsWith('nba|'))).toHaveLength(2);
    expect(month[`trial|holdout|addressed|entered`]).toBe(1);
  });

  it('is one a day where several choose at once, and a step of a path recommends through the same log and gate', async () => {
    const asks = (action: string, from: string) => recommendTo(householdId, { action, because: 'a step of a path', from });
    const answers = await Promise.all([asks('offer-mandate', 'p/1'), asks('less-waste', 'p/2'), night()]);
    const { entries = [] } = (await log()) ?? {};
    expect(entries).toHaveLength(1);
    const [recommended, ...more] = ofType(await said(), 'action.recommended');
    expect([more, recommended?.data.actionId]).toEqual([[], entries[0]?.actionId]);
    expect(answers.slice(0, 2).filter((answer) => answer === undefined).length).toBeLessThanOrEqual(1);
    expect(await asks('no-such-thing', 'p/3')).toBe('no-such-action');
    await hear('action.recommended');
    const [sent, ...others] = ofType(await said(), 'outreach.sent');
    expect([sent?.data.kind, others]).toEqual([entries[0]?.action, []]);
  });

  it('is no message of its own: the gate’s is', async () => {
    await night();
    const [recommended] = ofType(await said(), 'action.recommended');
    if (recommended === undefined) throw new Error('expected a recommendation');
    expect(messageFor(recommended, { language: 'de', shop: '', at: world.now })).toBeUndefined();
  });

  it('is only noted where a household is left alone, and never said', async () => {
    const alone = experimentSchema.parse({
      ...holdout,
      arms: [
        { arm: 'control', share: 100 },
        { arm: 'addressed', share: 0 },
      ],
    });
    await createOnce(kinds.experiment, keys.experiment(holdout.experiment), alone);
    await night();
    expect((await log())?.entries).toMatchObject([{ arm: 'control' }]);
    expect(ofType(await said(), 'action.recommended')).toEqual([]);
    const { now, month } = await count();
    expect(actionResultsIn(month)).toMatchObject([{ recommended: 0, withheld: 1 }]);
    expect(Object.keys(now).filter((name) => name.startsWith('nba|'))).toEqual([]);
    expect(month['trial|holdout|control|entered']).toBe(1);
  });

  it('is none for a household that has objected, and what there was of it is gone', async () => {
    await night();
    await count();
    await change(kinds.journey, keys.journey(householdId), () => ({
      kind: 'changed',
      state: { ...newSummary(householdId), profiling: { allowed: false, privacyVersion: 1 } },
      events: [],
    }));
    await forgetTraces(householdId);
    expect(await log()).toBeUndefined();
    await night();
    expect(await log()).toBeUndefined();
    expect((await count()).now).toEqual({});
  });
});
