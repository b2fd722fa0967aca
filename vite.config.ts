import path from 'node:path';
import { defineConfig } from 'vite';

/** The household's web app: `app/` becomes `dist/app/`, to be served below `/app/`. */
export default defineConfig({
  root: path.join(import.meta.dirname, 'app'),
  base: '/app/',
  publicDir: path.join(import.meta.dirname, 'app', 'public'),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: path.join(import.meta.dirname, 'dist', 'app'),
    emptyOutDir: true,
    target: 'es2022',
    // A picture or a style inside a page would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
