/** Twenty shops that take every message at once, or not at all, and orders for them that a person has just approved. */
import { createServer, type Server } from 'node:http';
import { z } from 'zod';
import { keys, kinds } from '../../functions/runtime/aggregates.ts';
import { change, createOnce } from '../../functions/runtime/store.ts';
import { envelop, type EventOf } from '../../shared/events.ts';
import { householdSchema } from '../../shared/household/household.ts';
import { evolveOrder } from '../../shared/order/evolve-order.ts';
import type { Order } from '../../shared/order/order-state.ts';
import { recordProposal } from '../../shared/order/record.ts';
import { retailerSchema } from '../../shared/retailer/retailer.ts';
import {
  addDuration,
  duration,
  householdIdSchema,
  instantOf,
  needIdSchema,
  orderIdSchema,
  retailerIdSchema,
  supplyIdSchema,
  type Instant,
  type OrderId,
} from '../../shared/values.ts';
import { facts, quote, seal, terms } from '../shared/order/order-examples.ts';

export const SHOPS = 20;
/** An aggregate's writers should not meet more often than they do in life; each household orders from one shop. */
const HOUSEHOLDS = 2 * SHOPS;
const householdOf = (index: number) => householdIdSchema.parse(`hh_bench${index % HOUSEHOLDS}`);
const shopOf = (round: string, index: number) => retailerIdSchema.parse(`rt_${round}${index % SHOPS}`);
const heardSchema = z.object({ data: z.object({ orderId: orderIdSchema }) });
const addressSchema = z.object({ port: z.int() });

export interface Arrivals {
  /** When the shop had the whole message, by `performance.now()`; the first time only. */
  readonly at: ReadonlyMap<OrderId, number>;
  /** How often the shop that hangs was connected to. */
  readonly hung: () => number;
  close(): void;
}

/** @param hangs whether the last of them takes connections and never says a word */
export async function openShops(round: string, hangs: boolean, now: Instant): Promise<Arrivals> {
  const at = new Map<OrderId, number>();
  let hung = 0;
  const servers = await Promise.all(
    Array.from({ length: SHOPS }, async (_, index) => {
      const isSilent = hangs && index === SHOPS - 1;
      const server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          if (isSilent) return void (hung += 1);
          const { data } = heardSchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
          if (!at.has(data.orderId)) at.set(data.orderId, performance.now());
          response.writeHead(204).end();
        });
      });
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      await addShop(round, index, addressSchema.parse(server.address()).port, now);
      return server;
    }),
  );
  return { at, hung: () => hung, close: () => servers.forEach((server: Server) => server.close().closeAllConnections()) };
}

async function addShop(round: string, index: number, port: number, now: Instant): Promise<void> {
  const retailerId = shopOf(round, index);
  const url = `http://127.0.0.1:${port}`;
  const shop = { retailerId, name: retailerId, webhookUrl: `${url}/hooks`, apiUrl: url, keyGeneration: 1, terms, offersPublishedAt: now };
  await createOnce(kinds.retailer, keys.retailer(retailerId), retailerSchema.parse(shop));
}

/** Every household has an account at its shop. */
export async function linkShops(round: string, now: Instant): Promise<void> {
  const address = { recipient: 'Bench', street: 'Gasse 1', postalCode: '80331', city: 'München', country: 'DE' };
  for (let index = 0; index < HOUSEHOLDS; index += 1) {
    const householdId = householdOf(index);
    const shops = [{ retailerId: shopOf(round, index), account: 'acc-bench', linkedAt: now }];
    const home = householdSchema.parse({ householdId, name: 'Bench', timeZone: 'Europe/Berlin', language: 'de', address, shops, createdAt: now });
    await change(kinds.household, keys.household(householdId), () => ({ kind: 'changed', state: home, events: [] }));
  }
}

export interface Approved {
  readonly orderId: OrderId;
  /** As the bus puts it on the queue of whoever hears of it. */
  readonly message: string;
  /** For the shop that may hang. */
  readonly isForTheLast: boolean;
}

/** What a person's yes writes. */
export async function approve(round: string, index: number): Promise<Approved> {
  const now = instantOf(Date.now());
  const orderId = orderIdSchema.parse(`ord_${round}-${index}`);
  const about = { householdId: householdOf(index), orderId, retailerId: shopOf(round, index) };
  const lineItems = quote.lineItems.map((line) => ({
    ...line,
    ...{ needId: needIdSchema.parse(`need_${round}-${index}`), supplyId: supplyIdSchema.parse(`sup_${round}-${index}`) },
  }));
  const { hash: _, ...content } = { ...quote, retailerId: about.retailerId, lineItems, validUntil: addDuration(now, duration(1, 'days')) };
  const sealed = seal(content);
  const approved = { type: 'order.approved', data: { ...about, by: facts.approved.data.by, quoteHash: sealed.hash, total: sealed.total } } as const;
  const history: EventOf<'order'>[] = [
    { type: 'order.proposed', data: { ...about, round: 1, quote: sealed } },
    {
      type: 'order.approval-requested',
      data: { ...about, quoteHash: sealed.hash, total: sealed.total, expiresAt: sealed.validUntil, rulesFailed: [] },
    },
    approved,
  ];
  const order = history.reduce<Order | undefined>((state, event) => evolveOrder(state, event, now), undefined);
  if (order === undefined) throw new Error('expected an order');
  const record = recordProposal({ at: now, needs: [], wanted: [], considered: [], quote: sealed });
  const key = keys.order(about.householdId, orderId);
  await createOnce(kinds.order, key, { order, record }, [approved]);
  const [detail] = envelop([approved], { aggregate: `${key.pk}/${key.sk}`, version: 1, time: now });
  const message = JSON.stringify({ version: '0', id: orderId, source: 'nachschub', 'detail-type': approved.type, detail });
  return { orderId, message, isForTheLast: index % SHOPS === SHOPS - 1 };
}
