import type { Options } from './options.ts';
import { purchases } from './purchases.ts';
import type { Scenario } from './scenario.ts';
import { sensor } from './sensor.ts';

export const SCENARIOS: Record<Options['scenario'], Scenario | undefined> = { purchases, sensor };
