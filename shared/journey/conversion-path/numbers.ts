/** What the runs of conversion paths add to the counters of all, and what a report reads off them. Counted to the day on which a run began. */
import { difference, type Interval, type Share } from '../proportion.ts';
import type { Contribution, Counters } from '../tally/batch.ts';
import type { Instance } from './instance.ts';

type Sums = Record<string, number>;

export function contributionOfInstance({ path, runs, acts, arms = {}, put }: Pick<Instance, 'path' | 'runs' | 'acts' | 'arms' | 'put'>): Contribution[] {
  const byDay = new Map<string, Sums>();
  const add = (bucket: string, what: string): void => {
    const sums = byDay.get(bucket) ?? {};
    sums[`path|${path}|${what}`] = (sums[`path|${path}|${what}`] ?? 0) + 1;
    byDay.set(bucket, sums);
  };
  for (const { run, at, end } of runs) {
    const day = at.slice(0, 10);
    const arm = arms[run];
    add(day, 'entered');
    if (end === undefined) add('now', 'waiting');
    else add(day, end.how);
    if (arm !== undefined) add(day, arm);
    if (arm !== undefined && end?.how === 'success') add(day, `${arm}|success`);
    if (arm !== undefined && end !== undefined) add(day, `${arm}|over`);
    const did = acts.filter((act) => act.run === run).map((act) => act.did);
    if (did.some(({ kind }) => kind === 'sent')) add(day, 'messaged');
    for (const one of did) {
      if (one.kind === 'sent') add(day, `sent|${one.channel}`);
      if (one.kind === 'held') add(day, `held|${one.because}`);
      if (one.kind === 'task' || one.kind === 'recommended') add(day, one.kind);
    }
  }
  if (put !== undefined && runs.some(({ run, end }) => run === put.run && end === undefined)) add('now', `put|${put.because}`);
  return [...byDay].map(([bucket, counters]) => ({ bucket, counters }));
}

export interface PathNumbers {
  readonly path: string;
  readonly entered: number;
  /** Now, whenever they began. */
  readonly waiting: number;
  readonly messaged: number;
  readonly succeeded: number;
  readonly exited: number;
  readonly lapsed: number;
  readonly tasks: number;
  readonly recommended: number;
  /** Messages, by channel; why messages were not sent; why some are put off now. */
  readonly sent: Record<string, number>;
  readonly held: Record<string, number>;
  readonly putOff: Record<string, number>;
  /** Runs that are over, and how many of them succeeded. */
  readonly treated: Share;
  readonly control: Share;
  /** Treated less control, of the shares; absent: one of them has none yet. */
  readonly lift?: Interval;
}

/** @param period the counters of the days @param now those of the bucket `now` */
export function numbersIn(path: string, period: Counters, now: Counters): PathNumbers {
  const counted = (what: string): number => period[`path|${path}|${what}`] ?? 0;
  const under = (counters: Counters, what: string): Record<string, number> =>
    Object.fromEntries(
      Object.entries(counters).flatMap(([name, many]) => (name.startsWith(`path|${path}|${what}|`) ? [[name.split('|').at(-1) ?? '', many] as const] : [])),
    );
  const share = (arm: string): Share => ({ having: counted(`${arm}|success`), of: counted(`${arm}|over`) });
  const [treated, control] = [share('treated'), share('control')];
  return {
    ...{ path, entered: counted('entered'), waiting: now[`path|${path}|waiting`] ?? 0, messaged: counted('messaged'), succeeded: counted('success') },
    ...{ exited: counted('exit'), lapsed: counted('lapsed'), tasks: counted('task'), recommended: counted('recommended') },
    ...{ sent: under(period, 'sent'), held: under(period, 'held'), putOff: under(now, 'put'), treated, control },
    ...(treated.of > 0 && control.of > 0 && { lift: difference(treated, control) }),
  };
}
