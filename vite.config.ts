import path from 'node:path';
import { defineConfig } from 'vite';
import { serviceWorker } from './vite.service-worker.ts';

/** The household's web app: `app/` becomes `dist/app/`, to be served below `/app/`. */
export default defineConfig({
  root: path.join(import.meta.dirname, 'app'),
  base: '/app/',
  publicDir: path.join(import.meta.dirname, 'app', 'public'),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // Registered by the app itself, after its first picture: `app/offline/install.ts`.
  plugins: [serviceWorker(path.join(import.meta.dirname, 'app', 'service-worker', 'service-worker.ts'))],
  build: {
    outDir: path.join(import.meta.dirname, 'dist', 'app'),
    emptyOutDir: true,
    target: 'es2022',
    // A picture or a style inside a page would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What every visit begins with comes in one file: a phone far away waits for each.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'frame', tags: ['$initial'] }] } } },
  },
});
