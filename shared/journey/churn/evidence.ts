/**
 * What speaks for and against a household having left, beside when it last bought: above all its devices. Each piece says how many times likelier it is seen
 * at a household that has left than at one that stays (a likelihood ratio): judged by us, and tried on simulated households (test/shared/journey/churn).
 */
import { daysBetween, isBefore, type Instant } from '../../values.ts';
import { countNamed, lastMoments } from '../fold/count.ts';
import type { Row, Summary } from '../fold/summary.ts';
import { dayOf } from '../fold/trace.ts';
import { windowEnding } from '../fold/window.ts';
import type { Figures } from '../reason.ts';
import type { Home } from './home.ts';

export interface Evidence {
  readonly code: string;
  /** Above 1: it speaks for having left. */
  readonly ratio: number;
  readonly figures: Figures;
}
interface Seen {
  readonly summary: Summary;
  readonly home: Home | undefined;
  /** When something last came from us. */
  readonly lastAt: Instant;
  readonly now: Instant;
}

const WINDOW_DAYS = 35;
/** So long a device may be away before it is more than a holiday. */
export const GONE_SILENT_DAYS = 45;

/** Rows of the days after the last delivery, at most five weeks: what came before it was answered by that order. */
function since({ summary, lastAt, now }: Seen): Row {
  const days = Math.min(WINDOW_DAYS, Math.floor(daysBetween(lastAt, now)));
  return windowEnding(summary, dayOf(now), Math.max(1, days));
}

const found = (code: string, ratio: number, figures: Figures): Evidence[] => [{ code, ratio, figures }];

/** A week is nothing; holidays of more than three weeks are rare, and of more than six nearly none. */
const silentRatio = (days: number): number => (days < 8 ? 1 : days < 15 ? 2.5 : days < 22 ? 6 : days < GONE_SILENT_DAYS ? 20 : 80);

/** What the stock says while its devices speak: silence without need is no silence, and need without an order is a loud one. */
function ofHome({ home, now }: Seen): Evidence[] {
  if (home === undefined) return [];
  if (home.devices === 0) return found('devices-removed', 6, {});
  const { silence, waitsDays, used, lowInDays } = home;
  if (silence !== undefined && silence.until === undefined) {
    const days = Math.floor(daysBetween(silence.since, now));
    return found(days >= GONE_SILENT_DAYS ? 'silent-for-long' : 'devices-silent', silentRatio(days), { days });
  }
  if (waitsDays >= 7) return found('needs-unanswered', waitsDays >= 14 ? 6 : 3, { days: Math.floor(waitsDays) });
  return used > 0 && lowInDays !== undefined && lowInDays > 0 ? found('stock-lasts', 0.2, { days: Math.ceil(lowInDays) }) : [];
}

/** A level that rose without our delivery, or a person who said so, after the last thing that came from us. */
function ofElsewhere(row: Row): Evidence[] {
  const times = countNamed(row, ['supply.bought-elsewhere']);
  if (times === 0) return [];
  return found('bought-elsewhere', times === 1 ? 2.5 : times === 2 ? 9 : 25, { times });
}

function ofAnswers({ summary, lastAt }: Seen, row: Row): Evidence[] {
  const refused = countNamed(row, ['order.declined', 'order.expired']);
  const underWay = lastMoments(summary, ['order.approved', 'order.placed', 'order.accepted', 'order.shipped']).at(-1);
  const over = lastMoments(summary, ['order.delivered', 'order.cancelled', 'order.rejected', 'order.withdrawn']).at(-1) ?? lastAt;
  return [
    ...(refused >= 2 ? found('says-no', refused >= 4 ? 4 : 2, { times: refused }) : []),
    ...(underWay !== undefined && isBefore(over, underWay) ? found('order-under-way', 0.05, {}) : []),
  ];
}

/** Whatever bought by itself was stopped by a person, and nothing took its place. */
function ofMandates({ summary, now }: Seen): Evidence[] {
  const last = (types: readonly string[]): Instant | undefined => lastMoments(summary, types).at(-1);
  const [ended, granted] = [last(['mandate.ended@customer', 'mandate.paused@customer']), last(['mandate.granted', 'mandate.resumed'])];
  const [stopped, resumed] = [last(['spending.stopped']), last(['spending.resumed'])];
  const isLately = (at: Instant): boolean => daysBetween(at, now) <= 2 * WINDOW_DAYS;
  const isOpen = (at: Instant | undefined, undone: Instant | undefined): at is Instant =>
    at !== undefined && isLately(at) && (undone === undefined || isBefore(undone, at));
  return [
    ...(isOpen(ended, granted) ? found('mandate-ended', 2.5, { days: Math.floor(daysBetween(ended, now)) }) : []),
    ...(isOpen(stopped, resumed) ? found('spending-stopped', 2, { days: Math.floor(daysBetween(stopped, now)) }) : []),
  ];
}

function ofMood(row: Row): Evidence[] {
  const { sum, weight } = row.feeling;
  const acts = countNamed(row, ['list.item-added', 'supply.counted', 'order.approved@customer', 'supply.settings-changed', 'mandate.granted']);
  return [
    ...(weight > 0.5 && sum / weight < -0.3 ? found('bad-mood', 1.5, { mood: Math.round((100 * sum) / weight) / 100 }) : []),
    ...(acts > 0 ? found('takes-part', 0.6, { times: acts }) : []),
  ];
}

export function evidenceOf(seen: Seen): Evidence[] {
  const row = since(seen);
  return [...ofHome(seen), ...ofElsewhere(row), ...ofAnswers(seen, row), ...ofMandates(seen), ...ofMood(row)];
}
