/**
 * What no function uses stays out of its bundle, since whatever is inside is read at every cold start. Each rule replaces a door that lets
 * a whole package in by one that lets in what is used; `npm run bench -- pipeline` prints what comes of it.
 */
import type { Plugin } from 'esbuild';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Narrowed {
  /** The import as it is written, and by whom. */
  readonly from: RegExp;
  readonly importer: RegExp;
  readonly contents: string;
}

const narrowed: Readonly<Record<string, Narrowed>> = {
  // Fifty languages for the texts of errors that only we read.
  'zod-locales': { from: /^\.\.?\/(.*\/)?locales\/index\.c?js$/, importer: /\/node_modules\/zod\//, contents: "export { default as en } from './en.js';" },
  // Lambda puts the credentials of a function's role into its environment; SSO, profiles, web identity and instance metadata are for other places.
  credentials: {
    from: /^@aws-sdk\/credential-provider-node$/,
    importer: /\/node_modules\/@aws-sdk\//,
    contents: "import { fromEnv } from '@aws-sdk/credential-provider-env'; export const defaultProvider = () => fromEnv();",
  },
  // It asks of the object only the class that it gives a method to.
  'zod-of-hono': {
    from: /^zod$/,
    importer: /\/node_modules\/@hono\/zod-openapi\//,
    contents: "import { ZodType } from 'zod'; export const z = { ZodType };",
  },
};

/** `z` as an object brings all of zod along, because a bundler cannot see which of its members are used; of a namespace it can. */
const asNamespace = (source: string): string => source.replace("import { z } from 'zod';", "import * as z from 'zod';");

export const leanBundle: Plugin = {
  name: 'lean-bundle',
  setup(build) {
    for (const [namespace, { from, importer, contents }] of Object.entries(narrowed)) {
      build.onResolve({ filter: from }, ({ path, importer: by, resolveDir }) =>
        importer.test(by) ? { path, namespace, pluginData: path.startsWith('.') ? join(resolveDir, dirname(path)) : resolveDir } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace }, ({ path, pluginData }) => {
        const directory: unknown = pluginData;
        if (typeof directory !== 'string') throw new Error(`${path} was resolved by somebody else`);
        return { contents, resolveDir: directory };
      });
    }
    build.onLoad({ filter: /\/(functions|shared)\/[^.]*\.ts$/ }, ({ path }) => ({ contents: asNamespace(readFileSync(path, 'utf8')), loader: 'ts' }));
  },
};
