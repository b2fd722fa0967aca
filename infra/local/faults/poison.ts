/**
 * Messages that nobody can understand: telemetry that is no reading, on its topic, and queue messages that are no events. Each carries a mark of
 * its own, so that the auditor can tell where it came to rest: in the quarantine or among the dead letters, and nowhere else.
 */
import { createHash } from 'node:crypto';
import type { NoteFault } from './fault-log.ts';
import type { Dice, Occasions } from './occasions.ts';

export interface PoisonOptions {
  readonly occasions: Pick<Occasions, 'take'>;
  readonly seed: number;
  readonly dice: Dice;
  readonly note: NoteFault;
  /** Product milliseconds. */
  readonly now: () => number;
  /** Queues of workers that take events. */
  readonly queueArns: readonly string[];
  readonly send: (queueArn: string, body: string) => Promise<unknown>;
  /** As a thing would, on its topic. */
  readonly publish: (topic: string, payload: string) => Promise<unknown>;
}

/** Nobody's thing: a real one's telemetry would be in the ledger of a device. */
const TOPIC = 'dt/nachschub/poisoned-thing/telemetry';

const bodies: readonly ((mark: string) => string)[] = [
  (mark) => `${mark}: no JSON at all {`,
  (mark) => JSON.stringify({ mark, bootId: 'one', level: null }),
  (mark) => JSON.stringify([mark, 1, 2, 3]),
  (mark) => `{"source":"nachschub","detail-type":"order.approved","detail":{"mark":"${mark}"`,
];

/** To be called whenever time may have gone on. */
export function poisoner({ occasions, seed, dice, note, now, queueArns, send, publish }: PoisonOptions): () => Promise<void> {
  return async () => {
    const index = occasions.take(now());
    if (index === undefined) return;
    const mark = `poison-${createHash('sha256').update(`${seed}/${index}`).digest('hex').slice(0, 16)}`;
    const body = bodies[Math.floor(dice('message-poisoned', 'body', index) * bodies.length)]?.(mark) ?? mark;
    const place = Math.floor(dice('message-poisoned', 'place', index) * (queueArns.length + 1));
    const queueArn = queueArns[place - 1];
    note('message-poisoned', mark);
    await (queueArn === undefined ? publish(TOPIC, body) : send(queueArn, body));
  };
}
