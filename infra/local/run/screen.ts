/** What a person sees of the run: a calm screen with keys on a terminal, plain lines anywhere else. */
import { InteractiveScreen } from './screen/interactive.ts';
import type { Screen } from './screen/screen-contract.ts';
import { plainScreen } from './screen/plain.ts';
import { terminalOf } from './screen/terminal.ts';

/** @param options.waits the clock stands while a person is asked; nobody is, where the members answer by themselves */
export function openScreen({ interactive, waits }: { interactive: boolean; waits: boolean }): Screen {
  const terminal = interactive ? terminalOf(process) : undefined;
  return terminal === undefined ? plainScreen((line) => process.stdout.write(`${line}\n`), { waits }) : new InteractiveScreen(terminal);
}
