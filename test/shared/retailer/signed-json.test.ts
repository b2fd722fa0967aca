import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSignedJson } from '../../../shared/retailer/signed-json.ts';

const parse = (text: string) => parseSignedJson(new TextEncoder().encode(text));
const refusalOf = (text: string) => {
  const parsed = parse(text);
  return parsed.ok ? 'taken' : parsed.refusal;
};
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('signed JSON', () => {
  it('reads what JSON.stringify writes, unless a key is forbidden', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.boolean(), (value, pretty) => {
        const text = JSON.stringify(value, undefined, pretty ? 2 : 0);
        fc.pre(!text.includes('__proto__'));
        const parsed = parse(text);
        // Text with half a character is refused; everything else comes back as it went in.
        if (/\p{Surrogate}/u.test(JSON.stringify(value)) || /\\ud[89a-f]/i.test(text)) return;
        expect(parsed).toEqual({ ok: true, value: JSON.parse(text) as unknown });
      }),
    );
  });
  it('refuses a key that stands twice in one object, at any depth and however it is written', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.boolean(), fc.array(fc.constantFrom('object', 'array'), { maxLength: 5 }), (key, escaped, wraps) => {
        fc.pre(key !== '__proto__');
        const second = escaped
          ? `"${Array.from({ length: key.length }, (_, at) => `\\u${key.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`
          : JSON.stringify(key);
        const inner = `{${JSON.stringify(key)}: 1, "other": {"a": ["}", "{"]}, ${second}: 2}`;
        const text = wraps.reduce((json, wrap) => (wrap === 'object' ? `{"x": ${json}, "y": 1}` : `[{}, ${json}]`), inner);
        fc.pre(key !== 'other');
        expect(refusalOf(text)).toBe('key-repeated');
      }),
    );
  });
  it.each([
    ['the same key in two objects', '[{"a":1},{"a":2}]', 'taken'],
    ['a key that is also a value', '{"a":"a","b":["a","a"]}', 'taken'],
    ['the same key inside and outside', '{"a":{"a":1}}', 'taken'],
    ['__proto__', '{"__proto__":{}}', 'key-forbidden'],
    ['an escaped __proto__', '{"\\u005f_proto__":{}}', 'key-forbidden'],
    ['__proto__ as a value', '{"a":"__proto__"}', 'taken'],
    ['quotes and brackets in strings', '{"a\\"}":"{\\\\","b":"]["}', 'taken'],
    ['32 levels', nested(32), 'taken'],
    ['33 levels', nested(33), 'too-deep'],
    ['a hundred thousand levels', nested(100_000), 'too-deep'],
    ['half a character', '{"a":"\\ud800"}', 'lone-surrogate'],
    ['a whole one in two halves', '{"a":"\\ud83d\\ude00"}', 'taken'],
    ['a trailing comma', '{"a":1,}', 'not-json'],
    ['two values', '{} {}', 'not-json'],
    ['nothing', '', 'not-json'],
    ['a byte order mark', '\ufeff{}', 'not-json'],
    ['a comment', '{} // x', 'not-json'],
  ])('%s', (_, text, outcome) => {
    expect(refusalOf(text)).toBe(outcome);
  });
  it('refuses bytes that are not UTF-8', () => {
    expect(parseSignedJson(Uint8Array.of(0x22, 0xc3, 0x28, 0x22))).toEqual({ ok: false, refusal: 'not-utf-8' });
    // An overlong encoding of a quote.
    expect(parseSignedJson(Uint8Array.of(0xc0, 0xa2))).toEqual({ ok: false, refusal: 'not-utf-8' });
  });
  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.string({ unit: fc.constantFrom(...'{}[]":,\\u0a1 _'.split('')) }).map((text) => new TextEncoder().encode(text)),
        ),
        (bytes) => {
          expect(typeof parseSignedJson(bytes).ok).toBe('boolean');
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
