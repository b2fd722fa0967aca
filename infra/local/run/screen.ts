/** What a person sees of the run: a calm screen with keys on a terminal, plain lines anywhere else. */
import type { ScenarioHousehold } from '../scenario/scenario.ts';
import type { CloudChild } from './cloud-child.ts';
import { InteractiveScreen } from './screen/interactive.ts';
import { plainScreen } from './screen/plain.ts';
import { terminalOf } from './screen/terminal.ts';

export interface Live {
  readonly url: string;
  readonly cloud: Pick<CloudChild, 'pause' | 'resume' | 'skip'>;
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

export function openScreen({ interactive }: { interactive: boolean }): Screen {
  const terminal = interactive ? terminalOf(process) : undefined;
  return terminal === undefined ? plainScreen((line) => process.stdout.write(`${line}\n`)) : new InteractiveScreen(terminal);
}
