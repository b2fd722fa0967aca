/**
 * What a campaign says to leads: people who have asked to be answered and have no household yet. Nothing here shows anything to them: what is said leaves
 * as `lead.addressed` through a subscription, to whoever holds their address.
 */
import { z } from 'zod';
import { leadStages } from '../lead/lead-stages.ts';
import { channelSchema } from '../words.ts';

const both = (most: number) => z.strictObject({ de: z.string().min(1).max(most), en: z.string().min(1).max(most) });

/** By mail, or by somebody of ours who calls. */
export const leadChannels = ['e-mail', 'call-centre'] as const;
export type LeadChannel = (typeof leadChannels)[number];
export const leadOutcomes = ['came-back', 'handed-over', 'won'] as const;
export type LeadOutcome = (typeof leadOutcomes)[number];
/** Who is won or lost is no lead any more. */
export const openStages = leadStages.slice(0, 4) as readonly ('generated' | 'addressed' | 'nurtured' | 'handed-over')[];

const points = z.int().min(0).max(100).optional();
/** Everything that is there has to hold; what is not known of somebody does not. */
const leadMeantSchema = z.strictObject({
  /** Absent: all but those that sales has. */
  stages: z.array(z.enum(openStages)).min(1).max(4).optional(),
  atLeastPoints: points,
  atMostPoints: points,
  /** With what, and where, they have asked. */
  asked: z.array(z.string().min(1).max(80)).min(1).max(20).optional(),
  channels: z.array(channelSchema).min(1).max(14).optional(),
  /** What they have shown interest in: rules of the score by their names. */
  interests: z.array(z.string().min(1).max(40)).min(1).max(20).optional(),
  /** Beginnings of the postal code that they have told. */
  postalAreas: z
    .array(z.string().regex(/^[A-Z0-9]{1,8}$/i, 'expected the beginning of a postal code'))
    .min(1)
    .max(50)
    .optional(),
});
export type LeadMeant = z.infer<typeof leadMeantSchema>;

export const pieceNameSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected a name such as heating-owners');
const leadPieceSchema = z.strictObject({
  piece: pieceNameSchema,
  /** Absent: for everybody who has got no other. */
  for: leadMeantSchema.optional(),
  title: both(120),
  text: both(300),
  /** They have no app: an address of the company's own pages. */
  link: z
    .url({ protocol: /^https$/ })
    .max(200)
    .optional(),
});
export type LeadPiece = z.infer<typeof leadPieceSchema>;

export const leadsPartSchema = z
  .strictObject({
    /** Whom it concerns; absent: every lead that sales does not have. */
    audience: leadMeantSchema.optional(),
    /** Only after so many days in which nothing came from them or from us: what they asked for is answered first. */
    quietDays: z.int().min(1).max(60),
    /** Why they get it, in their own words: “because …”. */
    reason: both(200),
    /** The first in which they can be reached under an address that has said yes. */
    channels: z.array(z.enum(leadChannels)).min(1).max(leadChannels.length),
    /** The first that is meant for a lead is its. */
    pieces: z.array(leadPieceSchema).min(1).max(20),
    /** Success, within a fortnight. */
    outcome: z.enum(leadOutcomes),
  })
  .refine(({ pieces }) => new Set(pieces.map(({ piece }) => piece)).size === pieces.length, { error: 'pieces: expected each name once', path: ['pieces'] });
export type LeadsPart = z.infer<typeof leadsPartSchema>;
