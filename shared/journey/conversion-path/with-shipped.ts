/** The paths that come with the product, beside those that somebody has saved. */
import type { Path, StoredPath } from './path.ts';
import { shippedPaths } from './shipped-paths.ts';

/** Before anybody has changed anything. */
export const asShipped = (definition: Path): StoredPath => ({
  ...{ path: definition.path, on: true, version: 1 },
  versions: [{ version: 1, savedAt: '2026-11-23T00:00:00.000Z', definition }],
});

/** What was saved, and what comes with the product and was never changed. */
export const withShipped = (saved: readonly StoredPath[]): StoredPath[] =>
  [...shippedPaths.filter(({ path }) => !saved.some((one) => one.path === path)).map(asShipped), ...saved].sort((a, b) => (a.path < b.path ? -1 : 1));
