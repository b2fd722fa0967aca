/** What a person sees of the run. */
import type { CloudChild } from './cloud-child.ts';
import type { ScenarioHousehold } from '../scenario/scenario.ts';

export interface Live {
  readonly url: string;
  readonly cloud: CloudChild;
  readonly apiUrl: string;
  readonly households: readonly ScenarioHousehold[];
  readonly tokenFile: (memberId: string) => string;
  readonly cutLine: (cut: boolean) => void;
}

export interface Screen {
  step(text: string): void;
  note(line: string): void;
  live(live: Live): void;
  readonly quit: Promise<void>;
  close(): void;
}

export function openScreen(_: { interactive: boolean }): Screen {
  const say = (line: string): void => void process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
  return {
    step: say,
    note: say,
    live: ({ url }) => say(`Open ${url}`),
    quit: new Promise((resolve) => {
      process.once('SIGINT', () => resolve());
      process.once('SIGTERM', () => resolve());
    }),
    close: () => undefined,
  };
}
