/** Scenario B: a noisy sensor tells the level of the pack in use. */
import type { Scenario } from './scenario.ts';
import { sensorBaselines, sensorOracles } from './sensor-baselines.ts';
import { followed } from './sensor-ours.ts';

const NEEDS_IN_TEST_MIN = 4;
const DAYS_A_YEAR = 365;

export const sensor: Scenario = {
  methods: [followed(0.92), followed(0.94, true), followed(0.97), ...sensorBaselines, ...sensorOracles],
  columns: [
    { name: 'stock-out days a year', value: ({ stockoutDays, itemDays }) => (DAYS_A_YEAR * stockoutDays) / itemDays, digits: 2 },
    { name: 'packs held', value: ({ unitDays, itemDays }) => unitDays / itemDays, digits: 3 },
    { name: 'orders per pack used', value: ({ orders, needs }) => orders / needs, digits: 2 },
  ],
  includes: ({ pair, splitDay }) => pair.needs.filter(({ day }) => day >= splitDay).length >= NEEDS_IN_TEST_MIN,
  curve: { across: 'packs held', up: 'stock-out days a year' },
  goals: [
    'at most 2.0 stock-out days a year at no more than 0.69 packs held',
    'with lead times of 1–5 days and approvals of 0–48 hours at most 1.5 times the stock-out days',
    '80 % intervals cover 78–82 % of all outcomes, and 75–85 % in every decile of the rate',
  ],
};
