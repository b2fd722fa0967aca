/** A thousand things connected over TLS, one of which floods the broker: nothing of the others is lost. */
import { expect, it } from 'vitest';
import { expectNothingLost } from '../infra/local/broker/flood-expectations.ts';
import { flood } from '../infra/local/broker/flood.ts';

it('a thousand things lose nothing while one of them floods the broker', async () => {
  const plan = { devices: 999, readings: 10, everyMillis: 2_000 };
  const result = await flood(plan);
  const { said, flooded, seconds, deliveredOfFlooder } = result;
  const figures = {
    acknowledged: said.acknowledged.length,
    slowestMillis: Math.round(said.slowestMillis),
    floodSent: flooded.sent,
    deliveredOfFlooder,
    seconds,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  expectNothingLost(plan, result);
  expect(result.connected).toBe(1_000);
});
