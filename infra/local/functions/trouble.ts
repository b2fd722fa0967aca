/** Says on standard error what went wrong in the local cloud itself; what goes wrong in a function stands in its log. */
export function reportTrouble(where: string, error: unknown): void {
  process.stderr.write(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
