/** What each function loads at a cold start, beside a function that does nothing but make a DynamoDB client. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type BuildOptions } from 'esbuild';
import { bundleOptions, functionNames } from '../../infra/bundle.ts';
import { quantile } from './table.ts';

export interface Bundle {
  readonly name: string;
  readonly gzipBytes: number;
  readonly loadMillis: number;
}

const root = path.join(import.meta.dirname, '..', '..');
const STARTS = 3;

/** As anybody would bundle it, who does nothing about it: esbuild's own settings, minified. */
const PLAIN = { bundle: true, platform: 'node', target: 'node22', format: 'esm', minify: true, banner: bundleOptions.banner } satisfies BuildOptions;
const bareSource = `import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
  const client = new DynamoDBClient({});
  export const handler = (item) => client.send(new PutItemCommand(item));`;

/** The same bare client twice: as anybody would bundle it, and as we do. */
export async function bareBundles(directory: string): Promise<{ readonly plain: Bundle; readonly lean: Bundle }> {
  const make = async (name: string, options: BuildOptions): Promise<Bundle> => {
    mkdirSync(path.join(directory, name), { recursive: true });
    const outfile = path.join(directory, name, 'index.mjs');
    await build({ ...options, stdin: { contents: bareSource, resolveDir: path.join(root, 'functions') }, outfile });
    return measured(name, outfile);
  };
  return { plain: await make('bare-plain', PLAIN), lean: await make('bare-lean', bundleOptions) };
}

/** @param directory where the functions' bundles lie */
export const functionBundles = (directory: string): Bundle[] => functionNames().map((name) => measured(name, path.join(directory, name, 'index.mjs')));

const measured = (name: string, file: string): Bundle => ({ name, gzipBytes: gzipSync(readFileSync(file)).length, loadMillis: loadMillisOf(file) });

/** Processor time, because the wall's tells how busy the machine is; the middle of some fresh processes, without the start of Node.js itself. */
function loadMillisOf(file: string): number {
  const load = `await import(${JSON.stringify(`file://${file}`)});`;
  const script = `const from = process.cpuUsage(); ${load} const { user, system } = process.cpuUsage(from); process.stdout.write(String((user + system) / 1_000)); process.exit();`;
  const env = { ...process.env, AWS_REGION: 'eu-central-1' };
  const starts = Array.from({ length: STARTS }, () => Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { env }).toString()));
  return quantile(starts, 0.5);
}
