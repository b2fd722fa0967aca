/** Builds the app with Vite, unless what it is made of is what an earlier build was made of. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
/** One folder for each state of the sources, so that runs beside each other never see half an app. */
const BUILDS = join(root, 'dist', 'site');
/** Whoever goes back and forth between two states builds each once. */
const BUILDS_KEPT = 4;
/** Below the site's folder: files whose names change with their content. */
export const ASSETS = 'assets';

const SOURCES = ['app', 'shared', 'vite.config.ts', 'vite.service-worker.ts', 'package-lock.json'];

/** Tests that look at the template only say where there is nothing. @throws when nobody has built the app */
export function siteDirectory(): string {
  const directory = process.env['NACHSCHUB_SITE'];
  if (directory === undefined) throw new Error('the app is built first: buildApp() of infra/site/build.ts');
  return directory;
}

/** Answers after how many seconds, or undefined when nothing had changed. Rejects with Vite's own message when it does not compile. */
export async function buildApp(): Promise<number | undefined> {
  const startedAt = performance.now();
  const directory = join(BUILDS, digestOfSources());
  process.env['NACHSCHUB_SITE'] = directory;
  if (existsSync(directory)) {
    utimesSync(directory, new Date(), new Date());
    return undefined;
  }
  mkdirSync(BUILDS, { recursive: true });
  const made = `${directory}.${process.pid}`;
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', made, '--emptyOutDir', '--logLevel', 'warn'], { cwd: root }).catch(inViteWords);
  mkdirSync(join(made, ASSETS), { recursive: true });
  put(made, directory);
  forgetOldBuilds();
  return (performance.now() - startedAt) / 1_000;
}

const failureSchema = z.looseObject({ stderr: z.string().min(1) });
/** What somebody who writes the app wants to read, without the call that failed. */
function inViteWords(error: unknown): never {
  const failure = failureSchema.safeParse(error);
  throw failure.success ? new Error(`The app does not build.\n${failure.data.stderr}`) : error;
}

/** Of every file that a build reads, in an order that no file system decides. */
function digestOfSources(): string {
  const hash = createHash('sha256');
  for (const source of SOURCES)
    for (const file of filesOf(source))
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(root, file)))
        .update('\0');
  return hash.digest('hex').slice(0, 20);
}

function filesOf(source: string): string[] {
  const at = join(root, source);
  if (!existsSync(at)) return [];
  if (statSync(at).isFile()) return [source];
  const names = readdirSync(at, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  return names
    .sort()
    .map((name) => `${source}/${name}`)
    .filter((file) => statSync(join(root, file)).isFile());
}

/** Another run may have made the same in the meantime. */
function put(made: string, directory: string): void {
  try {
    renameSync(made, directory);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    if (!existsSync(directory)) throw error;
  }
}

function forgetOldBuilds(): void {
  const builds = readdirSync(BUILDS).map((name) => ({ path: join(BUILDS, name), at: statSync(join(BUILDS, name)).mtimeMs }));
  for (const { path } of builds.sort((a, b) => b.at - a.at).slice(BUILDS_KEPT)) rmSync(path, { recursive: true, force: true });
}
