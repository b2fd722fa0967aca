/** A wish to reach a household with something that an order itself does not require: a reminder, a suggestion, news. Whether and where it does is the gate's to say. */
import { z } from 'zod';
import { caseIdSchema, householdIdSchema, instantSchema, orderIdSchema, supplyIdSchema } from '../../values.ts';
import { phaseSchema } from '../words.ts';
import { isPromotional, reachChannels, reachPurposes } from './words.ts';

export const reachChannelSchema = z.enum(reachChannels);
export const reachPurposeSchema = z.enum(reachPurposes);

const hourSchema = z.int().min(0).max(23);
/** Whole local hours, from … up to; both the same: none. */
export const quietHoursSchema = z.strictObject({ from: hourSchema, to: hourSchema });

/** What a household can stop by itself: a conversion path, `offer`, `campaign` … */
export const wishKindSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected a kind of message such as abandoned-cart');

const said = z.strictObject({ title: z.string().min(1).max(120), text: z.string().min(1).max(300) });
const both = <Schema extends z.ZodType>(schema: Schema) => z.strictObject({ de: schema, en: schema });

export const wishSchema = z
  .strictObject({
    /** From its origin, the same on every repeat: what was sent once is not sent again. */
    wishId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9#/:_.-]{0,199}$/),
    householdId: householdIdSchema,
    kind: wishKindSchema,
    purpose: reachPurposeSchema,
    words: both(said),
    /** Why the household gets it, in its own words: “because …”. */
    reason: both(z.string().min(1).max(200)),
    /** The first is tried first, unless the household prefers another of them. */
    channels: z.array(reachChannelSchema).min(1).max(reachChannels.length),
    /** It waits for an answer and cannot wait longer: counted apart, and sent at once. */
    urgent: z.literal(true).optional(),
    /** It is about safety and not about us: no stop, no hours and no limit hold it back. Only recalls are. */
    safety: z.literal(true).optional(),
    wishedAt: instantSchema,
    /** From then on it is pointless. */
    until: instantSchema.optional(),
    /** Beside the household's own quiet hours. */
    quiet: quietHoursSchema.optional(),
    phase: phaseSchema,
    orderId: orderIdSchema.optional(),
    supplyId: supplyIdSchema.optional(),
    caseId: caseIdSchema.optional(),
    /** Where the app goes on, below its own address. */
    link: z.string().startsWith('/app/').max(200).optional(),
  })
  .refine(({ urgent, purpose }) => urgent === undefined || !isPromotional(purpose), 'what is promotional is never urgent')
  .refine(({ safety, urgent }) => safety === undefined || urgent, 'what is about safety is urgent');
export type Wish = z.infer<typeof wishSchema>;
