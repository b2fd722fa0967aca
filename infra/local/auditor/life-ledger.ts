/** What simulated people did beside orders, from their own ledger: pages they looked at, questions they answered, and how they really felt. */
import path from 'node:path';
import { z } from 'zod';
import { instantSchema, type Instant } from '../../../shared/values.ts';
import { readLines } from './lines.ts';

export interface LifeFacts {
  /** Of each message from a browser: whether its taking was confirmed. */
  readonly sent: readonly { readonly messageId: string; readonly at: Instant; readonly taken: boolean }[];
  readonly surveys: readonly {
    readonly householdId: string;
    readonly surveyId: string;
    readonly at: Instant;
    readonly answer: number | 'skip';
    readonly taken: boolean;
  }[];
  /** Each midnight, −1 to 1: hidden from everybody else. */
  readonly moods: readonly { readonly householdId: string; readonly at: Instant; readonly value: number }[];
}
export const noLife: LifeFacts = { sent: [], surveys: [], moods: [] };

const at = instantSchema;
const about = { at, householdId: z.string() };
const line = z.union([
  z.object({ at, kind: z.literal('sent'), messageId: z.string() }),
  z.object({ at, kind: z.literal('taken'), messageId: z.string() }),
  z.object({ ...about, kind: z.literal('survey'), surveyId: z.string(), answer: z.union([z.number(), z.literal('skip')]) }),
  z.object({ ...about, kind: z.literal('survey-taken'), surveyId: z.string(), status: z.int() }),
  z.object({ ...about, kind: z.literal('mood'), value: z.number() }),
  z.object({ kind: z.string() }).transform(() => undefined),
]);

export function lifeIn(data: string): LifeFacts {
  const sent = new Map<string, LifeFacts['sent'][number]>();
  const surveys = new Map<string, LifeFacts['surveys'][number]>();
  const moods: LifeFacts['moods'][number][] = [];
  for (const read of readLines(path.join(data, 'ledgers', 'life.ndjson'), line)) {
    if (read === undefined) continue;
    if (read.kind === 'mood') moods.push(read);
    else if (read.kind === 'sent') sent.set(read.messageId, { taken: false, ...sent.get(read.messageId), messageId: read.messageId, at: read.at });
    else if (read.kind === 'taken') sent.set(read.messageId, { messageId: read.messageId, at: read.at, taken: true });
    else if (read.kind === 'survey') surveys.set(read.surveyId, { taken: false, ...read });
    else {
      const known = surveys.get(read.surveyId);
      if (known !== undefined && read.status === 200) surveys.set(read.surveyId, { ...known, taken: true });
    }
  }
  return { sent: [...sent.values()], surveys: [...surveys.values()], moods };
}
