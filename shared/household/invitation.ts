/** Somebody was invited: who by, as what, and which member that made. The e-mail address stands in the user pool and nowhere else. */
import { z } from 'zod';
import { digest } from '../digest.ts';
import { householdIdSchema, instantSchema, memberIdSchema, type HouseholdId, type MemberId } from '../values.ts';

export const MEMBERS_MAX = 20;

/** Made by the caller before sending: a repeat invites nobody twice. */
export const invitationIdSchema = z.string().regex(/^inv_[a-z0-9][a-z0-9-]{0,63}$/, 'expected an id such as inv_4f2a');

export const invitedRoleSchema = z.enum(['adult', 'guest']);

export const invitationSchema = z.strictObject({
  householdId: householdIdSchema,
  invitationId: invitationIdSchema,
  memberId: memberIdSchema,
  role: invitedRoleSchema,
  by: memberIdSchema,
  at: instantSchema,
});
export type Invitation = z.infer<typeof invitationSchema>;

/** For somebody who cannot sign in yet. It follows from the invitation, so that a repeat after a crash makes the same user. */
export const newMemberId = (householdId: HouseholdId, invitationId: string): MemberId => memberIdSchema.parse(`mem_${digest([householdId, invitationId], 20)}`);
