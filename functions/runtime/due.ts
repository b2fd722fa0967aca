/**
 * The sparse index of what time starts: `DUE#<n>` / `dueAt`, spread over some partitions so that no schedule meets a hot one. How many
 * is a parameter of the stack (sixteen deployed, one on one machine, where each look costs the same and nothing is hot).
 */
import { z } from 'zod';
import { digest } from '../../shared/digest.ts';
import type { Key } from './aggregates.ts';
import { environment } from './environment.ts';

export const dueShards = (): number => z.coerce.number().int().min(1).max(256).parse(environment('DUE_SHARDS'));
export const dueShardName = (shard: number): string => `DUE#${shard}`;
export const dueShard = (key: Key): string => dueShardName(parseInt(digest([key.pk, key.sk], 8), 16) % dueShards());
