/**
 * The planted stories through the functions themselves: touchpoints come in the order of time, are folded from the table's stream and counted, and
 * the console's own door answers with the report. It finds what the pure reports find (test/shared/journey/planted), to the last figure.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DynamoDBRecord } from 'aws-lambda';
import { z } from 'zod';
import { handler as journeyApi } from '../../functions/journey-api.ts';
import { handler as tallyJourneys } from '../../functions/tally-journeys.ts';
import { handler as updateJourney } from '../../functions/update-journey.ts';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { createOnce } from '../../functions/runtime/store.ts';
import { reportFunnel } from '../../shared/journey/metric/report.ts';
import { shippedFunnels } from '../../shared/journey/metric/shipped-metrics.ts';
import { foldAll } from '../../shared/journey/fold/fold-all.ts';
import { mergeCounters } from '../../shared/journey/tally/batch.ts';
import { contributionsOf } from '../../shared/journey/tally/contributions-of.ts';
import { context, openWorld, type World } from '../functions/harness.ts';
import { agentClaims, send } from '../functions/http-call.ts';
import { DAYS, dayName, plant, STARTS_AT, STORIES } from '../shared/journey/planted/planted.ts';

const HOUSEHOLDS = Number(process.env['HOUSEHOLDS'] ?? '60');
const ENOUGH = 60;
const SEED = Number(process.env['SEED'] ?? '1');
const households = plant(HOUSEHOLDS, SEED);

let world: World;
let told = 0;
const isOf = (sks: readonly string[]) => (record: DynamoDBRecord) => sks.some((sk) => (record.dynamodb?.Keys?.['sk']?.S ?? '').startsWith(sk));
const changed = (records: DynamoDBRecord[]): DynamoDBRecord[] => records.filter(isOf(['DAY#', 'PROCESS#']));
/** As the stream hands them over. */
const BATCH = 25;
const batches = (records: readonly DynamoDBRecord[]): DynamoDBRecord[][] =>
  Array.from({ length: Math.ceil(records.length / BATCH) }, (_, index) => records.slice(index * BATCH, (index + 1) * BATCH));
async function follow(): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    const records = (await world.stream('Journeys')).slice(told);
    told += records.length;
    const came = records.filter(isOf(['TP#'])).filter(({ eventName }) => eventName === 'INSERT');
    for (const batch of batches(came)) await updateJourney({ Records: batch }, context);
    for (const batch of batches(changed(records))) await tallyJourneys({ Records: batch }, context);
  }
}

/** One household after the other; some of it is told twice, and may not count twice. */
beforeAll(async () => {
  world = await openWorld();
  for (const { touchpoints } of households) {
    world.now = touchpoints.at(-1)?.at ?? STARTS_AT;
    for (const touchpoint of [...touchpoints, ...touchpoints.slice(0, 10)]) await createOnce(kinds.touchpoint, keys.touchpoint(touchpoint), touchpoint);
    await follow();
  }
}, 3_000_000);
afterAll(() => world.close());

const alertSchema = z.looseObject({ step: z.string(), day: z.string(), breaks: z.enum(['above', 'below']).optional() });
const reportSchema = z.looseObject({ funnels: z.array(z.looseObject({ funnel: z.string(), steps: z.array(z.unknown()), alerts: z.array(alertSchema) })) });

it(`tells of the checkout that broke, and of each funnel what the touchpoints come to (HOUSEHOLDS=${HOUSEHOLDS}, SEED=${SEED})`, async () => {
  const query = `from=${dayName(0)}&to=${dayName(DAYS - 1)}`;
  const { status, body } = await send(journeyApi, { method: 'GET', path: '/console/report', query, claims: agentClaims });
  expect(status).toBe(200);
  const { funnels } = reportSchema.parse(body);
  const broken = funnels.find(({ funnel }) => funnel === 'web')?.alerts.filter(({ step, breaks }) => step === 'bought' && breaks === 'below') ?? [];
  // A share of a handful says nothing: with fewer households nobody is alarmed.
  if (HOUSEHOLDS >= ENOUGH) expect(broken.map(({ day }) => day)).toContain(dayName(STORIES.broken));
  const made = households.flatMap(({ householdId, touchpoints }) => contributionsOf({ ...foldAll(touchpoints), householdId, standing: undefined }));
  const counters = mergeCounters(made.map((one) => one.counters));
  for (const funnel of shippedFunnels.filter(({ of }) => of !== 'household'))
    expect(funnels.find((one) => one.funnel === funnel.funnel)?.steps).toEqual(reportFunnel(funnel, counters));
});
