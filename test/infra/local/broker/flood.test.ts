import { expect, it } from 'vitest';
import { flood } from './flood.ts';
import { expectNothingLost } from './flood-expectations.ts';

it('thirty things lose nothing while one of the house floods the broker', async () => {
  const plan = { devices: 30, readings: 10, everyMillis: 100 };
  const result = await flood(plan);
  expectNothingLost(plan, result);
  expect(result.said.acknowledged).toHaveLength(300);
}, 120_000);
