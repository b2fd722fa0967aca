import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, matchesPattern } from '../../../../infra/local/bus/pattern.ts';

const event = {
  version: '0',
  source: 'nachschub',
  'detail-type': 'order.approved',
  resources: ['arn:one', 'arn:two'],
  detail: {
    type: 'order.approved',
    path: 'docs/2026/letter.PDF',
    total: 2_490,
    open: true,
    closed: null,
    empty: '',
    none: [],
    order: { retailer: { id: 'rt_frischhof' } },
    lines: [
      { sku: 'milk', packs: 2 },
      { sku: 'eggs', packs: 1, note: 'fragile' },
    ],
    matrix: [[1, 2], [3]],
    star: 'a*b\\c',
  },
};
const detail = (pattern: object) => ({ detail: pattern });

describe('matches', () => {
  it.each<[string, object]>([
    ['a value', { source: ['nachschub'] }],
    ['one of several values', { source: ['other', 'nachschub'] }],
    ['an element of an array', { resources: ['arn:two'] }],
    ['a number, true, null and an empty text', detail({ total: [2_490], open: [true], closed: [null], empty: [''] })],
    ['a nested field', detail({ order: { retailer: { id: ['rt_frischhof'] } } })],
    ['fields of the same element of an array', detail({ lines: { sku: ['eggs'], packs: [1] } })],
    ['an element of an array in an array', detail({ matrix: [3] })],
    ['a prefix', detail({ type: [{ prefix: 'order.' }] })],
    ['a prefix in any case', detail({ type: [{ prefix: { 'equals-ignore-case': 'ORDER.' } }] })],
    ['a suffix', detail({ path: [{ suffix: '.PDF' }] })],
    ['a suffix in any case', detail({ path: [{ suffix: { 'equals-ignore-case': '.pdf' } }] })],
    ['a text in any case', { source: [{ 'equals-ignore-case': 'NACHSCHUB' }] }],
    ['a wildcard', detail({ path: [{ wildcard: 'docs/*/*.PDF' }] })],
    ['a wildcard for nothing', detail({ type: [{ wildcard: '*order.approved*' }] })],
    ['a star and a backslash that are meant', detail({ star: [{ wildcard: 'a\\*b\\\\*' }] })],
    ['anything but a text', detail({ type: [{ 'anything-but': 'order.declined' }] })],
    ['anything but a number', detail({ total: [{ 'anything-but': 5 }] })],
    ['anything but a list', detail({ type: [{ 'anything-but': ['order.declined', 'order.expired'] }] })],
    ['anything but a prefix', detail({ type: [{ 'anything-but': { prefix: 'supply.' } }] })],
    ['anything but a list of prefixes', detail({ type: [{ 'anything-but': { prefix: ['supply.', 'webhook.'] } }] })],
    ['anything but a suffix', detail({ type: [{ 'anything-but': { suffix: '.declined' } }] })],
    ['anything but a wildcard', detail({ path: [{ 'anything-but': { wildcard: '*/lib/*' } }] })],
    ['anything but a text in any case', detail({ type: [{ 'anything-but': { 'equals-ignore-case': 'ORDER.declined' } }] })],
    ['anything but a text where there is a number', detail({ total: [{ 'anything-but': 'x' }] })],
    ['anything but one element of an array, because of the other', { resources: [{ 'anything-but': 'arn:one' }] }],
    ['a number that is equal', detail({ total: [{ numeric: ['=', 2_490] }] })],
    ['a number in a range', detail({ total: [{ numeric: ['>', 0, '<=', 2_490] }] })],
    ['a field that is there', detail({ type: [{ exists: true }] })],
    ['a null that is there', detail({ closed: [{ exists: true }] })],
    ['a field that is not there', detail({ missing: [{ exists: false }] })],
    ['a field that is not there in a part that is not there', { other: { part: [{ exists: false }] } }],
    ['an object as a field that is not there, because only leaves exist', detail({ order: [{ exists: false }] })],
    ['an empty array as a field that is not there', detail({ none: [{ exists: false }] })],
    ['a field that is not there or has a value', detail({ missing: [{ exists: false }, 'x'], type: [{ exists: false }, 'order.approved'] })],
    ['one of two alternatives', { $or: [{ source: ['other'] }, detail({ open: [true] })] }],
    ['alternatives within a part', detail({ $or: [{ total: [1] }, { $or: [{ open: [false] }, { closed: [null] }] }] })],
  ])('%s', (_, pattern) => {
    expect(matchesPattern(pattern, event)).toBe(true);
  });
});

