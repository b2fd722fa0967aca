import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODE_LENGTH, groupedCode, pairingCodeFrom, readPairingCode, selectorOf } from '../../../shared/device/pairing-code.ts';

const random = fc.uint8Array({ minLength: CODE_LENGTH, maxLength: 40 });

describe('a pairing code', () => {
  it('is three groups of four without a letter that could be read as another', () => {
    fc.assert(
      fc.property(random, (bytes) => /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/.test(groupedCode(pairingCodeFrom(bytes)))),
      { seed: 31 },
    );
  });

  it('is understood however people type it', () => {
    const style = fc.record({ lower: fc.boolean(), between: fc.constantFrom('', '-', ' ', ' – ', '--'), o: fc.boolean(), one: fc.constantFrom('1', 'I', 'l') });
    fc.assert(
      fc.property(random, style, (bytes, { lower, between, o, one }) => {
        const code = pairingCodeFrom(bytes);
        const typed = (code.match(/.{4}/g) ?? [])
          .join(between)
          .replaceAll('1', one)
          .replaceAll('0', o ? 'O' : '0');
        expect(readPairingCode(lower ? ` ${typed.toLowerCase()} ` : typed)).toBe(code);
      }),
      { seed: 32 },
    );
  });

  it.each(['', 'ABCD', 'ABCD-EFGH-JKM', 'ABCD-EFGH-JKMNP', 'ABCD-EFGH-JKMU', 'ABCD-EFGH-JKM!'])('is not %j', (typed) => {
    expect(readPairingCode(typed)).toBeUndefined();
  });

  it('takes every letter for as many random bytes as any other', () => {
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 256; byte += 1) {
      const [letter = ''] = pairingCodeFrom(new Uint8Array(CODE_LENGTH).fill(byte));
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    expect([counts.size, new Set(counts.values())]).toEqual([32, new Set([8])]);
  });

  it('is looked up by its first group', () => {
    expect(selectorOf('ABCDEFGHJKMN')).toBe('ABCD');
  });
});
