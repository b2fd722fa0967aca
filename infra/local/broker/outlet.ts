/** Publishes what comes from the cloud's side: functions over HTTP, and the broker's own life-cycle events. */
import type { Aedes } from 'aedes';
import type { Activity } from '../activity.ts';
import { publishProblem } from './limits.ts';
import type { RunRules } from './rules.ts';

export type OutletOptions = Readonly<{
  aedes: Aedes;
  runRules: RunRules;
  activity: Activity;
  isClosing: () => boolean;
  /** Product time, milliseconds. */
  now: () => number;
  report: (line: string) => void;
}>;

/** What AWS's `clientid()` says of a message that did not come over MQTT. */
const NO_CLIENT = 'n/a';

export class Outlet {
  readonly #options: OutletOptions;

  constructor(options: OutletOptions) {
    this.#options = options;
  }

  /**
   * Resolves once the rules have the message durably and it is on its way to whoever is connected and listens; `activity`
   * knows of it until they have acknowledged it. Throws when it is no message, when a rule's queue cannot take it,
   * and once the broker is closing: nobody would get it.
   */
  async publish(topic: string, payload: Buffer, qos: 0 | 1, principal = NO_CLIENT): Promise<void> {
    const problem = publishProblem({ topic, payload, qos, retain: false });
    if (problem !== undefined) throw new Error(`${JSON.stringify(topic)}: ${problem}`);
    if (this.#options.isClosing()) throw new Error('the message broker is closing');
    await this.#publish(topic, payload, qos, { principal, resends: true });
  }

  /** Says what nobody can say again; whatever goes wrong is reported. Of its own closing the broker says nothing, as if it had crashed. */
  announce(topic: string, payload: Buffer): void {
    if (this.#options.isClosing()) return;
    this.#publish(topic, payload, 0, { principal: NO_CLIENT, resends: false }).catch((error: unknown) =>
      this.#options.report(`${topic} is lost: ${String(error)}`),
    );
  }

  async #publish(topic: string, payload: Buffer, qos: 0 | 1, { principal, resends }: { principal: string; resends: boolean }): Promise<void> {
    const { aedes, runRules, activity, now, report } = this.#options;
    const end = activity.begin(`the delivery of ${topic}`);
    try {
      await runRules({ topic, payload, clientId: NO_CLIENT, principal, timestamp: now() }, { resends });
    } catch (error) {
      end();
      throw error;
    }
    aedes.publish({ cmd: 'publish', topic, payload, qos, dup: false, retain: false }, (error) => {
      end();
      if (error) report(`${topic} did not reach everybody: ${error.message}`);
    });
  }
}
