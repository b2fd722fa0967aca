/** Puts the app's worker beside its files, with the list of those that it is to keep: Workbox keeps them, this says which. */
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'vite';

const KEPT = /\.(js|css|html|svg|webmanifest)$/;
const WORKER = 'service-worker.js';

/** @param entry the worker's source, which reads the list as `self.__WB_MANIFEST` */
export function serviceWorker(entry: string): Plugin {
  let outDir = '';
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved: ({ root, build: { outDir: configured } }) => {
      outDir = path.resolve(root, configured);
    },
    closeBundle: async () => {
      const kept = JSON.stringify(await filesToKeep(outDir));
      await build({
        ...{ entryPoints: [entry], outfile: path.join(outDir, WORKER), bundle: true, minify: true, format: 'iife', target: 'es2022' },
        define: { 'self.__WB_MANIFEST': kept, 'process.env.NODE_ENV': '"production"' },
      });
    },
  };
}

/** By address below the worker, with what changes when the file does. */
async function filesToKeep(directory: string): Promise<{ url: string; revision: string }[]> {
  const names = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile() && KEPT.test(entry.name) && entry.name !== WORKER)
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(
    files.sort().map(async (file) => ({
      url: path.relative(directory, file).replaceAll(path.sep, '/'),
      revision: createHash('sha256')
        .update(await readFile(file))
        .digest('hex')
        .slice(0, 16),
    })),
  );
}
