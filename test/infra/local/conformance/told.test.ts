/** What a shop says of an order when it is asked, read as the product reads it, and how two orders in place of one are told apart. */
import { describe, expect, it } from 'vitest';
import { toldIn } from '../../../../infra/local/conformance/bench.ts';
import { countedOnce, saidOnce } from '../../../../infra/local/conformance/checks/once.ts';
import { sampleOrderId } from '../../../../infra/local/conformance/sample-messages.ts';

const orderId = sampleOrderId('a-1');
const timestamp = '2026-03-02T09:00:00.000Z';
const deliveryAt = '2026-03-03T09:00:00.000Z';
const said = (type: string, sequence: number, about: object = { deliveryAt }) => ({
  ...{ messageId: `msg_${type.replace('.', '-')}-${sequence}`, type, timestamp },
  data: { orderId, sequence, ...about },
});
const told = (status: number, body: unknown) =>
  toldIn({ kind: 'answered', status, body: typeof body === 'string' ? body : JSON.stringify(body), millis: 1 }, orderId);
const answers = (...all: object[]) => told(200, { orderId, answers: all });
const typesIn = (result: ReturnType<typeof toldIn>) => (result.kind === 'answers' ? result.answers.map(({ type }) => type) : result.why.en);

describe('what a shop says of an order', () => {
  it('may be said in one word or line by line', () => {
    expect(typesIn(answers(said('order.accepted', 1), said('order.shipped', 2, {})))).toEqual(['order.accepted', 'order.shipped']);
    expect(typesIn(answers(said('order.responded', 1, { response: 'accepted', deliveryAt })))).toEqual(['order.accepted']);
    expect(typesIn(answers(said('order.responded', 1, { response: 'rejected' })))).toEqual(['order.rejected']);
  });

  it.each([
    [told(404, ''), 'GET answered 404'],
    [told(200, 'we have it'), 'GET answered 200 with a body that we cannot read: no JSON'],
    [told(200, { orderId, answers: [], status: 'fine' }), /cannot read: Unrecognized key/],
    [told(200, { orderId: sampleOrderId('b'), answers: [] }), `GET answered about ${sampleOrderId('b')}`],
    [answers(said('order.accepted', 1, {})), /names an answer order\.accepted that we cannot read: data\.deliveryAt/],
    [answers(said('order.burnt', 1)), /names an answer order\.burnt that we cannot read/],
    [told(200, `{"orderId":"${orderId}","answers":[],"answers":[]}`), /cannot read/],
  ])('is refused where the product would not understand it: %#', (result, why) => {
    expect(typesIn(result)).toEqual(typeof why === 'string' ? why : expect.stringMatching(why));
  });
});

describe('one order', () => {
  const isOnce = (...all: object[]) => countedOnce(answers(...all)).passed;
  it('is accepted once, whatever follows', () => {
    expect(isOnce(said('order.accepted', 1), said('order.shipped', 2, {}), said('order.cancelled', 3, { reason: 'no' }))).toBe(true);
    expect(isOnce(said('payment.declined', 1, { reason: 'expired', retryBefore: deliveryAt }), said('order.accepted', 2))).toBe(true);
  });
  it('is not accepted twice, nor rejected beside, nor counted twice, nor silent', () => {
    expect(isOnce(said('order.accepted', 1), said('order.accepted', 2))).toBe(false);
    expect(isOnce(said('order.accepted', 1), said('order.rejected', 2, { reason: 'had it' }))).toBe(false);
    expect(isOnce(said('order.accepted', 1), said('order.shipped', 1, {}))).toBe(false);
    expect(isOnce()).toBe(false);
  });
  it('stays the order that it was when its message comes again', () => {
    const [first, anew] = [answers(said('order.accepted', 1)), answers({ ...said('order.accepted', 1), messageId: 'msg_another' })];
    expect(saidOnce(first, answers(said('order.accepted', 1), said('order.shipped', 2, {}))).passed).toBe(true);
    expect(saidOnce(first, anew)).toMatchObject({ passed: false, came: { en: 'GET told msg_order-accepted-1 before the repeat, and msg_another after it' } });
    // Nothing was said yet when we asked: whoever was hung up on may take the repeat as the first.
    expect(saidOnce(answers(), anew).passed).toBe(true);
    expect(saidOnce(told(404, ''), anew).passed).toBe(true);
    expect(saidOnce(first, told(404, '')).came.en).toMatch(/it is lost$/);
  });
});
