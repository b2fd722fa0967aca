/** What the workbench sends, shows and passes on, and to whom it says nothing. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { samples, type Sample } from '../../../../infra/local/workbench/exchange.ts';
import { deliveryInWords, sentInWords } from '../../../../infra/local/workbench/in-words.ts';
import { mishapsOfNextOrder } from '../../../../retailer-sim/next-order.ts';
import { replayDelivery } from '../../../../shared/retailer/delivery.ts';
import { instantOf } from '../../../../shared/values.ts';
import { openedWorkbench } from './opened-workbench.ts';

let at: Awaited<ReturnType<typeof openedWorkbench>>;
beforeAll(async () => {
  at = await openedWorkbench();
});
afterAll(() => at.close());

const sentSchema = z.object({
  orderId: z.string(),
  exchanges: z.array(z.object({ id: z.string(), type: z.string(), answer: z.object({ kind: z.string(), status: z.number().optional() }) })),
  told: z.object({ status: z.number(), body: z.string() }),
});
const doing = async (body: object, headers: Record<string, string> = {}) => at.ask('/workbench/do', { body, headers });
const send = async (sample: Sample) => sentSchema.parse(JSON.parse((await doing({ do: 'send', shop: 'rt_small', sample })).text));

/** Of each message what the shop answered, whether all bear one id, and what the shop has said of the order in the end. */
const expected: Record<Sample, readonly [answers: readonly (number | undefined)[], isOneId: boolean, told: readonly string[]]> = {
  order: [[202], true, ['order.accepted']],
  twice: [[202, 200], true, ['order.accepted']],
  'at-once': [[202, 200, 200], true, ['order.accepted']],
  'given-up': [[undefined, 200], true, ['order.accepted']],
  cancel: [[202, 202], false, ['order.accepted', 'order.cancelled']],
  'cancel-first': [[202, 202], false, ['order.cancelled']],
  forged: [[401], true, []],
  changed: [[401], true, []],
  'too-old': [[401], true, []],
};

describe('a sample', () => {
  it.each(samples)('%s: comes to the shop as it says, and shows what came of it', async (sample) => {
    const { exchanges, told } = await send(sample);
    const [answers, isOneId, types] = expected[sample];
    // Whether the shop had answered before we hung up is a matter of milliseconds.
    const statuses = exchanges.map(({ answer: { status } }, index) => (sample === 'given-up' && index === 0 ? undefined : status));
    // Any of the copies may be the one that wins.
    expect(sample === 'at-once' ? statuses.sort().reverse() : statuses).toEqual(answers);
    expect(new Set(exchanges.map(({ id }) => id)).size === 1).toBe(isOneId);
    const said = z.object({ answers: z.array(z.object({ type: z.string() })) }).safeParse(told.status === 200 ? JSON.parse(told.body) : undefined);
    expect(said.success ? said.data.answers.map(({ type }) => type) : []).toEqual(types);
  });
});

