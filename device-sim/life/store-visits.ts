/**
 * Visits to a shop in town, as its till knows them: by the e-mail address of the card. Each Monday morning somebody imports last week's table,
 * so that they come late and all at once.
 */
import { duration, instantOf } from '../../shared/values.ts';
import { dayAfter, dayAt, instantAt, weekdayOf } from '../calendar.ts';
import { drawsOf, pick } from '../random.ts';
import type { Errand, Sending } from './errands.ts';

const TIME_ZONE = 'Europe/Berlin';
const WEEKS = 52;
/** Of the weeks, in which somebody goes there, and of the visits, in which they complain about something. */
const SHARES = { goes: 0.3, complains: 0.12 } as const;
const IMPORTED_AT_MINUTE = 390;
const OPEN = { from: 600, until: 1_140 } as const;

interface Buyer {
  readonly seed: number;
  readonly email: string;
  readonly startsAt: number;
}

/** A year of them; the same seed, the same visits. */
export function storeVisitsOf(buyers: readonly Buyer[]): Errand[] {
  const [first] = buyers;
  if (first === undefined) return [];
  let monday = dayAfter(dayAt(first.startsAt, TIME_ZONE));
  while (weekdayOf(monday) !== 1) monday = dayAfter(monday);
  return Array.from({ length: WEEKS }, (_, week) => {
    const at = instantAt(monday, IMPORTED_AT_MINUTE, TIME_ZONE) + week * duration(7, 'days');
    return { at, source: 'src_stores' as const, messages: buyers.flatMap((buyer) => rowOf(buyer, at, week) ?? []) };
  }).filter(({ messages }) => messages.length > 0);
}

/** One row of the table: one visit in the week before it is imported, or none. */
function rowOf({ seed, email, startsAt }: Buyer, importedAt: number, week: number): Sending | undefined {
  const draw = drawsOf(seed, 'store', email, week);
  if (draw() >= SHARES.goes) return undefined;
  const day = dayAt(importedAt - duration(2 + Math.floor(draw() * 5), 'days'), TIME_ZONE);
  const at = Math.max(startsAt, instantAt(day, OPEN.from + draw() * (OPEN.until - OPEN.from), TIME_ZONE));
  const about = draw() < SHARES.complains ? 'complaint' : 'advice';
  const messageId = `till-${email.replace(/[^a-z0-9]/g, '-')}-${String(week)}`;
  const body = {
    ...{ messageId, type: 'track', event: 'Store Visited', timestamp: instantOf(Math.round(at)) },
    context: { traits: { email }, touchpoint: { channel: 'store', phase: about === 'complaint' ? 'support' : 'information' } },
    properties: { store: pick(draw, ['Berlin', 'Potsdam']), about },
  };
  return { messageId, type: 'track', node: 'PERSON#email:', body };
}
