/** The simulated devices, members and shops: each a process of its own, started again from its ledger when it dies. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Child } from './child.ts';
import type { DataDirectory } from './data-directory.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');
const RESTART_AFTER_MILLIS = 500;
/** How a simulator ends that cannot use what it was given, such as a recording with a broken line: starting it again would change nothing. */
const EXIT_WRONG_INPUT = 2;

/** As the simulators introduce themselves to the conductor, which waits for all of them. */
export const simulatorNames = (retailerIds: readonly string[]): string[] => [
  'devices',
  'members',
  ...retailerIds.map((retailerId) => `retailer:${retailerId}`),
];

export interface SimulatorsOptions {
  /** The file that tells them everything. */
  readonly simulation: string;
  readonly data: DataDirectory;
  readonly retailerIds: readonly string[];
  readonly report: (line: string) => void;
}

export class Simulators {
  readonly #options: SimulatorsOptions;
  readonly #children = new Map<string, Child>();
  #isStopping = false;
  #refuse: (error: Error) => void = () => undefined;
  /** Rejects with a simulator's own sentence when it cannot use what it was given. */
  readonly refused = new Promise<never>((_, reject) => (this.#refuse = reject));

  constructor(options: SimulatorsOptions) {
    this.#options = options;
    const { simulation, retailerIds } = options;
    this.refused.catch(() => undefined);
    this.#start('devices', 'device-sim/devices.ts', [simulation]);
    this.#start('members', 'device-sim/members.ts', [simulation]);
    for (const retailerId of retailerIds) this.#start(retailerId, 'retailer-sim/main.ts', [simulation, retailerId]);
  }

  /** Cut, the shops neither take connections nor send anything. */
  cutLines(cut: boolean): void {
    const { data, retailerIds } = this.#options;
    if (cut) data.note('line-cut');
    for (const retailerId of retailerIds) this.#children.get(retailerId)?.send({ line: cut ? 'cut' : 'restored' });
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all([...this.#children.values()].map((child) => child.stop()));
  }

  #start(name: string, file: string, args: readonly string[]): void {
    if (this.#isStopping) return;
    const { data, report } = this.#options;
    const log = data.inside('logs', `${name}.log`);
    const onExit = ({ code, signal }: { code: number | null; signal: NodeJS.Signals | null }): void => {
      if (code === EXIT_WRONG_INPUT) return this.#refuse(new Error(readFileSync(log, 'utf8').trimEnd().split('\n').at(-1) ?? `see ${log}`));
      data.note('simulator-killed');
      report(`${name} ended (${signal ?? String(code)}) and is started again; see ${log}`);
      setTimeout(() => this.#start(name, file, args), RESTART_AFTER_MILLIS);
    };
    this.#children.set(name, new Child({ file: path.join(root, file), args, log, onExit }));
  }
}