describe('the workbench', () => {
  it('shows every attempt with its answer, and sends a message again', async () => {
    at.kept.length = 0;
    const { text } = await at.ask('/workbench/log?shop=rt_small');
    expect(JSON.parse(text)).toMatchObject({
      deliveries: [{ messageId: 'msg_1', attempts: [{ exchange: { answer: 'down for a moment' } }, { httpStatus: 202 }] }],
    });
    expect((await doing({ do: 'replay', shop: 'rt_small', messageId: 'msg_1' })).status).toBe(200);
    expect(at.replayed).toEqual(['msg_1']);
    const again = await doing({ do: 'replay', shop: 'rt_small', messageId: 'msg_1' });
    expect([again.status, again.text]).toEqual([409, '{"detail":"it was sent again less than a minute ago; look at what came of it first"}']);
  });

  it('keeps samples in the shop’s log, marked, each message once with every attempt', async () => {
    at.kept.length = 0;
    await send('twice');
    expect(at.kept).toMatchObject([{ sample: true, status: 'delivered', type: 'order.placed', attempts: [{ httpStatus: 202 }, { httpStatus: 200 }] }]);
    await send('forged');
    expect(at.kept[1]).toMatchObject({
      sample: true,
      status: 'abandoned',
      attempts: [{ outcome: 'failed', httpStatus: 401, detail: 'refused, as it should be' }],
    });
    expect(replayDelivery(at.kept[0] ?? ({} as never), 'operator', instantOf(Date.now()))).toEqual({ kind: 'rejected', reason: 'is-a-sample' });
    expect((await at.workbench.log('rt_small')).map(deliveryInWords).join()).toMatch(/delivered {2}sample/);
    expect((await at.workbench.log('rt_small')).map(deliveryInWords).join('\n')).toMatch(
      / {2}refused, as it should be {2}sample\n.*\n.*\n.* {2}refused {2}401 /,
    );
  });

  it('lets a shop live that passes, and shows it', async () => {
    const standing = async () =>
      z.object({ shops: z.array(z.object({ conformance: z.unknown().optional() })) }).parse(JSON.parse((await at.ask('/workbench/shops')).text)).shops[0];
    expect((await standing())?.conformance).toBeUndefined();
    const { text } = await doing({ do: 'check', shop: 'rt_small' });
    expect(JSON.parse(text)).toMatchObject({ isLive: true });
    expect(text).toContain('keine Antwort mit 3xx');
    expect(text).toContain('wir haben eine Antwort zu einer Bestellung dieses Laufs angenommen');
    expect((await standing())?.conformance).toMatchObject({ passedAt: '2026-03-02T09:00:00.000Z' });
  });

  it('tells a simulated shop once how its next order is to fail', async () => {
    expect((await doing({ do: 'fail-next', shop: 'rt_small', failures: ['shop-answered-5xx', 'shop-price-raised'] })).status).toBe(200);
    expect(mishapsOfNextOrder(at.ledgers, 'rt_small')).toEqual(['shop-answered-5xx', 'shop-price-raised']);
    expect(mishapsOfNextOrder(at.ledgers, 'rt_small')).toEqual([]);
    at.simulated.isRunning = false;
    expect(await doing({ do: 'fail-next', shop: 'rt_small', failures: ['shop-slow'] })).toMatchObject({
      status: 409,
      text: expect.stringContaining('--no-sim') as string,
    });
    at.simulated.retailerIds = [];
    expect(await doing({ do: 'fail-next', shop: 'rt_small', failures: ['shop-slow'] })).toMatchObject({
      status: 409,
      text: expect.stringContaining('not simulated') as string,
    });
    expect(mishapsOfNextOrder(at.ledgers, 'rt_small')).toEqual([]);
  });

  it.each([
    ['a shop that nobody has', { do: 'send', shop: 'rt_nobody', sample: 'order' }, 409],
    ['a shop that leads out of the folder', { do: 'fail-next', shop: '../rt_small', failures: ['shop-slow'] }, 409],
    ['a failure that there is not', { do: 'fail-next', shop: 'rt_small', failures: ['shop-burnt'] }, 400],
    ['something else', { do: 'buy', shop: 'rt_small' }, 400],
  ])('refuses %s', async (_, body, status) => {
    expect((await doing(body)).status).toBe(status);
    expect(existsSync(path.join(at.ledgers, '..', 'rt_small.json'))).toBe(false);
  });

  it.each([{ host: 'evil.example' }, { origin: 'https://evil.example' }])('does nothing for a page from elsewhere: %o', async (headers) => {
    expect((await doing({ do: 'check', shop: 'rt_small' }, headers)).status).toBe(403);
  });

  it.each([
    '/workbench',
    '/workbench/workbench.js',
    '/workbench/draw.js',
    '/workbench/words.js',
    '/workbench/workbench.css',
    '/workbench/tokens.css',
    '/workbench/surfaces.css',
  ])('serves %s', async (file) => {
    expect((await at.ask(file)).status).toBe(200);
  });

  it('says the same in a terminal', async () => {
    const sent = sentInWords(await at.workbench.send('rt_small', 'order'));
    expect(sent).toMatch(/^ord_conformance-\S+\n→ order\.placed\n {4}webhook-id: msg_\S+\n {4}webhook-timestamp: \d+\n {4}webhook-signature: v1,/);
    expect(sent).toMatch(/← 202 after \d+ ms/);
    // To its last character.
    expect(sent).toMatch(/\n {4}\{"data".*"type":"order\.placed"\}\n/);
    expect(sent).toMatch(/\ntaken, as it should be$/);
    expect(sentInWords(await at.workbench.send('rt_small', 'changed'))).toMatch(/\nrefused, as it should be$/);
    const message = (await at.workbench.log('rt_small')).find(({ messageId }) => messageId === 'msg_1');
    expect(message && deliveryInWords(message)).toMatch(/failed {2}503 {2}31 ms {2}answered 503 {2}down for a moment/);
  });
});
