/** What makes a lead, moves it on and ends it, as data: kept with the company's other rules; what comes with the product stands beside (shipped-lead-rules.ts). */
import { z } from 'zod';
import { channelSchema, type Initiator } from '../words.ts';

const both = z.strictObject({ de: z.string().min(1).max(120), en: z.string().min(1).max(120) });
const saidSchema = z.union([z.string().max(200), z.number(), z.boolean()]);
/** Which touchpoints: `type` or `type@initiator`; with `where`, only those that say so. */
const matchSchema = z.strictObject({
  on: z.array(z.string().min(1).max(90)).min(1).max(40),
  where: z.strictObject({ property: z.string().min(1).max(60), is: z.array(saidSchema).min(1).max(50) }).optional(),
});
export type Match = z.infer<typeof matchSchema>;

const scoreRuleSchema = matchSchema.extend({
  rule: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected a name such as looked-at-prices'),
  /** `fit`: whether we are something for them, counted once and for good. `interest`: what they do, which fades. */
  kind: z.enum(['fit', 'interest']),
  /** For each touchpoint, and at most for all of them together. */
  points: z.int().min(1).max(100),
  most: z.int().min(1).max(100),
  /** After so many days half of it is left; absent: it stays. */
  halfLifeDays: z.int().min(1).max(365).optional(),
  /** “Has …”, as whoever calls them reads it. */
  reason: both,
});
export type ScoreRule = z.infer<typeof scoreRuleSchema>;

/** Less than a lead is kept (retention.ts), or it would be gone before it is lost. */
const SILENT_DAYS_MAX = 80;
const silentDays = z.int().min(1).max(SILENT_DAYS_MAX);

export const leadRulesSchema = z.strictObject({
  /** With these somebody asks to be answered: at the address or number that the message itself names, and at no other. */
  asks: z.array(matchSchema).min(1).max(20),
  /** With these they say no. */
  refuses: z.array(matchSchema).min(1).max(20),
  /** We have reached them when something of ours came through one of these, or they did one of the others, which only one does who was reached. */
  reached: z.strictObject({ channels: z.array(channelSchema).min(1).max(14), on: z.array(z.string().min(1).max(90)).max(40) }),
  /** After we had reached them: how often they came back, or how much there was from either side. */
  nurtured: z.strictObject({ returns: z.int().min(1).max(50), touches: z.int().min(1).max(100) }),
  /** From this score sales hears of it by itself. */
  handOverAt: z.int().min(1).max(100),
  /** Nothing from them for so long, and it is lost. */
  silentDays: z.strictObject({ generated: silentDays, addressed: silentDays, nurtured: silentDays, 'handed-over': silentDays }),
  /** How often campaigns may say something to one: at least so many days after anything of ours, and so often in so long. */
  limits: z
    .strictObject({ gapDays: z.int().min(1).max(60), most: z.int().min(1).max(10), withinDays: z.int().min(1).max(90) })
    .default({ gapDays: 5, most: 3, withinDays: 30 }),
  scores: z.array(scoreRuleSchema).min(1).max(40),
});
export type LeadRules = z.infer<typeof leadRulesSchema>;

interface Matched {
  readonly type: string;
  readonly initiator: Initiator;
  readonly said?: Readonly<Record<string, string | number | boolean>> | undefined;
}

export const matches = ({ on, where }: Match, { type, initiator, said = {} }: Matched): boolean =>
  (on.includes(type) || on.includes(`${type}@${initiator}`)) && (where === undefined || where.is.some((value) => said[where.property] === value));

/** Of what messages say beside, the names that some rule asks for, those by which a page or a thing is told to a person, and where they live. */
export const saidNames = ({ asks, refuses, scores }: LeadRules): ReadonlySet<string> =>
  new Set([...TOLD, POSTAL_CODE, ...[...asks, ...refuses, ...scores].flatMap(({ where }) => (where === undefined ? [] : [where.property]))]);
/** Whoever tells it can be asked to what is near. */
export const POSTAL_CODE = 'postalCode';
const TOLD = ['name', 'product', 'form', 'about'] as const;
