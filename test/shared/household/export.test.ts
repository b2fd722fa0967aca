import { describe, expect, it } from 'vitest';
import { csvOf } from '../../../shared/household/export.ts';

const entry = (state: unknown) => ({ kind: 'supply', id: 'sup_milk', state, events: [] });

describe('a table of what is held', () => {
  it('has one row per figure, however deep it lies, and nothing for what is not there', () => {
    expect(csvOf([entry({ name: 'Milk', stock: { onHand: 1.5, gone: null }, tags: ['a', true] })])).toBe(
      'kind,id,field,value\r\nsupply,sup_milk,name,Milk\r\nsupply,sup_milk,stock.onHand,1.5\r\nsupply,sup_milk,tags.0,a\r\nsupply,sup_milk,tags.1,true\r\n',
    );
  });
  it('goes on where another page ended', () => expect(csvOf([entry({ a: 1 })], false)).toBe('supply,sup_milk,a,1\r\n'));
  it.each([
    ['a, "b"\n', '"a, ""b""\n"'],
    ['=SUM(A1)', "'=SUM(A1)"],
    ['+49 89', "'+49 89"],
    ['@home', "'@home"],
    ['-5', '-5'],
  ])('writes %j so that a spreadsheet reads text', (value, cell) => {
    expect(csvOf([entry({ value })], false)).toBe(`supply,sup_milk,value,${cell}\r\n`);
  });
});
