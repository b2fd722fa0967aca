/** What nothing is heard of becomes late by time: the due index tells, the process is looked at, and the reports' counters are replaced. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DynamoDBRecord } from 'aws-lambda';
import { handler as runAutomation } from '../../functions/run-automation.ts';
import { handler as tallyJourneys } from '../../functions/tally-journeys.ts';
import { handler as updateJourney } from '../../functions/update-journey.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce, load } from '../../functions/runtime/store.ts';
import { readCounters } from '../../functions/runtime/tally.ts';
import { digest } from '../../shared/digest.ts';
import { touchpointSchema } from '../../shared/journey/touchpoint.ts';
import { addDuration, duration, householdIdSchema, type Instant } from '../../shared/values.ts';
import { context, dueRecord, openWorld, tell, type World } from './harness.ts';

let world: World;
let told = 0;
const householdId = householdIdSchema.parse('hh_quiet');
const key = keys.processTraces(householdId, 'case_1');

async function happen(type: string, at: Instant, initiator: string): Promise<void> {
  const state = touchpointSchema.parse({
    ...{ touchpointId: `tp_${digest([type])}`, householdId, source: 'events', messageId: type, type, channel: 'app', initiator },
    ...{ phase: 'support', at, receivedAt: at, caseId: 'case_1' },
  });
  await createOnce(kinds.touchpoint, keys.touchpoint(state), state);
  await follow();
}
const isOf = (sks: readonly string[]) => (record: DynamoDBRecord) => sks.some((sk) => (record.dynamodb?.Keys?.['sk']?.S ?? '').startsWith(sk));
async function follow(): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    const records = (await world.stream('Journeys')).slice(told);
    told += records.length;
    const came = records.filter(isOf(['TP#'])).filter(({ eventName }) => eventName === 'INSERT');
    if (came.length > 0) await updateJourney({ Records: came }, context);
    const changed = records.filter(isOf(['DAY#', 'PROCESS#']));
    if (changed.length > 0) await tallyJourneys({ Records: changed }, context);
  }
}
const counted = async (name: string) => (await readCounters([openedAt.slice(0, 10)]))[openedAt.slice(0, 10)]?.[name] ?? 0;
const late = () => counted('dev|support-case|answered|late|journeys');
let openedAt: Instant;

beforeAll(async () => {
  world = await openWorld();
  openedAt = world.now;
  await happen('case.opened', openedAt, 'customer');
});
afterAll(() => world.close());

describe('a case that nobody answers', () => {
  it('is due a minute after it should have been answered, and counts as late from then on, once', async () => {
    expect(await late()).toBe(0);
    const lookAgainAt = (await load(kinds.processTraces, key))?.state.lookAgainAt;
    expect(lookAgainAt).toBe(addDuration(openedAt, duration(1_441, 'minutes')));
    if (lookAgainAt === undefined) return;
    // Told too early, it is left as it is.
    await tell(runAutomation, dueRecord(key, lookAgainAt));
    expect((await load(kinds.processTraces, key))?.state.lookedAt).toBeUndefined();
    world.now = addDuration(lookAgainAt, duration(10, 'minutes'));
    await tell(runAutomation, dueRecord(key, lookAgainAt));
    await tell(runAutomation, dueRecord(key, lookAgainAt));
    await follow();
    expect((await load(kinds.processTraces, key))?.state).toMatchObject({ lookedAt: lookAgainAt });
    expect(await late()).toBe(1);
  });

  it('stays late by as much when the answer comes, and is not looked at any more when it is solved', async () => {
    await happen('case.answered', addDuration(openedAt, duration(30, 'hours')), 'company');
    await happen('case.solved', addDuration(openedAt, duration(31, 'hours')), 'customer');
    expect(await late()).toBe(1);
    expect(await counted('dev|support-case|answered|late|late')).toBe(6 * 60);
    expect((await load(kinds.processTraces, key))?.state.lookAgainAt).toBeUndefined();
  });
});
