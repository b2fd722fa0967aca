/**
 * A thing that its maker has registered and that no household has yet: what it is, what its slots can hold, and the hash of the code that
 * stands on it. `offered` → `claimed` → `ended`; only a new code begins anew.
 */
import { z } from 'zod';
import {
  AMOUNT_MAX,
  baseUnitSchema,
  deviceTypeSchema,
  householdIdSchema,
  ignored,
  instantSchema,
  memberIdSchema,
  rejected,
  slotSchema,
  thingNameSchema,
  type HouseholdId,
  type Instant,
  type MemberId,
  type Outcome,
} from '../values.ts';

/** What one slot of a device can hold, as its maker says. */
export const offeredSlotSchema = z.strictObject({
  slot: slotSchema,
  unit: baseUnitSchema,
  capacity: z.number().positive().max(AMOUNT_MAX).optional(),
  /** The step in which its sensor counts. */
  resolution: z.number().min(0).max(AMOUNT_MAX).optional(),
});
export type OfferedSlot = z.infer<typeof offeredSlotSchema>;

export const SLOTS_MAX = 24;
export const offeredSlotsSchema = z
  .array(offeredSlotSchema)
  .min(1)
  .max(SLOTS_MAX)
  .refine((slots) => new Set(slots.map(({ slot }) => slot)).size === slots.length, 'each slot once');

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

export const pairingSchema = z.strictObject({
  thing: thingNameSchema,
  deviceType: deviceTypeSchema,
  model: z.string().min(1).max(80),
  slots: offeredSlotsSchema,
  /** Of the code that counts now; an older one finds nothing. */
  selector: z.string().length(4),
  salt: hex(16),
  hash: hex(32),
  madeAt: instantSchema,
  status: z.enum(['offered', 'claimed', 'ended']),
  claimedBy: z.strictObject({ householdId: householdIdSchema, memberId: memberIdSchema, at: instantSchema }).optional(),
});
export type Pairing = z.infer<typeof pairingSchema>;

/** A repeat by the household that claimed it finds it claimed; to everybody else a used code is no code. */
export function claim(pairing: Pairing | undefined, by: { householdId: HouseholdId; memberId: MemberId; at: Instant }): Outcome<Pairing, never> {
  if (pairing === undefined || pairing.status === 'ended') return rejected('unknown-code');
  if (pairing.status === 'offered') return { kind: 'changed', state: { ...pairing, status: 'claimed', claimedBy: by }, events: [] };
  return pairing.claimedBy?.householdId === by.householdId ? ignored('claimed-already') : rejected('unknown-code');
}

/** Its household has given the thing away: the code that brought it in is worth nothing from now on. */
export function endPairing(pairing: Pairing | undefined, householdId: HouseholdId): Outcome<Pairing, never> {
  if (pairing?.status !== 'claimed' || pairing.claimedBy?.householdId !== householdId) return ignored('not-claimed-here');
  return { kind: 'changed', state: { ...pairing, status: 'ended' }, events: [] };
}
