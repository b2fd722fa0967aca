/** The simulated fridges, members and shop: each a process of its own, started again from its ledger when it dies. */
import path from 'node:path';
import { retailer } from '../scenario/scenario.ts';
import { Child } from './child.ts';
import type { DataDirectory } from './data-directory.ts';

/** As the shop introduces itself to the conductor. */
export const shopName = `retailer:${retailer.retailerId}`;
const root = path.join(import.meta.dirname, '..', '..', '..');
const RESTART_AFTER_MILLIS = 500;

interface SimulatorsOptions {
  /** The file that tells them everything. */
  readonly simulation: string;
  readonly data: DataDirectory;
  /** A person answers in the members' place. */
  readonly handsOff: boolean;
  readonly report: (line: string) => void;
}

export class Simulators {
  readonly #options: SimulatorsOptions;
  readonly #children = new Map<string, Child>();
  #isStopping = false;

  constructor(options: SimulatorsOptions) {
    this.#options = options;
    const { simulation, handsOff } = options;
    this.#start('fridges', 'device-sim/fridges.ts', [simulation]);
    this.#start('members', 'device-sim/members.ts', handsOff ? [simulation, '--hands-off'] : [simulation]);
    this.#start(retailer.retailerId, 'retailer-sim/main.ts', [simulation, retailer.retailerId]);
  }

  /** Cut, the shop neither takes connections nor sends anything. */
  cutLine(cut: boolean): void {
    if (cut) this.#options.data.note('line-cut');
    this.#children.get(retailer.retailerId)?.send({ line: cut ? 'cut' : 'restored' });
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
      data.note('simulator-killed');
      report(`${name} ended (${signal ?? String(code)}) and is started again; see ${log}`);
      setTimeout(() => this.#start(name, file, args), RESTART_AFTER_MILLIS);
    };
    this.#children.set(name, new Child({ file: path.join(root, file), args, log, onExit }));
  }
}
