/** What staff see of leads: a list of a stage with points and reasons, and one with its story in the order in which it happened. */
import { z } from 'zod';
import { routes } from '../../shared/api/routes.ts';
import { warmestFirst } from '../../shared/journey/lead/lead-entry.ts';
import { leadIdSchema } from '../../shared/journey/lead/lead-id.ts';
import type { LeadRules } from '../../shared/journey/lead/lead-rules.ts';
import type { LeadStage } from '../../shared/journey/lead/lead-stages.ts';
import { leadStandingSchema, type Lead } from '../../shared/journey/lead/lead.ts';
import { LEAD_ADDRESSED } from '../../shared/journey/lead/lead-addressing.ts';
import { channelInWords, scoreInWords, stageInWords, touchInWords } from '../../shared/journey/lead/lead-wording.ts';
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import { channelSchema, initiatorSchema } from '../../shared/journey/words.ts';
import { householdIdSchema, instantSchema } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { LEADS, LEAD_PARTS } from '../runtime/company-partitions.ts';
import type { ApiContext } from '../runtime/http.ts';
import { leadRules } from '../runtime/lead.ts';
import { list, load } from '../runtime/store.ts';
import { doneBy } from '../update-journey/refold-lead.ts';
import { noteLeadLook } from './note-lead-look.ts';

const SHOWN = 25;
/** Of a stage, in each of sixteen parts. */
const READ_MAX = 100;
const STORY_MAX = 300;
const words = z.string();
const points = z.int().min(0).max(100);

const leadViewSchema = z.object({
  ...leadStandingSchema.pick({ stage: true, since: true, consent: true, heardAt: true }).shape,
  leadId: leadIdSchema,
  why: words,
  /** With what it began, and where. */
  began: z.object({ at: instantSchema, text: words, channel: words, campaign: words.optional() }),
  score: z.object({ points, fit: points, interest: points, reasons: z.array(words) }).optional(),
  householdId: householdIdSchema.optional(),
  /** The latest first; without words where it was kept out to compare with. */
  campaigns: z.array(z.object({ campaign: words, name: words, at: instantSchema, said: z.object({ title: words, where: words }).optional() })),
});
type LeadView = z.input<typeof leadViewSchema>;

export const leadListSchema = z.object({
  leads: z.array(leadViewSchema),
  /** Where the next page begins; absent: this was the last. */
  next: z.int().optional(),
});
export const leadPageSchema = z.object({
  lead: leadViewSchema,
  handOverAt: z.int(),
  story: z.array(z.object({ at: instantSchema, text: words, channel: channelSchema, where: words, initiator: initiatorSchema })).max(STORY_MAX),
});

interface Asked {
  readonly stage: LeadStage;
  readonly reason: string;
  readonly from: number;
  readonly language: 'de' | 'en';
}
export async function listLeads(context: Pick<ApiContext, 'env'>, { stage, reason, from, language }: Asked): Promise<z.input<typeof leadListSchema>> {
  const parts = Array.from({ length: LEAD_PARTS }, (_, part) => list(kinds.leadEntry, `${LEADS}${part}`, `${LEADS}${stage}#`, READ_MAX));
  const entries = (await Promise.all(parts)).flat().map(({ state }) => state);
  const page = entries.sort(warmestFirst).slice(from, from + SHOWN);
  const rules = await leadRules();
  const leads: LeadView[] = [];
  for (const { leadId } of page) {
    // The list may be a moment behind: who has been forgotten since is not shown.
    if ((await load(kinds.lead, keys.lead(leadId))) === undefined) continue;
    leads.push(inWords(await noteLeadLook(context, { route: routes.listLeads, leadId, kind: 'listed' }, `${stage}: ${reason}`), rules, language));
  }
  return { leads, ...(entries.length > from + SHOWN && { next: from + SHOWN }) };
}

/** As it stands now. */
export async function viewLead({ leadId }: Pick<Lead, 'leadId'>, language: 'de' | 'en'): Promise<z.input<typeof leadPageSchema>> {
  const [lead, rules] = [kinds.lead.schema.parse((await load(kinds.lead, keys.lead(leadId)))?.state), await leadRules()];
  return { lead: inWords(lead, rules, language), handOverAt: rules.handOverAt, story: await storyOf(lead, language) };
}

function inWords({ leadId, standing, campaigns = {} }: Lead, rules: LeadRules, language: 'de' | 'en'): LeadView {
  const { stage, since, consent, heardAt, score, won, generated } = standing;
  return {
    ...{ leadId, stage, since, consent, heardAt },
    why: stageInWords(standing, language),
    began: {
      at: generated.at,
      text: touchInWords({ type: generated.type }, language),
      channel: channelInWords(generated.channel, language),
      ...(generated.campaign !== undefined && { campaign: generated.campaign }),
    },
    ...(score !== undefined && { score: { points: score.points, fit: score.fit, interest: score.interest, reasons: scoreInWords(score, rules, language) } }),
    ...(won !== undefined && { householdId: won.householdId }),
    campaigns: Object.entries(campaigns)
      .sort(([, a], [, b]) => (a.at < b.at ? 1 : -1))
      .map(([campaign, { name, at, said }]) => ({
        ...{ campaign, name: name[language], at },
        ...(said && { said: { title: said.title[language], where: channelInWords(said.channel, language) } }),
      })),
  };
}

/** Up to the household that it has become: from there on the story is the household's. */
async function storyOf({ leadId, contacts, home, campaigns = {} }: Lead, language: 'de' | 'en') {
  const [contact = ''] = contacts.filter((one) => keys.lead(leadId).pk.endsWith(one));
  const done = await doneBy({ person: contact, contacts });
  return done.touchpoints
    .filter(({ at }) => home === undefined || at < home.since)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.touchpointId < b.touchpointId ? -1 : 1))
    .slice(-STORY_MAX)
    .map((touchpoint) => ({
      at: touchpoint.at,
      text: touchInWords(withTitle(touchpoint, campaigns, language), language),
      channel: touchpoint.channel,
      where: channelInWords(touchpoint.channel, language),
      initiator: touchpoint.initiator,
    }));
}

/** What a campaign said to it stands with the lead, in both languages. */
function withTitle(touchpoint: Touchpoint, campaigns: NonNullable<Lead['campaigns']>, language: 'de' | 'en'): Pick<Touchpoint, 'type' | 'properties'> {
  const said = touchpoint.type === LEAD_ADDRESSED ? campaigns[touchpoint.campaign?.name ?? '']?.said : undefined;
  return said === undefined ? touchpoint : { type: touchpoint.type, properties: { subject: said.title[language] } };
}
