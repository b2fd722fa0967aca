/** What of the template was used while it ran: the decisions that let something through, the variables that functions read, the routes that were called. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { ACTIONS } from '../broker/policy.ts';

export const usageSchema = z.strictObject({
  decisions: z.array(
    z.strictObject({
      ...{ function: z.string(), action: z.string(), resource: z.string() },
      viaService: z.string().optional(),
      fromAddress: z.string().optional(),
    }),
  ),
  /** What the policies of things allowed, with what the connection told about itself. */
  things: z.array(z.strictObject({ action: z.enum(ACTIONS), resource: z.string(), context: z.record(z.string(), z.string()) })),
  variables: z.array(z.strictObject({ function: z.string(), name: z.string() })),
  routes: z.array(z.string()),
});
export type Used = z.infer<typeof usageSchema>;

const WRITE_EVERY_MILLIS = 10_000;
/** Topics and shadows name things, so a big house has many; what is beyond this is another of the same kind. */
const ENTRIES_MAX = 20_000;

/** Kept in a file beside the run's other facts, and continued when the cloud comes back. */
export class Usage {
  readonly #file: string;
  readonly #decisions = new Map<string, Used['decisions'][number]>();
  readonly #things = new Map<string, Used['things'][number]>();
  readonly #variables = new Map<string, Used['variables'][number]>();
  readonly #routes = new Set<string>();
  readonly #timer: NodeJS.Timeout;
  #changed = false;

  constructor(file: string) {
    this.#file = file;
    const kept = readUsage(file);
    for (const decision of kept?.decisions ?? []) this.allowed(decision);
    for (const thing of kept?.things ?? []) this.allowedThing(thing);
    for (const variable of kept?.variables ?? []) this.read(variable.function, variable.name);
    for (const route of kept?.routes ?? []) this.called(route);
    this.#changed = false;
    this.#timer = setInterval(() => this.#write(), WRITE_EVERY_MILLIS).unref();
  }

  allowed(decision: Used['decisions'][number]): void {
    this.#note(this.#decisions, `${decision.function} ${decision.action} ${decision.resource}`, decision);
  }

  allowedThing(thing: Used['things'][number]): void {
    this.#note(this.#things, `${thing.context['iot:ClientId'] ?? ''} ${thing.action} ${thing.resource}`, thing);
  }

  read(functionName: string, name: string): void {
    this.#note(this.#variables, `${functionName} ${name}`, { function: functionName, name });
  }

  /** @param routeKey `GET /households/{householdId}` */
  called(routeKey: string): void {
    if (this.#routes.has(routeKey)) return;
    this.#routes.add(routeKey);
    this.#changed = true;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#write();
  }

  #note<Entry>(entries: Map<string, Entry>, key: string, entry: Entry): void {
    if (entries.has(key) || entries.size >= ENTRIES_MAX) return;
    entries.set(key, entry);
    this.#changed = true;
  }

  #write(): void {
    if (!this.#changed) return;
    this.#changed = false;
    const [decisions, things, variables] = [[...this.#decisions.values()], [...this.#things.values()], [...this.#variables.values()]];
    const used: Used = { decisions, things, variables, routes: [...this.#routes].sort() };
    // Renamed into place, so that a kill leaves the old file or the new one.
    writeFileSync(`${this.#file}.new`, `${JSON.stringify(used, undefined, 1)}\n`);
    renameSync(`${this.#file}.new`, this.#file);
  }
}

/** Answers undefined when nothing readable is there. */
export function readUsage(file: string): Used | undefined {
  try {
    return usageSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
