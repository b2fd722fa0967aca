/** What a person sees of the run: a calm screen with keys on a terminal, plain lines anywhere else. */
import { InteractiveScreen } from './screen/interactive.ts';
import type { Screen } from './screen/screen-contract.ts';
import { plainScreen } from './screen/plain.ts';
import { terminalOf } from './screen/terminal.ts';

export function openScreen({ interactive }: { interactive: boolean }): Screen {
  const terminal = interactive ? terminalOf(process) : undefined;
  return terminal === undefined ? plainScreen((line) => process.stdout.write(`${line}\n`)) : new InteractiveScreen(terminal);
}
