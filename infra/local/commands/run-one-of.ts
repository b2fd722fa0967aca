/** `npm run NAME -- COMMAND …`: one command of several under one name, each with a text of its own. */
import { UsageError } from '../options.ts';
import { runCommand } from './run-command.ts';

export interface NamedCommand {
  readonly usage: string;
  readonly run: (args: string[]) => Promise<string>;
}

/** Runs the command that the first argument names, and writes what it answers. Without one, or with one that is none, all of them are shown. */
export const runOneOf = (commands: Readonly<Record<string, NamedCommand>>): Promise<void> =>
  runCommand(async () => {
    const [name = '', ...args] = process.argv.slice(2);
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    const all = Object.values(commands).map(({ usage }) => usage);
    if (command === undefined) throw new UsageError(`${name === '' ? 'No command is named.' : `There is no command ${name}.`}\n\n${all.join('\n\n')}`);
    process.stdout.write(await command.run(args));
  });
