/** A workbench over a small shop that does what it should, and over an API that knows this shop, its keys and one message to it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { openWorkbench } from '../../../../infra/local/workbench/open-workbench.ts';
import type { KnownShop } from '../../../../infra/local/workbench/shops.ts';
import { Workbench } from '../../../../infra/local/workbench/workbench.ts';
import { isPassed, conformanceReportSchema } from '../../../../shared/retailer/conformance.ts';
import type { Delivery } from '../../../../shared/retailer/delivery.ts';
import type { TestAnswers } from '../../../../shared/retailer/test-answers.ts';
import { verify } from '../../../../shared/retailer/webhook.ts';
import { householdIdSchema, instantOf, instantSchema, messageIdSchema, orderIdSchema, retailerIdSchema } from '../../../../shared/values.ts';
import { openSmallShop, type Flaw } from '../conformance/bad-shops.ts';

const retailerId = retailerIdSchema.parse('rt_small');
const at = instantSchema.parse('2026-03-02T09:00:00.000Z');
const delivery: Delivery = {
  ...{ messageId: messageIdSchema.parse('msg_1'), householdId: householdIdSchema.parse('hh_anna'), orderId: orderIdSchema.parse('ord_1'), retailerId },
  ...{ type: 'order.placed', body: '{"type":"order.placed"}', createdAt: at, acceptBefore: at, status: 'delivered', deliveredAt: at },
  attempts: [
    { at, outcome: 'failed', httpStatus: 503, detail: 'answered 503', exchange: { timestamp: 1_772_442_000, millis: 31, answer: 'down for a moment' } },
    { at, outcome: 'delivered', httpStatus: 202, detail: 'answered 202', exchange: { timestamp: 1_772_442_005, millis: 12, answer: '{"ok":true}' } },
  ],
};
const messageSchema = z.object({ data: z.object({ orderId: orderIdSchema }) });
const fromShop = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
const portOf = (server: Server) => z.object({ port: z.number() }).parse(server.address()).port;
const listening = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

export async function openedWorkbench(flaw?: Flaw) {
  const ledgers = mkdtempSync(path.join(tmpdir(), 'workbench-'));
  const testAnswers: TestAnswers = {};
  const simulated = { isRunning: true, retailerIds: ['rt_small'] };
  const replayed: string[] = [];
  const kept: Delivery[] = [];
  const api = createServer((asked, response) => {
    void textOf(asked).then((text) => {
      const [, what, id] = /^\/retailers\/rt_small\/(\w+)(?:\/(\w+)\/replay)?$/.exec(asked.url ?? '') ?? [];
      const isOperator = asked.headers.authorization === 'Bearer operator';
      if (what === 'messages') {
        const isGood = verify({ secrets: [fromShop], headers: asked.headers, body: Buffer.from(text), now: Math.floor(Date.now() / 1_000) }).ok;
        testAnswers[isGood ? 'verified' : 'refused'] = { orderId: messageSchema.parse(JSON.parse(text)).data.orderId, at };
        return response.writeHead(isGood ? 200 : 401).end();
      }
      const answer = (status: number, body: object) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      if (!isOperator) return answer(401, { detail: 'no token' });
      if (what === 'keys') return answer(200, { toRetailer: [shop.secret], testAnswers });
      if (what === 'conformance' && isPassed(conformanceReportSchema.parse(JSON.parse(text)))) {
        known = { ...known, conformance: { passedAt: at, reportDigest: '0'.repeat(32) } };
        return answer(200, known);
      }
      if (what !== 'deliveries') return answer(404, { detail: 'nothing is here' });
      if (id === undefined) return answer(200, { deliveries: [delivery, ...kept] });
      if (replayed.includes(id)) return answer(429, { detail: 'it was sent again less than a minute ago; look at what came of it first' });
      replayed.push(id);
      return answer(200, delivery);
    });
  });
  await listening(api);
  const apiUrl = `http://127.0.0.1:${portOf(api)}`;
  const shop = await openSmallShop(flaw, 'v1', { url: `${apiUrl}/retailers/rt_small/messages`, secret: fromShop });
  let known: KnownShop = { retailerId, name: 'Kleiner Laden', webhookUrl: shop.webhookUrl, apiUrl: shop.apiUrl };
  const workbench = new Workbench({
    operator: () => Promise.resolve({ apiUrl, token: 'operator' }),
    shops: () => Promise.resolve([known]),
    now: () => instantOf(Date.now()),
    keep: (deliveries) => Promise.resolve(void kept.push(...deliveries)),
    ledgers,
    simulated: () => simulated,
  });
  const handle = openWorkbench(workbench);
  const server = createServer((asked, response) => void handle(asked, response));
  await listening(server);
  const port = portOf(server);
  return {
    ...{ workbench, simulated, ledgers, replayed, kept, url: `http://127.0.0.1:${port}` },
    ask: (to: string, { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {}) =>
      new Promise<{ status: number; type: string; text: string }>((resolve, reject) => {
        const call = request({ port, host: '127.0.0.1', path: to, method: body === undefined ? 'GET' : 'POST', headers }, (answer) => {
          void textOf(answer).then((text) => resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', text }));
        });
        call.on('error', reject);
        call.end(body === undefined ? undefined : JSON.stringify(body));
      }),
    close: async () => {
      server.close();
      await shop.close();
      api.close();
      rmSync(ledgers, { recursive: true, force: true });
    },
  };
}
