import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gathered } from '../../../../infra/local/trace/gather.ts';
import { appliedReadings, logLines } from '../../../../infra/local/trace/log-lines.ts';
import { printed, span } from '../../../../infra/local/trace/print.ts';
import { stepsOf } from '../../../../infra/local/trace/steps.ts';
import { envelop } from '../../../../shared/events.ts';
import { touchpointOf } from '../../../../shared/journey/touchpoint.ts';
import { newDelivery } from '../../../../shared/retailer/delivery.ts';
import { messageIdSchema } from '../../../../shared/values.ts';
import { happyEnd, later, orderItem, placed, proposed, shopId } from '../auditor/examples.ts';

const { key, events, state } = orderItem(happyEnd);
const { order } = state;
const { needId, supplyId } = order.quote.lineItems[0] ?? {};
if (needId === undefined || supplyId === undefined) throw new Error('the example has a line');
const { householdId, orderId, proposedAt } = order;
const lowAt = later(proposedAt, -2);
const low = {
  type: 'supply.low' as const,
  data: {
    ...{ householdId, supplyId, needId, cycle: 1, round: 1, unit: 'ml' as const, inventoryPosition: 800, reorderPoint: 1_000 },
    ...{ projectedStockoutAt: later(proposedAt, 24), confirmedBy: 'three-readings' as const },
  },
};
const supplyKey = `HH#${householdId}/SUPPLY#${supplyId}`;
const [told] = envelop([low], { aggregate: supplyKey, version: 7, time: lowAt });
if (told === undefined) throw new Error('it was told');
const [restocked] = envelop([{ type: 'supply.restocked', data: { householdId, supplyId, orderId, unit: 'ml', amount: 2_000 } }], {
  ...{ aggregate: supplyKey, version: 8, time: later(proposedAt, 5) },
});
if (restocked === undefined) throw new Error('it was restocked');

const line = (service: string, at: string, facts: object) =>
  JSON.stringify({ level: 'INFO', message: 'worked off', timestamp: at, productTime: at, service, correlationid: needId, ...facts });
const reading = (seq: number, sampledAt: string) => ({
  ...{ supplyId, thing: 'fridge-anna', bootId: 1, seq, sampledAt, receivedAt: sampledAt, appliedAt: sampledAt },
});

const message = {
  ...{ messageId: messageIdSchema.parse('msg_1'), householdId, orderId, retailerId: shopId, type: 'order.placed' as const, body: '{}' },
  acceptBefore: later(proposedAt, 20),
};
const gathered: Gathered = {
  stored: state,
  events: [restocked, ...events, told],
  delivery: { ...newDelivery(message, later(proposedAt, 2)), attempts: [{ at: later(proposedAt, 2), outcome: 'delivered', httpStatus: 204, detail: '' }] },
  touchpoints: [touchpointOf(told, lowAt)].flatMap((one) => one ?? []),
  log: [],
  readings: [1, 2, 3, 4].map((seq) => reading(seq, later(lowAt, seq - 5))),
};

