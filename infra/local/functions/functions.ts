/** Runs the bundles of the cloud assembly, each in threads of its own, as many at a time as its instances allow. */
import type { Activity } from '../activity.ts';
import { environmentOf, type AccessKey, type FunctionDefinition } from './environment.ts';
import { Instance, type InvokeResult } from './instance.ts';
import type { Journal } from './journal.ts';

export interface FunctionsOptions {
  readonly functions: readonly FunctionDefinition[];
  readonly endpointUrl: string;
  /** A key of its own per function: it tells whose policy decides. */
  readonly accessKeyFor: (functionName: string) => AccessKey;
  /** The memory of the product clock, see `conductor/shared-clock.ts`. */
  readonly sharedClock: SharedArrayBuffer;
  readonly journal: Journal;
  readonly activity: Activity;
  /** Told when a function reads a variable that the template gives it; at least once each. */
  readonly onVariableRead?: (functionName: string, name: string) => void;
  /** Told after each run of a function how long it took, in milliseconds: what Lambda bills. */
  readonly ran?: (functionName: string, millis: number) => void;
  /** Warm copies per function. Two are fastest here: every further copy of the SDK warms up alone. */
  readonly instancesMax?: number;
}

export interface Functions {
  /** Throws for a name that no function has; a failure of the function itself is an answer. */
  readonly invoke: (name: string, event: unknown) => Promise<InvokeResult>;
  /** Stops every thread at once; what is under way answers with an error. */
  readonly close: () => Promise<void>;
}

/** More callers than this are refused, as Lambda throttles, so that a stuck function cannot fill the memory. */
const WAITING_MAX = 1_000;

class Pool {
  readonly #start: () => Instance;
  readonly #instancesMax: number;
  readonly #idle: Instance[] = [];
  readonly #busy = new Set<Instance>();
  readonly #waiting: ((instance: Instance) => void)[] = [];
  #closed = false;

  constructor(start: () => Instance, instancesMax: number) {
    this.#start = start;
    this.#instancesMax = instancesMax;
  }

  async invoke(event: unknown): Promise<InvokeResult> {
    if (this.#waiting.length >= WAITING_MAX) return { ok: false, errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.' };
    const instance = await this.#take();
    try {
      return await instance.invoke(event);
    } finally {
      this.#give(instance);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#idle, ...this.#busy].map((instance) => instance.stop()));
  }

  #take(): Promise<Instance> | Instance {
    let warm = this.#idle.pop();
    while (warm?.alive === false) warm = this.#idle.pop();
    if (warm === undefined && this.#busy.size >= this.#instancesMax) return new Promise((resolve) => this.#waiting.push(resolve));
    const instance = warm ?? this.#start();
    this.#busy.add(instance);
    return instance;
  }

  #give(instance: Instance): void {
    this.#busy.delete(instance);
    const next = this.#waiting.shift();
    if (next === undefined) {
      if (instance.alive) this.#idle.push(instance);
      return;
    }
    // Once closed, those who wait are told so by the stopped instance; nothing new starts.
    const usable = instance.alive || this.#closed ? instance : this.#start();
    this.#busy.add(usable);
    next(usable);
  }
}

export function openFunctions(options: FunctionsOptions): Functions {
  const { functions, endpointUrl, accessKeyFor, sharedClock, journal, activity, onVariableRead, ran: tellRan, instancesMax = 2 } = options;
  let closed = false;
  const pools = new Map(
    functions.map((definition) => {
      const environment = environmentOf(definition, endpointUrl, accessKeyFor(definition.name));
      const write = (lines: readonly string[]): void => {
        if (!closed) journal.append(definition.name, lines);
      };
      const read = (name: string): void => onVariableRead?.(definition.name, name);
      const ran = (millis: number): void => tellRan?.(definition.name, millis);
      return [definition.name, new Pool(() => new Instance({ definition, environment, sharedClock, write, read, ran }), instancesMax)];
    }),
  );
  return {
    invoke: async (name, event) => {
      const pool = pools.get(name);
      if (pool === undefined) throw new Error(`no function ${name}`);
      if (closed) return { ok: false, errorType: 'Runtime.ExitError', errorMessage: 'Runtime is stopped' };
      const end = activity.begin(`the function ${name}`);
      try {
        return await pool.invoke(event);
      } finally {
        end();
      }
    },
    close: async () => {
      closed = true;
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}
