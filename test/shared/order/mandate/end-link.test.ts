import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { END_TOKEN_LENGTH_MAX, endToken, readEndToken } from '../../../../shared/order/mandate/end-link.ts';
import { householdIdSchema, mandateIdSchema } from '../../../../shared/values.ts';
import { householdId, mandateId } from '../order-examples.ts';

const root = new Uint8Array(64).fill(7);
const about = { householdId, mandateId };

describe('the token of a link', () => {
  it('names the mandate and is believed', () => {
    const token = endToken(root, about);
    expect(token.split('.').slice(0, 2)).toEqual([householdId, mandateId]);
    expect(readEndToken(root, token)).toEqual(about);
  });
  it('is long enough for the longest ids, and of characters that need no escape', () => {
    const longest = 'a'.repeat(64);
    const token = endToken(root, { householdId: householdIdSchema.parse(`hh_${longest}`), mandateId: mandateIdSchema.parse(`man_${longest}`) });
    expect(token.length).toBeLessThanOrEqual(END_TOKEN_LENGTH_MAX);
    expect(token).toMatch(/^[A-Za-z0-9._-]+$/);
  });
  it('is worth nothing for another mandate, another household or another root', () => {
    const [, , proof = ''] = endToken(root, about).split('.');
    expect(readEndToken(root, `${householdId}.man_other.${proof}`)).toBeUndefined();
    expect(readEndToken(root, `hh_other.${mandateId}.${proof}`)).toBeUndefined();
    expect(readEndToken(new Uint8Array(64).fill(8), endToken(root, about))).toBeUndefined();
  });
  it('is not believed with any character changed, left out or added', () => {
    const token = endToken(root, about);
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom('', 'A', '.', 'x', '-'), (at, instead) => {
        const changed = token.slice(0, at) + instead + token.slice(at + 1);
        expect(readEndToken(root, changed)).toEqual(changed === token ? about : undefined);
      }),
    );
    expect(readEndToken(root, `${token}A`)).toBeUndefined();
    expect(readEndToken(root, `${token}.${token}`)).toBeUndefined();
  });
  it('needs a root that nobody guesses', () => {
    expect(() => endToken(new Uint8Array(31), about)).toThrow('needs at least 32');
  });
});
