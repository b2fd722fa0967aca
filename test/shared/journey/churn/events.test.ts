import { expect, it } from 'vitest';
import { historiesOf } from '../../../../shared/journey/churn/events.ts';

it('takes purchases of one day for one, the first for the beginning, and leaves out what came after the end', () => {
  const purchases = [
    { customer: 'b', day: 20, amount: 5 },
    { customer: 'a', day: 24, amount: 30 },
    { customer: 'a', day: 10, amount: 99 },
    { customer: 'a', day: 17, amount: 4 },
    { customer: 'a', day: 17, amount: 6 },
    { customer: 'a', day: 90, amount: 1 },
  ];
  expect(historiesOf(purchases, 31, 7)).toEqual([
    { customer: 'b', moments: [0], logGaps: 0, x: 0, tx: 0, T: 11 / 7 },
    { customer: 'a', moments: [0, 1, 2], logGaps: 0, x: 2, tx: 2, T: 3, meanAmount: 20 },
  ]);
});
