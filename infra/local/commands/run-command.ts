/** How every command of this machine ends. It brings nothing along, so that a short command starts at once. */
import { UsageError } from '../options.ts';

/** Runs a command: a mistake in how it was called is one sentence and ends with 2, anything else that fails with 1. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  // The SDK tells every program of an older Node.js to update it; whoever asked about an order should hear about the order.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  try {
    await command();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