describe('does not match', () => {
  it.each<[string, object]>([
    ['another value', { source: ['other'] }],
    ['the same number as text', detail({ total: ['2490'] })],
    ['a value that is not there', detail({ missing: ['x'] })],
    ['one field of two', { source: ['nachschub'], 'detail-type': ['other'] }],
    ['fields of different elements of an array', detail({ lines: { sku: ['milk'], packs: [1] } })],
    ['a prefix elsewhere', detail({ type: [{ prefix: 'approved' }] })],
    ['a prefix of a number', detail({ total: [{ prefix: '2' }] })],
    ['a prefix in another case', detail({ type: [{ prefix: 'Order.' }] })],
    ['a suffix elsewhere', detail({ path: [{ suffix: 'docs' }] })],
    ['a wildcard that must begin the text', detail({ path: [{ wildcard: '2026*' }] })],
    ['a dot as any character', detail({ type: [{ wildcard: 'order?approved' }] })],
    ['a star that is meant', detail({ type: [{ wildcard: 'order\\*' }] })],
    ['anything but this', detail({ type: [{ 'anything-but': 'order.approved' }] })],
    ['anything but a list that has it', detail({ type: [{ 'anything-but': ['order.approved', 'x'] }] })],
    ['anything but its prefix', detail({ type: [{ 'anything-but': { prefix: ['x', 'order.'] } }] })],
    ['anything but, where nothing is', detail({ missing: [{ 'anything-but': 'x' }] })],
    ['anything but, on an object', detail({ order: [{ 'anything-but': 'x' }] })],
    ['a number beyond the range', detail({ total: [{ numeric: ['>', 0, '<', 2_490] }] })],
    ['a number as a text', detail({ type: [{ numeric: ['>', 0] }] })],
    ['a field that is not there as one that is', detail({ missing: [{ exists: true }] })],
    ['a field that is there as one that is not', detail({ type: [{ exists: false }] })],
    ['an object as a field that is there', detail({ order: [{ exists: true }] })],
    ['a field as absent that only one element of an array has', detail({ lines: { sku: ['milk'], note: [{ exists: false }] } })],
    ['an empty array as a field that is there', detail({ none: [{ exists: true }] })],
    ['no alternative', { $or: [{ source: ['other'] }, detail({ open: [false] })] }],
    ['an alternative without the rest', { source: ['other'], $or: [{ source: ['nachschub'] }, detail({ open: [true] })] }],
    ['what an object inherits', { detail: { toString: [{ exists: true }] } }],
  ])('%s', (_, pattern) => {
    expect(matchesPattern(pattern, event)).toBe(false);
  });

  it.each([[undefined], [null], ['text'], [7], [[]]])('an event that is %j', (nothing) => {
    expect(matchesPattern({ source: ['nachschub'] }, nothing)).toBe(false);
  });
});

