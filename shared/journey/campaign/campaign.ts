/**
 * A campaign: for some time, to whom it concerns, with a budget; and what each of them gets, by where they live, what they have and when it is. All of it
 * is data. Whether and when it reaches a household is the gate's to say (`outreach/`), as for everything.
 */
import { z } from 'zod';
import { addDuration, duration, instantSchema, moneySchema, type Instant } from '../../values.ts';
import { deviceTypeSchema } from '../../values.ts';
import { reachChannelSchema } from '../outreach/wish.ts';
import { reachChannels } from '../outreach/words.ts';
import { conditionSchema } from '../standing/condition.ts';
import { leadsExperiment } from '../lead/lead-addressing.ts';
import { channelSchema, phaseSchema, productLineSchema } from '../words.ts';
import { leadsPartSchema, pieceNameSchema, type LeadsPart } from './for-leads.ts';
import { steeringSchema } from './steering.ts';

export const campaignIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected an id such as autumn-tasting')
  .brand('CampaignId');
export type CampaignId = z.infer<typeof campaignIdSchema>;

const both = (most: number) => z.strictObject({ de: z.string().min(1).max(most), en: z.string().min(1).max(most) });

/** For whom and when a piece is meant: everything that is there has to hold. */
const meantForSchema = z.strictObject({
  /** Beginnings of postal codes: who lives nearby. */
  postalAreas: z
    .array(z.string().regex(/^[A-Z0-9]{1,8}$/i, 'expected the beginning of a postal code'))
    .min(1)
    .max(50)
    .optional(),
  /** Has one of these. */
  devices: z.array(deviceTypeSchema).min(1).max(4).optional(),
  phases: z.array(phaseSchema).min(1).max(11).optional(),
  /** Where the household buys. */
  productLines: z.array(productLineSchema).min(1).max(10).optional(),
  /** What is known of the household in any other way. */
  where: conditionSchema.optional(),
});
export type MeantFor = z.infer<typeof meantForSchema>;

const pieceSchema = z.strictObject({
  piece: pieceNameSchema,
  /** Absent: for everybody who has got no other. */
  for: meantForSchema.optional(),
  title: both(120),
  text: both(300),
  /** Where the app goes on, below its own address. */
  link: z.string().startsWith('/app/').max(200).optional(),
  /** Where this piece may be shown; absent: as the campaign. */
  channels: z.array(reachChannelSchema).min(1).max(reachChannels.length).optional(),
});
export type Piece = z.infer<typeof pieceSchema>;

export const campaignSchema = z
  .strictObject({
    campaign: campaignIdSchema,
    name: both(80),
    on: z.boolean(),
    from: instantSchema,
    until: instantSchema,
    /** When this much of cost is recorded, nobody new is addressed. */
    budget: moneySchema,
    /** Whom it concerns; absent: everybody. */
    audience: conditionSchema.optional(),
    /** What it rests on (`outreach/words.ts`): `suggestion` is made from what a household does, `news` needs its yes. */
    purpose: z.enum(['suggestion', 'news']),
    /** Why a household gets it, in its own words: “because …”. */
    reason: both(200),
    channels: z.array(reachChannelSchema).min(1).max(reachChannels.length),
    phase: phaseSchema,
    /** The first that is meant for a household is its. None: it is for leads alone. */
    pieces: z.array(pieceSchema).max(20),
    /** What it says to those who have no household yet; absent: nothing. */
    leads: leadsPartSchema.optional(),
    /** Whole percent of those concerned who get nothing, to compare with. */
    controlPercent: z.int().min(0).max(50),
    /** Success: any touchpoint so named. */
    outcome: z.array(z.string().min(1).max(80)).min(1).max(10),
  })
  .refine(({ from, until }) => from < until, { error: 'until: expected an end after the beginning', path: ['until'] })
  .refine(({ pieces, leads }) => pieces.length > 0 || leads !== undefined, { error: 'pieces: expected something to say', path: ['pieces'] })
  .refine(({ pieces }) => new Set(pieces.map(({ piece }) => piece)).size === pieces.length, { error: 'pieces: expected each name once', path: ['pieces'] });
export type Campaign = z.infer<typeof campaignSchema>;

/** What was paid for a channel on a day; the last word of a day and channel counts. */
export const costSchema = z.strictObject({ day: z.iso.date(), channel: channelSchema, minor: z.int().min(0).max(100_000_000) });
export type Cost = z.infer<typeof costSchema>;
/** Five channels, each day of two years. */
export const COSTS_MAX = 3_660;

export const keptCampaignSchema = z.strictObject({
  campaign: campaignSchema,
  costs: z.array(costSchema).max(COSTS_MAX),
  changedAt: instantSchema,
  /** Since when it has been addressing anybody; absent: not yet. */
  begunAt: instantSchema.optional(),
  /** The last time that it was steered to another channel. */
  steering: steeringSchema.optional(),
});
export type KeptCampaign = z.infer<typeof keptCampaignSchema>;

/** What was paid for channels and for no campaign. */
export const channelCostsSchema = z.strictObject({ costs: keptCampaignSchema.shape.costs, changedAt: instantSchema });

/** @param costs each takes the place of what stood for its day and channel; 0 takes it out */
export function withCosts(before: readonly Cost[], costs: readonly Cost[]): Cost[] {
  const byName = new Map([...before, ...costs].map((cost) => [`${cost.day}|${cost.channel}`, cost]));
  return [...byName.values()].filter(({ minor }) => minor > 0).sort((a, b) => (`${a.day}${a.channel}` < `${b.day}${b.channel}` ? -1 : 1));
}

export const spentMinor = (costs: readonly Cost[]): number => costs.reduce((sum, { minor }) => sum + minor, 0);

export const isRunning = ({ campaign, costs }: Pick<KeptCampaign, 'campaign' | 'costs'>, now: Instant): boolean =>
  campaign.on && campaign.from <= now && now < campaign.until && spentMinor(costs) < campaign.budget.amountMinor;

/** The experiment that a campaign carries along: who is concerned enters it, in the control or not. */
export const experimentOf = ({ campaign, name, from, until, controlPercent, outcome }: Campaign) => ({
  experiment: `campaign-${campaign}`,
  name,
  arms: [
    { arm: 'control', share: controlPercent },
    { arm: 'addressed', share: 100 - controlPercent },
  ],
  from,
  until,
  outcome,
  windowDays: 14,
  leastDifference: 0.02,
});

/** Of its part for leads: who is kept out is drawn by the same share. */
export const leadsExperimentOf = (campaign: Campaign, { outcome }: Pick<LeadsPart, 'outcome'>) => ({
  ...experimentOf(campaign),
  experiment: leadsExperiment(campaign.campaign),
  outcome: [outcome],
});

/** A wish waits for a good moment, and not beyond the campaign. */
const WAITS = duration(7, 'days');
export const waitsUntil = ({ until }: Campaign, now: Instant): Instant => {
  const soon = addDuration(now, WAITS);
  return soon < until ? soon : until;
};
