import { describe, expect, it } from 'vitest';
import {
  dropEarly,
  EARLY_KEPT,
  EARLY_MAX,
  earlyAbout,
  earlyAnswersSchema,
  earlyKeptUntil,
  keepEarly,
  type EarlyAnswers,
} from '../../../shared/retailer/early-answers.ts';
import { answerSchema } from '../../../shared/order/response.ts';
import { addDuration, duration, messageIdSchema, orderIdSchema, type Instant } from '../../../shared/values.ts';
import { accepts, frischhof, heardAt, orderId } from '../order/order-examples.ts';

const other = orderIdSchema.parse('ord_2');
const about = (order: string) => answerSchema.parse({ ...accepts(1), data: { ...accepts(1).data, orderId: order } });
const keep = (kept: EarlyAnswers | undefined, id: string, order: string = orderId, now: Instant = heardAt, answer = about(order)) => {
  const outcome = keepEarly(kept, { retailerId: frischhof, messageId: messageIdSchema.parse(id), answer }, now);
  return outcome.kind === 'changed' ? earlyAnswersSchema.parse(outcome.state) : kept;
};

describe('what a shop says too early', () => {
  const two = keep(keep(undefined, 'msg_1'), 'msg_2', other);
  if (two === undefined) throw new Error('expected something kept');

  it('is kept by message and found by order', () => {
    expect(keep(two, 'msg_1')).toBe(two);
    expect(earlyAbout(two, orderId, heardAt).map(({ messageId }) => messageId)).toEqual(['msg_1']);
    const dropped = dropEarly(two, orderId);
    expect(dropped.kind === 'changed' && dropped.state.answers.map(({ messageId }) => messageId)).toEqual(['msg_2']);
    expect(dropEarly(two, orderIdSchema.parse('ord_3')).kind).toBe('ignored');
  });

  it('is forgotten after a day, with or without another word', () => {
    const nextDay = addDuration(heardAt, EARLY_KEPT);
    expect(earlyAbout(two, orderId, nextDay)).toEqual([]);
    expect(earlyAbout(two, orderId, addDuration(nextDay, duration(-1, 'seconds')))).toHaveLength(1);
    expect(keep(two, 'msg_3', orderId, nextDay)?.answers.map(({ messageId }) => messageId)).toEqual(['msg_3']);
    expect(earlyKeptUntil(two)).toBe(nextDay);
  });

  it('has little room, and the oldest leaves first', () => {
    let kept: EarlyAnswers | undefined;
    for (let number = 0; number < EARLY_MAX + 3; number += 1) kept = keep(kept, `msg_${String(number)}`, `ord_${String(number)}`);
    expect([kept?.answers.length, kept?.answers[0]?.messageId]).toEqual([EARLY_MAX, 'msg_3']);
    const offered = { gtin: '4012345678901', sku: 'S', title: 'T'.repeat(120), pack: { amount: 1, unit: 'l' }, unitPriceMinor: 1, tags: [] };
    const lines = Array.from({ length: 50 }, () => ({ response: 'added', addedTo: '4006381333931', offered, quantity: 1 }));
    const long = answerSchema.parse({
      type: 'order.responded',
      timestamp: heardAt,
      data: { orderId, sequence: 1, response: 'modified', lines, deliveryAt: heardAt },
    });
    let many: EarlyAnswers | undefined;
    for (let number = 0; number < 20; number += 1) many = keep(many, `msg_${String(number)}`, orderId, heardAt, long);
    expect(JSON.stringify(many).length).toBeLessThan(110_000);
    expect(many?.answers.at(-1)?.messageId).toBe('msg_19');
  });
});
