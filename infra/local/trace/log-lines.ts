/** What the functions logged of some needs, and what their journal says of readings: from the files of a run. Lines of older runs lack some members. */
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { instantSchema } from '../../../shared/values.ts';

const eventName = z.object({ type: z.string(), id: z.string() });
const lineSchema = z.looseObject({
  level: z.string(),
  message: z.string(),
  /** The function's name. */
  service: z.string(),
  productTime: instantSchema,
  correlationid: z.string().optional(),
  /** Of `said`. */
  events: z.array(eventName).optional(),
  /** Of `worked off`. */
  event: eventName.optional(),
  due: z.string().optional(),
});
export type LogLine = z.infer<typeof lineSchema>;

const outcome = z.tuple([z.string(), z.int(), z.int(), z.enum(['applied', 'ignored', 'quarantined'])]).rest(z.unknown());
const journalSchema = z.object({
  journal: z.literal('readings'),
  productTime: instantSchema,
  supplyId: z.string(),
  outcomes: z.array(outcome),
  /** In the order of the outcomes. */
  times: z.array(z.tuple([instantSchema, instantSchema])),
});

export interface AppliedReading {
  readonly supplyId: string;
  readonly thing: string;
  readonly bootId: number;
  readonly seq: number;
  readonly sampledAt: string;
  readonly receivedAt: string;
  readonly appliedAt: string;
}

/** Lines with any of these words; the rest of a file is never parsed. */
export async function* linesWith(file: string, words: readonly string[]): AsyncGenerator {
  if (!existsSync(file)) return;
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    if (!words.some((word) => line.includes(word))) continue;
    try {
      yield JSON.parse(line);
    } catch {
      // The last line of a running or killed run may be torn.
    }
  }
}

/** @param stories what the lines carry as `correlationid` */
export async function logLines(data: string, stories: readonly string[]): Promise<LogLine[]> {
  const folder = path.join(data, 'logs');
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ndjson')) : [];
  const found: LogLine[] = [];
  for (const file of files) {
    for await (const line of linesWith(path.join(folder, file), stories)) {
      const parsed = lineSchema.safeParse(line);
      if (parsed.success && parsed.data.correlationid !== undefined && stories.includes(parsed.data.correlationid)) found.push(parsed.data);
    }
  }
  return found.sort((a, b) => (a.productTime < b.productTime ? -1 : 1));
}

export async function appliedReadings(data: string, supplyIds: readonly string[]): Promise<AppliedReading[]> {
  const found: AppliedReading[] = [];
  for await (const line of linesWith(path.join(data, 'journal.ndjson'), supplyIds)) {
    const parsed = journalSchema.safeParse(line);
    if (!parsed.success || !supplyIds.includes(parsed.data.supplyId)) continue;
    const { outcomes, times, supplyId, productTime } = parsed.data;
    outcomes.forEach(([thing, bootId, seq, verdict], index) => {
      const [sampledAt, receivedAt] = times[index] ?? [];
      if (verdict !== 'applied' || sampledAt === undefined || receivedAt === undefined) return;
      found.push({ supplyId, thing, bootId, seq, sampledAt, receivedAt, appliedAt: productTime });
    });
  }
  return found;
}
