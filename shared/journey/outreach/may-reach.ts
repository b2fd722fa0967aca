/**
 * The one gate: whether something that an order itself does not require may reach a household, where, or when instead. Everything that addresses a
 * household goes through here. What the law or the household forbids is a no; what only the moment forbids waits, as long as it makes sense.
 */
import { addDuration, duration, isBefore, latest, localDate, type Instant } from '../../values.ts';
import { bestMoment, type HourCounts } from './habit.ts';
import { outreachLimits } from './limits.ts';
import { endOfQuiet, isQuiet, nextLocalDay, type QuietHours } from './local-hours.ts';
import { isStopped, type Outreach } from './outreach.ts';
import { isPromotional, type HeldReason, type ReachChannel } from './words.ts';
import type { Wish } from './wish.ts';

/** `later`: there is one, but not at this moment (a TV that is off). */
export type Availability = 'now' | 'later' | 'never';

/** What is known of the household at this moment. */
export interface Circumstances {
  readonly outreach: Outreach;
  readonly timeZone: string;
  /** `newsByMail`: somebody who may be written to by e-mail wants news. */
  readonly consents: { readonly profiling: boolean; readonly productNews: boolean; readonly newsByMail: boolean };
  /** Something is being mended for it, or goods of its are recalled. */
  readonly hasOpenCase: boolean;
  /** One of those who are never addressed of our own accord, so that it can be measured what addressing brings. */
  readonly isLeftAlone?: boolean;
  /** When something last felt bad. */
  readonly badMomentAt?: Instant | undefined;
  /** 0–1; absent: unknown. */
  readonly health?: number | undefined;
  readonly available: Readonly<Record<ReachChannel, Availability>>;
  /** When it usually acts (`hoursOf`). */
  readonly hours: HourCounts;
}

export type Verdict =
  { readonly send: ReachChannel } | { readonly wait: Instant; readonly because: HeldReason } | { readonly no: true; readonly because: HeldReason };

type Asked = Pick<Wish, 'kind' | 'purpose' | 'channels' | 'urgent' | 'safety' | 'wishedAt' | 'until' | 'quiet'>;

/** A TV that is off, or a case that is open, is looked at again. */
const LOOK_AGAIN = duration(1, 'hours');
const WEEK = duration(7, 'days');

export function mayReach(wish: Asked, circumstances: Circumstances, now: Instant): Verdict {
  const refused = refusal(wish, circumstances, now);
  if (refused !== undefined) return { no: true, because: refused };
  const held = wish.safety ? undefined : (heldBack(wish, circumstances, now) ?? outOfHours(wish, circumstances, now));
  if (held !== undefined) return inTime(held, wish);
  const channel = channelFor(wish, circumstances);
  return channel === undefined ? inTime({ wait: addDuration(now, LOOK_AGAIN), because: 'channel-away' }, wish) : { send: channel };
}

/** What would have to wait until it is pointless is not sent at all. */
const inTime = (held: Extract<Verdict, { wait: Instant }>, { until }: Asked): Verdict =>
  until !== undefined && !isBefore(held.wait, until) ? { no: true, because: held.because } : held;

/** What no waiting changes. */
function refusal(wish: Asked, circumstances: Circumstances, now: Instant): HeldReason | undefined {
  const stopped = wish.safety ? undefined : isStopped(circumstances.outreach, wish.kind);
  if (stopped !== undefined) return stopped;
  const { profiling, productNews } = circumstances.consents;
  if ((isPromotional(wish.purpose) && !profiling) || (wish.purpose === 'news' && !productNews)) return 'no-consent';
  if (isPromotional(wish.purpose) && circumstances.isLeftAlone === true) return 'left-alone';
  if (wish.until !== undefined && !isBefore(now, wish.until)) return 'too-late';
  return permitted(wish, circumstances).some((channel) => circumstances.available[channel] !== 'never') ? undefined : 'no-channel';
}

/** An e-mail that offers something needs the yes to news of whoever gets it (UWG §7 (2) 2), whatever it was made from. */
const permitted = ({ channels, purpose }: Asked, { consents }: Circumstances): readonly ReachChannel[] =>
  isPromotional(purpose) && !consents.newsByMail ? channels.filter((channel) => channel !== 'e-mail') : channels;

function heldBack(wish: Asked, circumstances: Circumstances, now: Instant): Extract<Verdict, { wait: Instant }> | undefined {
  if (isPromotional(wish.purpose)) {
    const { hasOpenCase, badMomentAt, health } = circumstances;
    if (hasOpenCase) return { wait: addDuration(now, duration(1, 'days')), because: 'open-case' };
    const calm = badMomentAt === undefined ? now : addDuration(badMomentAt, duration(outreachLimits.badMomentDays, 'days'));
    if (isBefore(now, calm)) return { wait: calm, because: 'bad-moment' };
    if (health !== undefined && health < outreachLimits.leastHealth)
      return { wait: addDuration(now, duration(outreachLimits.unwellDays, 'days')), because: 'unwell' };
  }
  return full(wish, circumstances, now);
}

/** What could not wait is counted apart from what could, and neither uses the other's room up. */
function full({ urgent }: Asked, { outreach, timeZone }: Circumstances, now: Instant): Extract<Verdict, { wait: Instant }> | undefined {
  const alike = outreach.reached.filter((one) => one.urgent === urgent);
  const today = localDate(now, timeZone);
  const ofToday = alike.filter(({ at }) => localDate(at, timeZone) === today).length;
  if (ofToday >= (urgent ? outreachLimits.urgentPerDay : outreachLimits.perDay)) return { wait: nextLocalDay(now, timeZone), because: 'day-full' };
  if (urgent) return undefined;
  const ofWeek = alike.map(({ at }) => at).filter((at) => isBefore(now, addDuration(at, WEEK)));
  const first = ofWeek.sort().at(-outreachLimits.perWeek);
  return first === undefined ? undefined : { wait: latest(now, addDuration(first, WEEK)), because: 'week-full' };
}

function outOfHours(wish: Asked, { outreach, timeZone, hours }: Circumstances, now: Instant): Extract<Verdict, { wait: Instant }> | undefined {
  const quiet: readonly QuietHours[] = [outreach.quiet ?? outreachLimits.quiet, ...(wish.quiet === undefined ? [] : [wish.quiet])];
  const isQuietThen = (at: Instant): boolean => quiet.some((hours) => isQuiet(at, hours, timeZone));
  const { wishedAt, until, urgent } = wish;
  if (isQuietThen(now)) {
    const morning = endOfQuiet(now, isQuietThen);
    // What would be over by the morning is sent all the same: not to be asked costs the household more than a line on a dark screen.
    const canWait = urgent === undefined || until === undefined || isBefore(morning, until);
    return canWait ? { wait: morning, because: 'quiet-hours' } : undefined;
  }
  if (urgent) return undefined;
  const best = bestMoment({ hours, isQuiet: isQuietThen, timeZone, wishedAt, until }, now);
  return best === now ? undefined : { wait: best, because: 'better-moment' };
}

/** The household's order first, then the sender's; of what is about safety the sender's alone. */
function channelFor(wish: Asked, circumstances: Circumstances): ReachChannel | undefined {
  const { outreach, available } = circumstances;
  const may = permitted(wish, circumstances).filter((channel) => available[channel] === 'now');
  return (wish.safety ? [] : (outreach.channels ?? [])).find((channel) => may.includes(channel)) ?? may[0];
}
