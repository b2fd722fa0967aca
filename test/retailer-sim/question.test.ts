/** The simulated shop asks only what may be answered with yes. */
import { describe, expect, it } from 'vitest';
import { questionFor } from '../../retailer-sim/question.ts';
import { HOUR, milk, orderOf, startsAt } from './world.ts';

const oat = {
  insteadOf: milk.gtin,
  gtin: '4012345678901',
  sku: 'FH-1101',
  title: 'Oat drink',
  pack: { amount: 1, unit: 'l' as const },
  priceMinor: 139,
  tags: [],
};
const asks = (substitution: object | undefined) => {
  const order = orderOf('ord_1');
  const lines = order.lines.map(({ substitution: _, ...line }, index) => (index === 0 && substitution ? { ...line, substitution } : line));
  const circumstances = { substitutes: [oat], share: 1, answerAt: startsAt, shipAt: startsAt + 12 * HOUR, dice: () => 0 };
  return questionFor({ ...order, lines } as never, circumstances) !== undefined;
};

describe('a question', () => {
  it.each([
    ['where nobody has ruled', { rule: 'ask' }, true],
    ['where it costs no more than may be asked about', { rule: 'ask', askUpToMinor: 30 }, true],
    ['where it costs more', { rule: 'ask', askUpToMinor: 29 }, false],
    ['where only the same maker may come', { rule: 'ask', sameMaker: true }, false],
    ['where nothing else may come', undefined, false],
  ])('%s: %o', (_, substitution, isAsked) => {
    expect(asks(substitution)).toBe(isAsked);
  });
});
