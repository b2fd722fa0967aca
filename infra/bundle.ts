/** One esbuild call for all functions: the same bytes run on AWS and on one machine. */
import { build, type BuildOptions } from 'esbuild';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { leanBundle } from './lean-bundle.ts';

const root = join(import.meta.dirname, '..');
/** Whoever runs beside others, as every `npm start` may, says where its bundles go. */
export const bundlesDirectory = (): string => process.env['NACHSCHUB_BUNDLES'] ?? join(root, 'dist', 'functions');

/** Every file directly in `functions/` is one Lambda function; folders hold what several of them share. */
export const functionNames = (): string[] =>
  readdirSync(join(root, 'functions'), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => entry.name.replace(/\.ts$/, ''));

/** How a function is bundled, wherever it goes. */
export const bundleOptions = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  minify: true,
  keepNames: true,
  sourcemap: false,
  logLevel: 'warning',
  // Packages as ES modules where they have them, so that what is not used can be left out.
  mainFields: ['module', 'main'],
  plugins: [leanBundle],
  // Some packages inside still call require; an ES module has none of its own.
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
} satisfies BuildOptions;

/** Writes `<name>/index.mjs` for each; throws esbuild's own message when a file does not compile. */
export async function bundleFunctions(): Promise<void> {
  rmSync(bundlesDirectory(), { recursive: true, force: true });
  await build({
    ...bundleOptions,
    entryPoints: functionNames().map((name) => ({ in: join(root, 'functions', `${name}.ts`), out: join(name, 'index') })),
    outdir: bundlesDirectory(),
    outExtension: { '.js': '.mjs' },
  });
}
