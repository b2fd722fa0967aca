/** A campaign while somebody fills it in: of the shape of one, though fields may still be empty. What it has to be is said by the schema (campaign-faults.ts). */
import type { Campaign } from '../../../shared/journey/campaign/campaign.ts';
import type { Instant } from '../../../shared/values.ts';
import { now } from '../../api/clock.ts';

export type Draft = Campaign;
export type Piece = Draft['pieces'][number];
export type Meant = NonNullable<Piece['for']>;
export type Leads = NonNullable<Draft['leads']>;
export type LeadPiece = Leads['pieces'][number];
export type LeadMeant = NonNullable<LeadPiece['for']>;
type Both = { readonly de: string; readonly en: string };

const FOUR_WEEKS_MILLIS = 28 * 86_400_000;
const nothing = (): { de: string; en: string } => ({ de: '', en: '' });

/** A day as it is typed, as the moment at which it begins or ends; what is no day stays for the schema to say so. */
export const dayOf = (at: string): string => at.slice(0, 10);
/** The end is no part of it any more: one at midnight ends the day before. */
export const lastDayOf = (until: string): string => (isMoment(until) ? dayOf(new Date(Date.parse(until) - 1).toISOString()) : dayOf(until));
const isMoment = (at: string): boolean => !Number.isNaN(Date.parse(at));
/** Days of campaigns are days in UTC: at noon they are the same day wherever somebody reads it. */
export const noonOf = (day: string): Instant => `${day}T12:00:00.000Z` as Instant;
const isDay = (day: string): boolean => /^\d{4}-\d\d-\d\d$/.test(day);
export const startOf = (day: string): Instant => (isDay(day) ? `${day}T00:00:00.000Z` : day) as Instant;
export const endOf = (day: string): Instant => (isDay(day) ? `${day}T23:59:59.999Z` : day) as Instant;

/** From today for four weeks, and off, so that somebody looks at it first. */
export function fresh(): Pick<Draft, 'on' | 'from' | 'until'> {
  const today = dayOf(now());
  return { on: false, from: startOf(today), until: endOf(dayOf(new Date(Date.parse(today) + FOUR_WEEKS_MILLIS).toISOString())) };
}

export const blankCampaign = (): Draft => ({
  ...fresh(),
  campaign: '' as Draft['campaign'],
  name: nothing(),
  budget: { amountMinor: 0, currency: 'EUR' },
  purpose: 'suggestion',
  reason: nothing(),
  channels: ['app'],
  phase: 'loyalty',
  pieces: [blankPiece([])],
  controlPercent: 10,
  outcome: ['outreach.opened'],
});

/** The same under another name, which somebody has to give it, from today. */
export const copyOf = (campaign: Draft, suffix: Both): Draft => ({
  ...campaign,
  ...fresh(),
  campaign: '' as Draft['campaign'],
  name: { de: `${campaign.name.de} ${suffix.de}`, en: `${campaign.name.en} ${suffix.en}` },
});

export const blankLeads = (): Leads => ({
  quietDays: 3,
  reason: nothing(),
  channels: ['e-mail'],
  pieces: [blankPiece([])],
  outcome: 'came-back',
});

/** @param taken names that others have */
export function blankPiece(taken: readonly { readonly piece: string }[]): { piece: string; title: Both; text: Both } {
  let number = taken.length + 1;
  while (taken.some(({ piece }) => piece === `piece-${number}`)) number += 1;
  return { piece: `piece-${number}`, title: nothing(), text: nothing() };
}

/** Without a value there is no such member: nothing chosen is nothing asked. */
export function given<Of extends object, Name extends keyof Of>(of: Of, name: Name, value: Of[Name] | undefined): Of {
  const { [name]: _before, ...others } = of;
  const isNothing = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return (isNothing ? others : { ...others, [name]: value }) as Of;
}
