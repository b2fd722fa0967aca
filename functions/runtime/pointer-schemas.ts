/** What small items hold: mostly where an id leads. */
import { z } from 'zod';
import { caseIdSchema, householdIdSchema, memberIdSchema, orderIdSchema, thingNameSchema } from '../../shared/values.ts';

/** Without a household nobody has it any more. */
export const thingOwnerSchema = z.strictObject({ thing: thingNameSchema, householdId: householdIdSchema.optional() });
export const membershipSchema = z.strictObject({ memberId: memberIdSchema, householdId: householdIdSchema });
export const pairingCodeSchema = z.strictObject({ thing: thingNameSchema });
export const referralCodeOwnerSchema = z.strictObject({ code: z.string(), householdId: householdIdSchema });
export const caseOwnerSchema = z.strictObject({ caseId: caseIdSchema, householdId: householdIdSchema });
export const orderOwnerSchema = z.strictObject({ orderId: orderIdSchema, householdId: householdIdSchema });
export const declarationCountSchema = z.strictObject({ count: z.int().min(1), endsAtSeconds: z.int() });
export const quarantineSchema = z.strictObject({ thing: z.string(), payload: z.string(), reason: z.string(), receivedAt: z.string() });
