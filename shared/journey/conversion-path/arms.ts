/** The experiment that a path is: some households are followed and not addressed, so that what it brings can be told from what would have come anyway. */
import { instantSchema } from '../../values.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Path } from './path.ts';

const BEGINNING = instantSchema.parse('2026-01-05T00:00:00.000Z');
const OUTCOMES_MAX = 10;

/** The first arm is the control. A success of the household within the path's time counts, whichever run it belongs to. */
export const experimentOf = ({ path, name, controlShare, success, lapsesAfterDays }: Path): Experiment => ({
  experiment: `path-${path}`,
  name,
  arms: [
    { arm: 'control', share: controlShare },
    { arm: 'treated', share: 100 - controlShare },
  ],
  from: BEGINNING,
  outcome: [...new Set(success.flatMap(({ on }) => on))].slice(0, OUTCOMES_MAX),
  windowDays: lapsesAfterDays,
  leastDifference: 0.05,
});
