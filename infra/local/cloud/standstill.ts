/** Says what time waits for when it has stood too long: a fault that only shows as silence is the hardest to find. */
import type { Cloud } from './open-cloud.ts';

const LOOK_EVERY_MILLIS = 15_000;
/** Simulators take their time to start, and until then nobody expects time to move. */
const STARTING_MILLIS = 60_000;

/** Answers how to stop looking. */
export function watchStandstill(cloud: Cloud, report: (line: string) => void): () => void {
  const [firstSeen, openedAt] = [cloud.conductor.now(), performance.now()];
  let lastSeen = firstSeen;
  const timer = setInterval(() => {
    const now = cloud.conductor.now();
    const isStarting = now === firstSeen && performance.now() - openedAt < STARTING_MILLIS;
    const stands = now === lastSeen && cloud.conductor.mode !== 'paused' && !isStarting;
    lastSeen = now;
    if (stands) report(`time stands at ${new Date(now).toISOString()}: ${reasons(cloud).join('; ')}`);
  }, LOOK_EVERY_MILLIS);
  timer.unref();
  return () => clearInterval(timer);
}

function reasons({ conductor, activity, queues }: Cloud): string[] {
  const full = queues.queues.flatMap(({ arn, name }) => {
    const { visible, inFlight, delayed } = queues.counts(arn);
    return visible + inFlight + delayed === 0 ? [] : [`${name} holds ${visible} waiting and ${inFlight + delayed} out of sight`];
  });
  const clients = conductor.waitingFor.map((name) => `${name} has not answered`);
  return [...clients, ...full, `${activity.count} things are under way`];
}
