/**
 * The code that stands on a new device and brings it into a household: sixty bits in the 32 letters and digits of Crockford's alphabet
 * (no I, L, O or U, so that nothing is read as something else), written in three groups. The first group finds the device, the other two
 * prove that somebody holds it: only a salted hash of the whole is kept, and a look-up needs no hash.
 */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP = 4;
/** 4 × 5 bits say which device, 8 × 5 = 40 bits cannot be guessed in ten tries an hour. */
export const CODE_LENGTH = 12;

/** @param random at least twelve random bytes; 256 is eight times the alphabet, so no letter comes more often than another */
export function pairingCodeFrom(random: Uint8Array): string {
  if (random.length < CODE_LENGTH) throw new RangeError(`A pairing code needs ${CODE_LENGTH} random bytes, not ${random.length}.`);
  return Array.from(random.subarray(0, CODE_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** As people read it: `7KQ2-M4XD-09TH`. */
export const groupedCode = (code: string): string => code.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? '';

/** Takes what a person typed: either case, with or without hyphens and spaces, O for 0, I or L for 1. Undefined when it can be no code. */
export function readPairingCode(typed: string): string | undefined {
  const code = typed
    .toUpperCase()
    .replace(/[\s\-–—_.]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return code.length === CODE_LENGTH && Array.from(code).every((letter) => ALPHABET.includes(letter)) ? code : undefined;
}

/** The part under which a device is looked up; it says nothing without the rest. */
export const selectorOf = (code: string): string => code.slice(0, GROUP);
