import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { answerOf, approvalIdOf } from '../../device-sim/answers.ts';
import { orderIdSchema } from '../../shared/values.ts';

const answers = { approve: 0.7, decline: 0.2, delayMinutes: [5, 180] as [number, number] };
const orders = Array.from({ length: 3_000 }, (_, index) => orderIdSchema.parse(`ord_${index}`));

describe('how a member answers', () => {
  it('keeps to its shares and its delays', () => {
    const all = orders.map((orderId) => answerOf(42, 'mem_anna', orderId, answers));
    const share = (answer: string) => all.filter(({ intent }) => intent.answer === answer).length / all.length;
    expect(share('approve')).toBeCloseTo(0.7, 1);
    expect(share('decline')).toBeCloseTo(0.2, 1);
    expect(share('none')).toBeCloseTo(0.1, 1);
    const minutes = all.map(({ delayMillis }) => delayMillis / 60_000);
    expect(Math.min(...minutes)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...minutes)).toBeLessThanOrEqual(180);
    expect(Math.max(...minutes) - Math.min(...minutes)).toBeGreaterThan(170);
  });

  it('is the same for the same seed and order, and no answer without a character', () => {
    expect(orders.map((orderId) => answerOf(42, 'mem_anna', orderId, answers))).toEqual(orders.map((orderId) => answerOf(42, 'mem_anna', orderId, answers)));
    expect(answerOf(42, 'mem_anna', orderIdSchema.parse('ord_1'), undefined).intent).toEqual({ answer: 'none' });
  });

  it('names an approval after its order, and another one after the quote too', () => {
    const orderId = orderIdSchema.parse('ord_1');
    expect(approvalIdOf(orderId)).toBe(`apr_${createHash('sha256').update('ord_1').digest('hex').slice(0, 24)}`);
    expect(approvalIdOf(orderId, 'abc')).not.toBe(approvalIdOf(orderId));
  });
});
