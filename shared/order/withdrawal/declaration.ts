/**
 * A withdrawal declared without signing in (§356a BGB). It is taken as it is, with the moment at which it came, and answered before anybody
 * looks whose order it names: so an unknown order answers like a known one. Who declared it stands apart, with its own deletion.
 */
import { z } from 'zod';
import { digest } from '../../digest.ts';
import type { EventOf } from '../../events.ts';
import {
  addDuration,
  declarationIdSchema,
  duration,
  householdIdSchema,
  ignored,
  instantOf,
  instantSchema,
  orderIdSchema,
  type DeclarationId,
  type HouseholdId,
  type Instant,
  type Outcome,
} from '../../values.ts';
import { languageSchema } from '../wording.ts';

export const declaredSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  /** As the person has it; nothing is said about whether there is one. */
  orderNumber: z.string().trim().min(1).max(80),
  contact: z.email().max(200),
  /** In the person's own words, when it is not about everything. */
  onlyPart: z.string().trim().max(500).optional(),
  language: languageSchema,
});
export type Declared = z.infer<typeof declaredSchema>;

/** Without a word of the person's. */
export const declarationSchema = z.strictObject({
  declarationId: declarationIdSchema,
  declaredAt: instantSchema,
  /** When it reads like one of ours. */
  orderId: orderIdSchema.optional(),
  isPartial: z.boolean(),
  status: z.enum(['received', 'forwarded', 'for-support']),
  /** Why a person has to look at it. */
  reason: z.string().max(80).optional(),
  householdId: householdIdSchema.optional(),
});
export type Declaration = z.infer<typeof declarationSchema>;

/** The person, apart: this is what an erasure takes. */
export const declarantSchema = declaredSchema.extend({ declarationId: declarationIdSchema, declaredAt: instantSchema.optional() });
export type Declarant = z.infer<typeof declarantSchema>;

/** The same words are the same declaration, however often they are sent. */
export const declarationIdOf = ({ name, orderNumber, contact, onlyPart = '' }: Declared): DeclarationId =>
  declarationIdSchema.parse(`dec_${digest({ name: plain(name), orderNumber: plain(orderNumber), contact: plain(contact), onlyPart: plain(onlyPart) })}`);
const plain = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

export function newDeclaration(declarationId: DeclarationId, declared: Declared, now: Instant): { state: Declaration; events: EventOf<'contract'>[] } {
  const orderId = orderIdSchema.safeParse(declared.orderNumber.trim().toLowerCase());
  const isPartial = (declared.onlyPart ?? '') !== '';
  const about = orderId.success ? { orderId: orderId.data } : {};
  return {
    state: { declarationId, declaredAt: now, ...about, isPartial, status: 'received' },
    events: [{ type: 'contract.declared', data: { declarationId } }],
  };
}

/** Matched within seconds; after this the event is lost and it is looked at again. */
export const declarationDueAt = ({ status, declaredAt }: Declaration): Instant | undefined =>
  status === 'received' ? addDuration(declaredAt, duration(15, 'minutes')) : undefined;

/**
 * Both go three years after the end of the year in which it was declared: so long somebody may say that they withdrew in time (§195, §199 (1) BGB).
 * Those of a household's own orders go with the household before that.
 */
export const declarationKeptUntil = ({ declaredAt }: { readonly declaredAt?: Instant | undefined }): Instant | undefined =>
  declaredAt === undefined ? undefined : instantOf(Date.UTC(new Date(declaredAt).getUTCFullYear() + 1 + YEARS_KEPT, 0, 1));
const YEARS_KEPT = 3;

export const settled = (
  declaration: Declaration | undefined,
  outcome: { status: 'forwarded' | 'for-support'; reason?: string; householdId?: HouseholdId },
): Outcome<Declaration, never> => {
  if (declaration === undefined || declaration.status !== 'received') return ignored('already-settled');
  return { kind: 'changed', state: { ...declaration, ...outcome }, events: [] };
};
