/**
 * Which campaigns say something to a lead now: once for each, only with a yes that stands, after a while in which nothing came from either side, and no
 * more often than the limits say. Whoever is kept out to compare with is chosen among the same people at the same moment.
 */
import type { DomainEvent } from '../../events.ts';
import { addDuration, duration, type Instant } from '../../values.ts';
import { armOf, controlOf } from '../experiment/experiment.ts';
import type { Yes } from '../lead/consents.ts';
import { LEAD_ADDRESSED, type LeadAddressing, type LeadAddressings } from '../lead/lead-addressing.ts';
import { leadIdOf, type LeadId } from '../lead/lead-id.ts';
import type { LeadRules } from '../lead/lead-rules.ts';
import { isOurs, yesOf, type LeadFacts, type LeadStanding } from '../lead/lead.ts';
import { leadsExperimentOf, type Campaign } from './campaign.ts';
import type { LeadChannel, LeadPiece, LeadsPart } from './for-leads.ts';
import { leadPieceFor } from './lead-piece-for.ts';

export interface LeadNow extends LeadFacts {
  readonly leadId: LeadId;
  readonly standing: LeadStanding;
}
export interface Addressed {
  readonly campaigns: LeadAddressings;
  readonly told: readonly DomainEvent<'lead.addressed'>[];
}

const daysBefore = (now: Instant, days: number): Instant => addDuration(now, duration(-days, 'days'));

/** @param running those that run now, in any order */
export function addressLead(lead: LeadNow, running: readonly Campaign[], rules: LeadRules, now: Instant): Addressed {
  let campaigns = lead.campaigns ?? {};
  const told: DomainEvent<'lead.addressed'>[] = [];
  for (const campaign of [...running].sort((a, b) => (a.campaign < b.campaign ? -1 : 1))) {
    const due = dueFor({ ...lead, campaigns }, campaign, rules, now);
    if (due === undefined) continue;
    campaigns = { ...campaigns, [campaign.campaign]: due.entry };
    if (due.told !== undefined) told.push(due.told);
  }
  return { campaigns, told };
}

interface Due {
  readonly entry: LeadAddressing;
  readonly told?: DomainEvent<'lead.addressed'>;
}
function dueFor(lead: LeadNow, campaign: Campaign, rules: LeadRules, now: Instant): Due | undefined {
  const { leads, name } = campaign;
  if (leads === undefined || wasIn(lead, campaign) || !isQuiet(lead, leads, rules, now)) return undefined;
  const { given, covered } = yesOf(lead, rules);
  const way = wayTo(given, leads.channels);
  const piece = leadPieceFor(leads, { standing: lead.standing, covered });
  if (way === undefined || piece === undefined) return undefined;
  const experiment = leadsExperimentOf(campaign, leads);
  const entry = { at: now, name, outcome: leads.outcome } as const;
  if (armOf(experiment, lead.leadId) === controlOf(experiment)) return { entry: { ...entry, arm: 'control' } };
  return {
    entry: { ...entry, arm: 'addressed', said: { piece: piece.piece, title: piece.title, channel: way.channel } },
    told: toldOf(lead.leadId, campaign, { ...way, piece, reason: leads.reason }),
  };
}

/** By what the lead keeps, or, where it has been made anew, by what was said to it. */
const wasIn = ({ campaigns = {}, touches }: LeadFacts, { campaign }: Campaign): boolean =>
  campaigns[campaign] !== undefined || Object.values(touches).some((touch) => touch.type === LEAD_ADDRESSED && touch.campaign === campaign);

function isQuiet({ touches, campaigns = {}, decisions, standing }: LeadNow, { quietDays }: LeadsPart, rules: LeadRules, now: Instant): boolean {
  const { gapDays, most, withinDays } = rules.limits;
  const said = Object.values(campaigns).flatMap((one) => (one.said === undefined ? [] : [one.at]));
  const ours = [...said, ...Object.values(touches).flatMap((touch) => (isOurs(touch, rules) ? [touch.at] : []))];
  const last = [standing.heardAt, ...decisions.map(({ at }) => at)];
  return (
    [...ours, ...last].every((at) => at <= daysBefore(now, quietDays)) &&
    ours.every((at) => at <= daysBefore(now, gapDays)) &&
    said.filter((at) => at > daysBefore(now, withinDays)).length < most
  );
}

interface Way {
  readonly channel: LeadChannel;
  readonly to: Yes;
}
const contactFor: Readonly<Record<LeadChannel, string>> = { 'e-mail': 'email:', 'call-centre': 'phone:' };

/** The first channel for which an address has said yes. */
function wayTo(given: readonly Yes[], channels: readonly LeadChannel[]): Way | undefined {
  for (const channel of channels) {
    const to = given.find(({ contact }) => contact.startsWith(contactFor[channel]));
    if (to !== undefined) return { channel, to };
  }
  return undefined;
}

interface Said extends Way {
  readonly piece: LeadPiece;
  readonly reason: LeadsPart['reason'];
}
function toldOf(leadId: LeadId, { campaign }: Campaign, { channel, to, piece, reason }: Said): DomainEvent<'lead.addressed'> {
  const { title, text, link } = piece;
  return {
    type: 'lead.addressed',
    data: {
      ...{ leadId, campaign, piece: piece.piece, channel, to: leadIdOf(to.contact), title, text, reason },
      ...(link !== undefined && { link }),
      ...to.from,
    },
  };
}
