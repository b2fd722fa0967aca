/**
 * The simulators' own ledgers as facts. The lines are described here once more and not imported: an auditor who reads with the eyes of
 * whoever wrote sees what the writer sees.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { instantSchema, quantitySchema, toBase } from '../../../shared/values.ts';
import type { Facts, ReadingOutcome, SentReading, ShopMessage, ShopOrder } from './facts.ts';
import { ledgersIn, readLines } from './lines.ts';

const at = instantSchema;
const name = { thing: z.string(), bootId: z.int(), seq: z.int() };
const other = z.object({ kind: z.string() });

const measured = z.object({
  ...{ slot: z.string(), level: quantitySchema, uncertainty: z.number() },
  ...{ doorOpenings: z.number().default(0), viewedMinutes: z.number().default(0), messagesShown: z.number().default(0) },
});
const deviceLine = z.union([
  z.object({ at, kind: z.literal('reading'), ...name, reading: measured.optional() }),
  z.object({ at, kind: z.enum(['acknowledged', 'dropped']), ...name }),
  other.transform(() => undefined),
]);

export function readingsSent(data: string): SentReading[] {
  const sent = new Map<string, SentReading>();
  for (const line of readLines(path.join(data, 'ledgers', 'devices.ndjson'), deviceLine)) {
    if (line === undefined) continue;
    const { thing, bootId, seq } = line;
    const key = `${thing}/${bootId}/${seq}`;
    const known = sent.get(key) ?? { thing, bootId, seq, at: line.at, acknowledged: false, dropped: false };
    const saysWhat =
      line.kind === 'reading' && line.reading !== undefined
        ? {
            measured: asMeasured(line.reading),
            tellsUse: line.reading.doorOpenings + line.reading.viewedMinutes > 0,
            tellsShown: line.reading.messagesShown > 0,
          }
        : {};
    const noted = { reading: {}, acknowledged: { acknowledged: true }, dropped: { dropped: true } }[line.kind];
    sent.set(key, { ...known, ...noted, ...saysWhat });
  }
  return [...sent.values()];
}

const asMeasured = ({ slot, level, uncertainty }: z.infer<typeof measured>): SentReading['measured'] => ({
  ...{ slot, amount: toBase(level).amount, uncertainty: toBase({ amount: uncertainty, unit: level.unit }).amount },
});

const outcome = z.tuple([z.string(), z.int(), z.int(), z.enum(['applied', 'ignored', 'quarantined'])]).rest(z.unknown());
const journalLine = z.union([
  z.object({ journal: z.literal('readings'), outcomes: z.array(outcome) }),
  z.object({ journal: z.string() }).transform(() => undefined),
]);

export const journalOutcomes = (data: string): ReadingOutcome[] =>
  readLines(path.join(data, 'journal.ndjson'), journalLine).flatMap((line) =>
    (line?.outcomes ?? []).map(([thing, bootId, seq, verdict]) => ({ thing, bootId, seq, verdict })),
  );

const shopLines = { gtin: z.string(), quantity: z.int(), unitPriceMinor: z.int() };
const shopLine = z.union([
  z.object({
    ...{ at, kind: z.literal('order-received') },
    order: z.object({ orderId: z.string(), totalMinor: z.int(), lines: z.array(z.object(shopLines)) }),
  }),
  z.object({
    ...{ at, kind: z.literal('message-made') },
    message: z.object({
      messageId: z.string(),
      type: z.string(),
      orderId: z.string().optional(),
      data: z.object({ totalMinor: z.int().optional(), complete: z.boolean().optional() }),
    }),
  }),
  z.object({ at, kind: z.literal('message-taken'), messageId: z.string() }),
  other.transform(() => undefined),
]);

export function shopsSaid(data: string): { shopOrders: ShopOrder[]; shopMessages: ShopMessage[] } {
  const shopOrders: ShopOrder[] = [];
  const messages = new Map<string, ShopMessage>();
  for (const [retailerId, file] of ledgersIn(path.join(data, 'ledgers'))) {
    if (!retailerId.startsWith('rt_')) continue;
    for (const line of readLines(file, shopLine)) {
      if (line?.kind === 'order-received') shopOrders.push({ retailerId, at: line.at, ...line.order });
      if (line?.kind === 'message-made' && line.message.orderId !== undefined) {
        const { messageId, type, orderId, data: said } = line.message;
        messages.set(messageId, {
          retailerId,
          at: line.at,
          messageId,
          type,
          orderId,
          taken: false,
          totalMinor: said.totalMinor,
          isPart: said.complete === false,
        });
      }
      const taken = line?.kind === 'message-taken' ? messages.get(line.messageId) : undefined;
      if (taken !== undefined) messages.set(taken.messageId, { ...taken, taken: true });
    }
  }
  return { shopOrders, shopMessages: [...messages.values()] };
}

const simulationSchema = z.object({ retailers: z.array(z.object({ retailerId: z.string() })) });
/** As the simulators were told; nothing is told where there are none. */
export function shopsInRun(data: string): string[] {
  const file = path.join(data, 'simulation.json');
  return existsSync(file) ? simulationSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).retailers.map(({ retailerId }) => retailerId) : [];
}

const handover = z.object({ at, orderId: z.string(), part: z.int().optional(), lines: z.array(z.object({ gtin: z.string(), packs: z.int() })) });
export const handoversIn = (data: string): Facts['handovers'] =>
  [...ledgersIn(path.join(data, 'doorstep'))].flatMap(([account, file]) => readLines(file, handover).map((line) => ({ account, ...line })));

const answerFields = { memberId: z.string(), orderId: z.string(), answer: z.enum(['approve', 'decline']), approvalId: z.string(), quoteHash: z.string() };
const memberLine = z.union([z.object({ at, kind: z.literal('answer'), ...answerFields }), other.transform(() => undefined)]);
export const membersAnswers = (data: string): Facts['answers'] =>
  // From phones, and with the remote control from TVs.
  ['members.ndjson', 'screens.ndjson'].flatMap((file) => readLines(path.join(data, 'ledgers', file), memberLine)).filter((line) => line !== undefined);

export const faultsIn = (data: string): Facts['faults'] =>
  readLines(path.join(data, 'faults.ndjson'), z.object({ fault: z.string(), subject: z.string().optional() }));