let data: string;
beforeAll(() => {
  data = mkdtempSync(path.join(tmpdir(), 'nachschub-trace-'));
  mkdirSync(path.join(data, 'logs'));
  const write = (file: string, lines: readonly string[]) => appendFileSync(path.join(data, file), lines.map((one) => `${one}\n`).join(''));
  write('logs/Ingest1.ndjson', [line('ingest-telemetry', lowAt, { message: 'said', events: [{ type: 'supply.low', id: told.id }] })]);
  write('logs/Propose2.ndjson', [
    line('propose-order', lowAt, { event: { type: 'supply.low', id: told.id } }),
    line('propose-order', lowAt, { correlationid: 'need_of-somebody-else', event: { type: 'supply.low', id: told.id } }),
    `an old line that names ${needId}`,
    line('propose-order', later(proposedAt, 1), { level: 'WARN', message: 'the shop was slow', reason: 'no answer in time' }),
  ]);
  const outcomes = (seq: number, verdict: string) => ({ outcomes: [['fridge-anna', 1, seq, verdict]], times: [[lowAt, lowAt]] });
  write('journal.ndjson', [
    JSON.stringify({ journal: 'readings', productTime: lowAt, supplyId, ...outcomes(1, 'applied') }),
    JSON.stringify({ journal: 'readings', productTime: lowAt, supplyId, ...outcomes(2, 'ignored') }),
    JSON.stringify({ journal: 'readings', productTime: lowAt, supplyId: 'sup_other', ...outcomes(3, 'applied') }),
    // As an older run wrote it.
    JSON.stringify({ journal: 'readings', outcomes: [['fridge-anna', 1, 4, 'applied']], about: supplyId }),
    `{"journal":"readings","supplyId":"${supplyId}","outco`,
  ]);
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

const titles = (from: Gathered) => stepsOf(from).map(({ title }) => title);

describe('the way of an order', () => {
  it('begins with the readings that made its need believed and ends on the shelf, in the order of time', () => {
    expect(titles(gathered)).toEqual([
      'fridge-anna was heard: reading 2 of boot 1',
      'fridge-anna was heard: reading 3 of boot 1',
      'fridge-anna was heard: reading 4 of boot 1',
      'supply.low',
      'order.proposed',
      'order.approved',
      'order.placing',
      'webhook attempt 1: delivered',
      'order.placed',
      'order.delivered',
      'supply.restocked',
    ]);
  });

  it('names the functions: who said a fact, who worked it off, and what they logged beside', async () => {
    const log = await logLines(data, [needId]);
    const steps = stepsOf({ ...gathered, log });
    const lowStep = steps.find(({ title }) => title.startsWith('supply.low'));
    expect(lowStep?.title).toBe('supply.low, said by ingest-telemetry');
    expect(lowStep?.details).toContain('worked off by propose-order');
    expect(steps).toContainEqual({ at: later(proposedAt, 1), title: 'propose-order logged WARN: the shop was slow', details: ['no answer in time'] });
  });

  it('holds nothing of other orders, not even of the same need', () => {
    const other = orderItem([proposed, ...placed.slice(0, 0)], { orderId: 'ord_ffffffffffffffffffffffffffffffff', from: later(proposedAt, 9) });
    const asked = envelop([{ ...low, data: { ...low.data, round: 2, confirmedBy: 'asked-again' } }], {
      aggregate: supplyKey,
      version: 9,
      time: later(proposedAt, 8),
    });
    expect(titles({ ...gathered, events: [...gathered.events, ...other.events, ...asked] })).toEqual(titles(gathered));
  });

  it('tells an attempt that failed once: by the fact that says when the next one is', () => {
    const about = { householdId, orderId, retailerId: shopId, messageId: message.messageId };
    const failed = envelop([{ type: 'webhook.failed', data: { ...about, attempt: 1, reason: 'answered 503', retryAt: later(proposedAt, 3) } }], {
      ...{ aggregate: 'RT#rt/DELIVERY#msg_1', version: 3, time: later(proposedAt, 2) },
    });
    const attempts = [{ at: later(proposedAt, 2), outcome: 'failed' as const, httpStatus: 503, detail: 'answered 503' }];
    const steps = stepsOf({ ...gathered, events: [...gathered.events, ...failed], delivery: { ...newDelivery(message, proposedAt), attempts } });
    expect(steps.filter(({ title }) => title.includes('webhook')).map(({ title, details }) => [title, details[0]])).toEqual([
      ['webhook.failed', `attempt 1: answered 503; again on ${later(proposedAt, 3)}`],
    ]);
  });

  it('is told with the decision, its rules, the touchpoints and the time between', () => {
    const text = printed(order, stepsOf(gathered));
    expect(text[0]).toBe(`${orderId} (delivered) of ${householdId} at ${shopId}, for ${needId}`);
    const whole = text.join('\n');
    for (const part of ['covers the whole order', 'passed per-order-cap: expected', 'touchpoint: information', '+2h  order.proposed'])
      expect(whole).toContain(part);
    // Nothing is claimed where no log says it.
    expect(whole).not.toContain('said by');
    expect(text.at(-1)).toBe('From the first step to the last: 10h.');
    expect(key).toContain(orderId);
  });
});

describe('the files of a run', () => {
  it('give the readings of a supply that were applied, and skip lines of older runs and torn ones', async () => {
    expect(await appliedReadings(data, [supplyId])).toEqual([{ ...reading(1, lowAt), receivedAt: lowAt, appliedAt: lowAt }]);
  });

  it('give only the lines of the story', async () => {
    expect((await logLines(data, [needId])).map(({ service }) => service)).toEqual(['ingest-telemetry', 'propose-order', 'propose-order']);
    expect(await logLines(path.join(data, 'nothing'), [needId])).toEqual([]);
  });
});

it.each([
  [0, '0s'],
  [59_000, '59s'],
  [3_600_000, '1h'],
  [3_600_000 + 59_000, '1h'],
  [90_061_000, '1d 1h'],
])('%i ms are told as %s', (millis, text) => {
  expect(span(millis)).toBe(text);
});
