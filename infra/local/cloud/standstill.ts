/** Says what time waits for when it has stood too long: a fault that only shows as silence is the hardest to find. */
import type { Activity } from '../activity.ts';
import type { Conductor } from '../conductor/conductor.ts';
import type { Queues } from '../queues/queues.ts';

const LOOK_EVERY_MILLIS = 15_000;
/** Simulators take their time to start, and until then nobody expects time to move. */
const STARTING_MILLIS = 60_000;
/** What is under way in more ways than that is told by its number. */
const NAMED_MAX = 12;

export interface Watched {
  readonly conductor: Pick<Conductor, 'now' | 'mode' | 'waitingFor' | 'finished'>;
  readonly activity: Pick<Activity, 'count' | 'underWay'>;
  readonly queues: Pick<Queues, 'queues' | 'counts'>;
}

/** Answers how to stop looking. Time that has come to its end stands rightly, so that ends it too. */
export function watchStandstill(watched: Watched, report: (line: string) => void): () => void {
  const { conductor } = watched;
  const [firstSeen, openedAt] = [conductor.now(), performance.now()];
  let lastSeen = firstSeen;
  const timer = setInterval(() => {
    const now = conductor.now();
    const isStarting = now === firstSeen && performance.now() - openedAt < STARTING_MILLIS;
    const stands = now === lastSeen && conductor.mode !== 'paused' && !isStarting;
    lastSeen = now;
    if (stands) report(`time stands at ${new Date(now).toISOString()}: ${reasons(watched).join('; ')}`);
  }, LOOK_EVERY_MILLIS);
  timer.unref();
  const stop = (): void => clearInterval(timer);
  conductor.finished.then(stop, stop);
  return stop;
}

function reasons({ conductor, activity, queues }: Watched): string[] {
  const full = queues.queues.flatMap(({ arn, name }) => {
    const { visible, inFlight, delayed } = queues.counts(arn);
    return visible + inFlight + delayed === 0 ? [] : [`${name} holds ${visible} waiting and ${inFlight + delayed} out of sight`];
  });
  const clients = conductor.waitingFor.map((name) => `${name} has not answered`);
  return [...clients, ...full, underWay(activity)];
}

function underWay({ count, underWay: names }: Watched['activity']): string {
  if (count === 0) return 'nothing is under way';
  const more = names.length > NAMED_MAX ? ` and ${names.length - NAMED_MAX} more` : '';
  return `under way: ${names.slice(0, NAMED_MAX).join(', ')}${more}`;
}
