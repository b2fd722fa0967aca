/** The secret on a new device: made once, kept as a salted hash, and found again by its first group. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { CODE_LENGTH, pairingCodeFrom, readPairingCode, selectorOf } from '../../shared/device/pairing-code.ts';
import type { Pairing } from '../../shared/device/pairing.ts';
import { ignored, type ThingName } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { change, load } from '../runtime/store.ts';

/** Forty secret bits would be tried through in minutes at the speed of a bare hash; so slowed, whoever steals the table needs decades (2^40 × 50 ms). */
const COST = 2 ** 14;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** A taken first group is rare: one in a million for each device that waits for its household. */
const ROUNDS_MAX = 8;

const hashOf = (code: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(code, salt, HASH_BYTES, { cost: COST }, (error, hash) => (error ? reject(error) : resolve(hash)));
  });

export type KeptCode = Pick<Pairing, 'selector' | 'salt' | 'hash'>;

/** A new code for a thing. The code itself is answered to the caller and kept nowhere. */
export async function makeCode(thing: ThingName): Promise<{ code: string; kept: KeptCode }> {
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const code = pairingCodeFrom(randomBytes(CODE_LENGTH));
    const selector = selectorOf(code);
    if (!(await takeSelector(selector, thing))) continue;
    const salt = randomBytes(SALT_BYTES);
    return { code, kept: { selector, salt: salt.toString('hex'), hash: (await hashOf(code, salt)).toString('hex') } };
  }
  throw new Error(`found no free pairing code in ${ROUNDS_MAX} tries`);
}

/** A first group is free again when the device that had it has another code or a household. */
async function takeSelector(selector: string, thing: ThingName): Promise<boolean> {
  const key = keys.pairingCode(selector);
  const before = (await load(kinds.pairingCode, key))?.state;
  const holder = before && (await load(kinds.pairing, keys.pairing(before.thing)))?.state;
  if (holder?.status === 'offered' && holder.selector === selector) return false;
  const result = await change(kinds.pairingCode, key, (now) =>
    now?.thing === before?.thing ? { kind: 'changed', state: { thing }, events: [] } : ignored('taken-meanwhile'),
  );
  return result.kind === 'changed';
}

/** The pairing that a typed code proves. An unknown code costs as much time as a wrong one. */
export async function findPairing(typed: string): Promise<Pairing | undefined> {
  const code = readPairingCode(typed) ?? '';
  const pointer = code === '' ? undefined : (await load(kinds.pairingCode, keys.pairingCode(selectorOf(code))))?.state;
  const found = pointer && (await load(kinds.pairing, keys.pairing(pointer.thing)))?.state;
  const pairing = found?.selector === selectorOf(code) ? found : undefined;
  const hash = await hashOf(code, pairing === undefined ? Buffer.alloc(SALT_BYTES) : Buffer.from(pairing.salt, 'hex'));
  return pairing !== undefined && timingSafeEqual(hash, Buffer.from(pairing.hash, 'hex')) ? pairing : undefined;
}
