import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseEuros, showEuros } from '../../app/design/euros.ts';
import type { Formats } from '../../app/words/formats.ts';
import { euros, instantSchema } from '../../shared/values.ts';
import { openWindow } from './browser-world.ts';

let formatsFor: (reader: 'de' | 'en', zone: string) => Formats;
beforeAll(async () => {
  openWindow({ href: 'http://127.0.0.1/app/' });
  ({ formatsFor } = await import('../../app/words/formats.ts'));
});
/** Browsers put spaces that do not break between a number and its sign. */
const plain = (text: string) => text.replaceAll(/\s/g, ' ');

describe('what a reader sees', () => {
  it('is written as in the reader’s language', () => {
    const [de, en] = [formatsFor('de', 'Europe/Berlin'), formatsFor('en', 'Europe/Berlin')];
    expect([de, en].map(({ money }) => plain(money(euros(123_450))))).toEqual(['1.234,50 €', '€1,234.50']);
    expect([de, en].map(({ quantity }) => [quantity(1_500, 'ml'), quantity(250, 'g'), quantity(1, 'piece'), quantity(2, 'piece')].map(plain))).toEqual([
      ['1,5 l', '250 g', '1 Stück', '2 Stück'],
      ['1.5 l', '250 g', '1 piece', '2 pieces'],
    ]);
    expect([de, en].map(({ inDays }) => [inDays(0), inDays(1), inDays(5)])).toEqual([
      ['heute', 'morgen', 'in 5 Tagen'],
      ['today', 'tomorrow', 'in 5 days'],
    ]);
    expect(plain(de.unitPrice(euros(199), { amount: 500, unit: 'ml' }))).toBe('3,98 € / 1 l');
    expect([de.month('2026-03'), en.month('2026-12')]).toEqual(['März 2026', 'December 2026']);
  });

  it('has the hour of the household, in winter and in summer', () => {
    const { time } = formatsFor('de', 'Europe/Berlin');
    expect([time(instantSchema.parse('2026-03-29T00:30:00.000Z')), time(instantSchema.parse('2026-03-29T01:30:00.000Z'))]).toEqual(['01:30', '03:30']);
  });
});

describe('a sum that is typed', () => {
  it.each([
    ['12,50', 1_250],
    ['12.5', 1_250],
    [' 7 €', 700],
    ['0,05', 5],
    ['', undefined],
    ['1,234', undefined],
    ['-3', undefined],
    ['twelve', undefined],
  ])('%j is %s cents', (text, cents) => {
    expect(parseEuros(text)?.amountMinor).toBe(cents);
  });

  it('is shown so that it can be typed again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.constantFrom('de' as const, 'en' as const), (cents, reader) => {
        expect(parseEuros(showEuros({ amountMinor: cents, currency: 'EUR' }, reader))?.amountMinor).toBe(cents);
      }),
    );
  });
});