describe('loading refuses', () => {
  it.each<[string, unknown, string]>([
    ['an operator it does not know', { source: [{ sounds: 'like' }] }, 'event pattern at source: the operator sounds is not known here'],
    ['an operator that AWS has and we do not', detail({ ip: [{ cidr: '10.0.0.0/8' }] }), 'event pattern at detail.ip: the operator cidr is not known here'],
    ['two operators in one', { source: [{ prefix: 'a', suffix: 'b' }] }, 'one operator'],
    ['a value outside a list', { source: 'nachschub' }, 'event pattern at source: expected an object of fields'],
    ['an empty list', { source: [] }, 'at least one value'],
    ['an empty object', { detail: {} }, 'at least one field'],
    ['an empty pattern', {}, 'at its top'],
    ['a list of lists', { source: [['a']] }, 'a value or one operator'],
    ['a single alternative', { $or: [{ source: ['a'] }] }, 'at least two alternatives'],
    ['an alternative that is no object', { $or: ['a', 'b'] }, 'expected an object'],
    ['a mistake within an alternative', { $or: [{ source: ['a'] }, { source: [{ prefx: 'a' }] }] }, 'prefx'],
    ['exists of a text', { source: [{ exists: 'true' }] }, 'true or false'],
    ['a prefix that is no text', { source: [{ prefix: 5 }] }, 'expected a value or one operator'],
    ['a prefix of something else', { source: [{ prefix: { wildcard: 'a' } }] }, 'not wildcard'],
    ['anything but nothing', { source: [{ 'anything-but': [] }] }, 'a list of texts or a list of numbers'],
    ['anything but a mixed list', { source: [{ 'anything-but': ['a', 1] }] }, 'a list of texts or a list of numbers'],
    ['anything but numeric', { source: [{ 'anything-but': { numeric: ['>', 0] } }] }, 'does not take numeric'],
    ['half a comparison', detail({ total: [{ numeric: ['>'] }] }), 'one or two comparisons'],
    ['another comparison', detail({ total: [{ numeric: ['!=', 5] }] }), '"!="'],
    ['a comparison with a text', detail({ total: [{ numeric: ['>', '5'] }] }), 'with a number'],
    ['a range upside down', detail({ total: [{ numeric: ['<', 5, '>', 1] }] }), 'a lower bound and then an upper one'],
    ['a range of nothing', detail({ total: [{ numeric: ['>', 5, '<', 5] }] }), 'nothing between'],
    ['a number that EventBridge cannot compare', detail({ total: [{ numeric: ['<', 5_000_000_001] }] }), '5e9'],
    ['two stars', { source: [{ wildcard: 'a**' }] }, 'two stars'],
    ['an escape of nothing', { source: [{ wildcard: 'a\\n' }] }, 'the escape'],
    ['an escape at the end', { source: [{ wildcard: 'a\\' }] }, 'the escape'],
  ])('%s', (_, pattern, message) => {
    expect(() => compilePattern(pattern)).toThrow(message);
  });
});

describe('for any event', () => {
  const name = fc.constantFrom('a', 'b', 'c', '$d', 'e.f');
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const tree = fc.letrec<{ node: Record<string, unknown> }>((tie) => ({
    node: fc.dictionary(name, fc.oneof({ depthSize: 'small' }, leaf, tie('node')), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
  })).node;
  const leavesAsLists = (node: Record<string, unknown>): object =>
    Object.fromEntries(
      Object.entries(node).map(([key, value]) => [
        key,
        typeof value === 'object' && value !== null ? leavesAsLists(value as Record<string, unknown>) : [value],
      ]),
    );

  it('the pattern made of its own values matches', () => {
    fc.assert(fc.property(tree, (node) => matchesPattern(leavesAsLists(node), node)));
  });

  it('exactly one of exists true and exists false holds', () => {
    fc.assert(
      fc.property(tree, name, (node, key) => {
        expect(matchesPattern({ [key]: [{ exists: true }] }, node)).toBe(!matchesPattern({ [key]: [{ exists: false }] }, node));
      }),
    );
  });

  it('exactly one of a value and anything but it holds where there is a text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (actual, expected) => {
        const but = (test: unknown) => matchesPattern({ a: [test] }, { a: actual });
        expect(but(expected)).toBe(!but({ 'anything-but': expected }));
        expect(but({ prefix: expected })).toBe(!but({ 'anything-but': { prefix: expected } }));
      }),
    );
  });

  it('a wildcard made by escaping matches that text only, and with stars around it what contains it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '*', '\\', '.', '[', '$', '\n') }),
        fc.string({ unit: fc.constantFrom('a', '*', '\n') }),
        (text, around) => {
          const escaped = text.replaceAll(/[\\*]/g, '\\$&');
          const wildcard = (pattern: string, value: string) => matchesPattern({ a: [{ wildcard: pattern }] }, { a: value });
          expect(wildcard(escaped, text)).toBe(true);
          expect(wildcard(escaped, `${text}x`)).toBe(false);
          if (text !== '') expect(wildcard(`*${escaped}*`, `${around}${text}${around}`)).toBe(true);
        },
      ),
    );
  });
});
