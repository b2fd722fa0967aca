/** The guide for shops keeps its word: the shop that stands in it passes the conformance run, and its examples are what we send and take. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { failures } from '../../infra/local/workbench/failures.ts';
import { samples } from '../../infra/local/workbench/exchange.ts';
import { callShop } from '../../infra/local/conformance/call.ts';
import { runChecks } from '../../infra/local/conformance/run-checks.ts';
import { shopFaults } from '../../infra/local/faults/kinds.ts';
import { answerSchema } from '../../shared/order/response.ts';
import { orderAnswersSchema, orderPlacedSchema } from '../../shared/retailer/messages.ts';
import { offersPublishedSchema, takeOffers } from '../../shared/retailer/offer.ts';
import { verify } from '../../shared/retailer/webhook.ts';
import { instantOf, retailerIdSchema } from '../../shared/values.ts';

const root = path.join(import.meta.dirname, '..', '..');
const guide = readFileSync(path.join(root, 'docs', 'guides', 'integrate-a-retailer.md'), 'utf8');
const blocks = (language: string): string[] => Array.from(guide.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs')), ([, text = '']) => text);
const portOf = (server: Server) => z.object({ port: z.number() }).parse(server.address()).port;
const listening = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

describe('the shop of the guide', () => {
  const toShop = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
  const fromShop = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
  const folder = mkdtempSync(path.join(tmpdir(), 'guide-shop-'));
  let child: ChildProcess | undefined;
  let platform: Server | undefined;
  afterEach(() => {
    child?.kill('SIGKILL');
    platform?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Hears what the shop says, and believes what is signed. */
  async function openPlatform(heard: unknown[]): Promise<string> {
    platform = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks);
        const isBelieved = verify({ secrets: [fromShop], headers: request.headers, body, now: Math.floor(Date.now() / 1_000) }).ok;
        if (isBelieved && request.url === '/api/retailers/rt_myshop/messages') heard.push(JSON.parse(body.toString()));
        response.writeHead(isBelieved ? 202 : 401).end();
      });
    });
    await listening(platform);
    return `http://127.0.0.1:${portOf(platform)}/api/retailers/rt_myshop`;
  }

  it('passes every check, and says of orders and offers what we take', async () => {
    writeFileSync(path.join(folder, 'shop.mjs'), blocks('js').join('\n'));
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    const heard: unknown[] = [];
    const api = await openPlatform(heard);
    const free = createServer();
    await listening(free);
    const port = portOf(free);
    free.close();
    await once(free, 'close');
    const env = { ...process.env, TO_SHOP: `${fromShop},${toShop}`, FROM_SHOP: fromShop, API: api, PORT: String(port) };
    child = spawn(process.execPath, ['shop.mjs'], { cwd: folder, env, stdio: 'ignore' });
    const [webhookUrl, apiUrl] = [`http://127.0.0.1:${port}/webhooks`, `http://127.0.0.1:${port}`];
    while ((await callShop({ method: 'GET', url: `${apiUrl}/orders/x`, headers: {} })).kind === 'silent') await pause(50);
    // Beside the shop that listens, at the same port: it publishes and ends.
    const publishing = spawn(process.execPath, ['shop.mjs', new Date().toISOString()], { cwd: folder, env, stdio: 'ignore' });
    expect(await once(publishing, 'exit')).toEqual([0, null]);

    const { findings } = await runChecks({ webhookUrl, apiUrl, secrets: [toShop], now: () => instantOf(Date.now()) });
    expect(findings.filter(({ passed }) => !passed)).toEqual([]);
    const isOffers = (message: unknown) => offersPublishedSchema.safeParse(message).success;
    const offers = offersPublishedSchema.parse(heard.find(isOffers));
    expect(takeOffers(offers, retailerIdSchema.parse('rt_myshop'))).toMatchObject({
      offers: [{ sku: 'MY-1' }],
      ...{ perks: { perks: [{ perkId: 'welcome' }] }, refused: [] },
    });
    const answers = heard.filter((message) => !isOffers(message)).map((message) => answerSchema.parse(message).type);
    expect(new Set(answers)).toEqual(new Set(['order.accepted', 'order.cancelled']));
  });
});

describe('the examples of the guide', () => {
  it.each(blocks('json').map((text) => [/"type": "([a-z.-]+)"/.exec(text)?.[1] ?? 'order by id', text] as const))('%s is what is sent or taken', (_, text) => {
    const example: unknown = JSON.parse(text);
    const schemas = [orderPlacedSchema, answerSchema, offersPublishedSchema, orderAnswersSchema];
    expect(schemas.filter((schema) => schema.safeParse(example).success)).toHaveLength(1);
    const offers = offersPublishedSchema.safeParse(example);
    if (offers.success) expect(takeOffers(offers.data, retailerIdSchema.parse('rt_frischhof')).refused).toEqual([]);
  });
  it('name every kind of failure, every sample and every answer that there is', () => {
    const types = answerSchema.options.map((option) => option.shape.type.value);
    for (const word of [...shopFaults, ...failures, ...samples.filter((sample) => sample !== 'order'), ...types]) expect(guide).toContain(word);
  });
});
