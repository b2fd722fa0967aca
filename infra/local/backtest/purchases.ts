/** Scenario A: nothing senses the shelf. Every purchase of the past is a need of one unit. */
import { baselines } from './baselines.ts';
import { oracle } from './oracle.ts';
import { ours } from './ours.ts';
import type { Scenario } from './scenario.ts';

const LEVELS = [0.99, 0.995, 0.998] as const;
/** The intervals do not depend on the level, but for what stands on the shelf. */
const CALIBRATED = 0.99;

export const purchases: Scenario = {
  methods: [...LEVELS.map((level) => ours(level, level === CALIBRATED)), ...baselines, oracle],
  columns: [
    { name: 'missed %', value: ({ missed, needs }) => (100 * missed) / needs, digits: 2 },
    { name: 'units held', value: ({ unitDays, itemDays }) => unitDays / itemDays, digits: 3 },
    { name: 'orders per need', value: ({ orders, needs }) => orders / needs, digits: 2 },
  ],
  includes: () => true,
  triesSignals: true,
  curve: { across: 'units held', up: 'missed %' },
  goals: ['at most 1.0 % missed at no more than 1.05 units held', '80 % intervals cover 78–82 % of all outcomes, and 75–85 % in every decile of the rate'],
};
