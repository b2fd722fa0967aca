/** A conductor in a process of its own that tells every time it sees to whoever started it, until it is killed. */
import { Activity } from '../../../../infra/local/activity.ts';
import { openConductor } from '../../../../infra/local/conductor/conductor.ts';
import { START, every, MINUTE } from './product-time.ts';

const [file = '', mode] = process.argv.slice(2);
const conductor = await openConductor({
  file,
  startsAt: START,
  rate: 5_000,
  mode: mode === 'jump' ? 'jump' : 'real-time',
  activity: new Activity(),
  schedules: every(MINUTE, () => undefined),
  expected: [],
});
const tell = (): void => {
  process.send?.(conductor.now(), () => setImmediate(tell));
};
tell();
