/** `cdk synth` without its command line: bundles the functions and writes the cloud assembly, with no account and no network. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { shops } from '../scenario/shops.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');

/** Into the run's own folder, so that several runs do not meet. CDK's own template validation takes seconds and belongs to the tests. Answers what it printed. */
export async function synthesize(assemblyDirectory: string): Promise<string> {
  const CDK_CONTEXT_JSON = JSON.stringify({ retailers: shops.map(({ retailerId }) => retailerId) });
  const env = { ...process.env, CDK_CONTEXT_JSON, CDK_VALIDATION: 'false', CDK_OUTDIR: assemblyDirectory, NACHSCHUB_BUNDLES: `${assemblyDirectory}-bundles` };
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', path.join(root, 'infra', 'main.ts')], { cwd: root, env });
  return stdout.trim();
}
