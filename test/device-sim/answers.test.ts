import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { answerOf, approvalIdOf, screenOf } from '../../device-sim/answers.ts';
import { memberIdSchema, orderIdSchema, type MemberId } from '../../shared/values.ts';

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

  it('answers some orders on the TV and the others on the phone, each always on the same', () => {
    const onTv = orders.filter((orderId) => screenOf(42, 'mem_anna', orderId) === 'tv');
    expect(onTv.length / orders.length).toBeCloseTo(0.4, 1);
    expect(orders.filter((orderId) => screenOf(42, 'mem_anna', orderId) === 'tv')).toEqual(onTv);
  });

  it('names an approval after its order and who gave it, and another one after the quote too', () => {
    const orderId = orderIdSchema.parse('ord_1');
    const [anna, ben] = ['mem_anna', 'mem_ben'].map((memberId) => memberIdSchema.parse(memberId)) as [MemberId, MemberId];
    expect(approvalIdOf(anna, orderId)).toBe(`apr_${createHash('sha256').update('mem_anna ord_1 ').digest('hex').slice(0, 24)}`);
    const several = [approvalIdOf(anna, orderId), approvalIdOf(anna, orderId, 'abc'), approvalIdOf(ben, orderId)];
    expect(new Set(several).size).toBe(3);
  });
});
