/** The sparse index of what time starts: `DUE#<n>` / `dueAt`, spread over sixteen partitions so that no schedule meets a hot one. */
import { digest } from '../../shared/digest.ts';
import type { Key } from './aggregates.ts';

export const DUE_SHARDS = 16;
export const dueShardName = (shard: number): string => `DUE#${String(shard)}`;
export const dueShard = (key: Key): string => dueShardName(parseInt(digest([key.pk, key.sk], 8), 16) % DUE_SHARDS);
