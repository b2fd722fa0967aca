import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isItem, isSameItem } from '../../../../infra/local/store/same-item.ts';

const name = fc.string({ minLength: 1, maxLength: 4 }).filter((text) => text !== '__proto__');
const { value } = fc.letrec<{ value: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.record({ S: fc.string() }),
    fc.record({ N: fc.integer().map(String) }),
    fc.record({ BOOL: fc.boolean() }),
    fc.record({ SS: fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 }) }),
    fc.record({ L: fc.array(tie('value'), { maxLength: 3 }) }),
    fc.record({ M: fc.dictionary(name, tie('value'), { maxKeys: 3 }) }),
  ),
}));
const item = fc.dictionary(name, value, { maxKeys: 5 });

/** The same content with every set and map the other way round. */
function turned(content: unknown): unknown {
  if (Array.isArray(content)) return content.map(turned);
  if (typeof content !== 'object' || content === null) return content;
  return Object.fromEntries(
    Object.entries(content)
      .map(([key, inner]): [string, unknown] => [key, key === 'SS' && Array.isArray(inner) ? inner.toReversed() : turned(inner)])
      .toReversed(),
  );
}

test('the order of members in maps and sets makes no difference', () => {
  fc.assert(
    fc.property(item, (one) => {
      const other = turned(one);
      return isItem(other) && isSameItem(one, other) && isSameItem(other, one);
    }),
  );
});

test('two items are the same exactly when their sorted texts are', () => {
  const sorted = (content: unknown, key = ''): unknown => {
    if (Array.isArray(content)) return key === 'SS' ? content.toSorted() : content.map((inner) => sorted(inner));
    if (typeof content !== 'object' || content === null) return content;
    return Object.entries(content)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([inner, deeper]) => [inner, sorted(deeper, inner)]);
  };
  fc.assert(fc.property(item, item, (one, other) => isSameItem(one, other) === (JSON.stringify(sorted(one)) === JSON.stringify(sorted(other)))));
});

test.each([
  [{ a: { S: '1' } }, { a: { N: '1' } }],
  [{ a: { L: [{ N: '1' }, { N: '2' }] } }, { a: { L: [{ N: '2' }, { N: '1' }] } }],
  [{ a: { L: [{ N: '1' }] } }, { a: { L: [{ N: '1' }, { N: '1' }] } }],
  [{ a: { SS: ['x'] } }, { a: { SS: ['x', 'y'] } }],
  [{ a: { M: { b: { BOOL: true } } } }, { a: { M: { b: { BOOL: false } } } }],
  [{ a: { NULL: true } }, {}],
  [{ a: { NULL: true } }, { b: { NULL: true } }],
])('%j is not %j', (one, other) => {
  expect([isSameItem(one, other), isSameItem(other, one)]).toEqual([false, false]);
});
