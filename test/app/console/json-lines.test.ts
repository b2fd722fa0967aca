import fc from 'fast-check';
import { expect, it } from 'vitest';
import { faultInText, lineOf } from '../../../app/console/json-lines.ts';

it('finds the line of what a path names, whatever stands before it', () => {
  const text = JSON.stringify(
    [
      { factor: 'a "}], b', weight: 1 },
      { factor: 'b', names: ['x', 'y'], weight: 2 },
    ],
    undefined,
    2,
  );
  const lines = text.split('\n');
  expect(lines[lineOf(text, ['1', 'weight']) - 1]).toContain('"weight": 2');
  expect(lines[lineOf(text, ['1', 'names', '1']) - 1]).toContain('"y"');
  expect(lines[lineOf(text, ['1', 'missing']) - 1]).toBe('  {');
  expect(lineOf(text, [])).toBe(1);
});

it('finds every leaf of any JSON', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ a: fc.string(), b: fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean()), { maxLength: 4 }) }), { minLength: 1, maxLength: 4 }),
      (value) => {
        const text = JSON.stringify(value, undefined, 1);
        const lines = text.split('\n');
        for (const [index, { a, b }] of value.entries()) {
          expect(lines[lineOf(text, [String(index), 'a']) - 1]).toContain(JSON.stringify(a));
          for (const [place, one] of b.entries()) expect(lines[lineOf(text, [String(index), 'b', String(place)]) - 1]).toContain(JSON.stringify(one));
        }
      },
    ),
  );
});

it('says what is no JSON, and what a refusal is about elsewhere', () => {
  expect(faultInText('{', undefined, 'rules')).toMatchObject({ isNotJson: true });
  expect(faultInText('{\n"a": 1\n}', 'rules.programme.a: expected 2', 'rules.programme')).toEqual({ message: 'expected 2', line: 2 });
  expect(faultInText('{}', 'version: expected 3', 'rules.programme')).toEqual({ message: 'version: expected 3' });
  expect(faultInText('{}', undefined, 'rules')).toBeUndefined();
});
