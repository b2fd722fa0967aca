/** The conversion paths as they are defined now: those that were saved, and those that come with the product and were never changed. */
import { shippedPaths } from '../../shared/journey/conversion-path/shipped-paths.ts';
import { asShipped, withShipped } from '../../shared/journey/conversion-path/with-shipped.ts';
import type { StoredPath } from '../../shared/journey/conversion-path/path.ts';
import { keys, kinds } from './aggregates.ts';
import { PATHS_PK } from './company-partitions.ts';
import { list, load } from './store.ts';

export const PATHS_MAX = 100;

export const readPaths = async (): Promise<StoredPath[]> => withShipped((await list(kinds.path, PATHS_PK, 'PATH#', PATHS_MAX)).map(({ state }) => state));

export async function readPath(id: string): Promise<StoredPath | undefined> {
  const stored = (await load(kinds.path, keys.path(id)))?.state;
  const shipped = shippedPaths.find(({ path }) => path === id);
  return stored ?? (shipped && asShipped(shipped));
}
