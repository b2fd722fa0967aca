/**
 * Where one touch path of a household ends and the next begins. A path belongs to a product line, touches of no line to all of them. It ends with an order, or,
 * when its last touch was a month ago, with nothing. It counts once touchpoints that are late have had time to come; which paths those of a day
 * are follows from the touchpoints alone, in whatever order they came.
 */
import { millisOf, type Instant } from '../../values.ts';
import { NO_LINE } from '../fold/summary.ts';
import { inTime, type Trace, type Traces } from '../fold/trace.ts';
import { dayAfter, dayOf, PATHS_OF_A_DAY_MAX, STEPS_MAX, type ClosedPath } from './closed-path.ts';
import { APPROVED, DIRECT, isAutomaticApproval, isConversion, isGrant, isTouch, touchCampaignSchema, touchChannelOf } from './touch.ts';

/** A touch earns nothing that comes later than this after it; and a path without a touch for so long is over. */
export const WINDOW_DAYS = 30;
/** Devices that were offline and systems that send once a day have told by then. */
export const LATENESS_DAYS = 2;
const WINDOW_MILLIS = WINDOW_DAYS * 86_400_000;

/** `YYYY-MM-DD` → the paths that close on that day. @param days `YYYY-MM-DD` → its traces */
export function closedPathsOf(days: Readonly<Record<string, Traces>>): Record<string, ClosedPath[]> {
  const traces = inTime(Object.assign({}, ...Object.values(days)) as Traces);
  const lines = [...new Set(traces.map(({ line = NO_LINE }) => line))].sort();
  const paths = [...lines.flatMap((line) => pathsOfLine(line, traces)), ...grants(traces)];
  const closed: Record<string, ClosedPath[]> = {};
  for (const path of paths) (closed[closesOn(path)] ??= []).push(path);
  return Object.fromEntries(Object.entries(closed).map(([day, of]) => [day, of.sort(inOrder).slice(0, PATHS_OF_A_DAY_MAX)]));
}

const inOrder = (a: ClosedPath, b: ClosedPath): number => {
  const [first, second] = [`${a.at} ${JSON.stringify(a)}`, `${b.at} ${JSON.stringify(b)}`];
  return first < second ? -1 : Number(first > second);
};
const closesOn = ({ ended, at }: ClosedPath): string => dayAfter(dayOf(at), LATENESS_DAYS + (ended === 'lapse' ? WINDOW_DAYS : 0));

/** Paths that may be others when a touchpoint of this day comes close on this day at the earliest, and so long after it at the latest. */
export const closesFrom = (day: string): string => dayAfter(day, LATENESS_DAYS);
export const CLOSES_WITHIN_DAYS = 2 * WINDOW_DAYS;
/** Which days have to be read to know what closes between two days. */
export const readFor = (from: string, to: string): { readonly from: string; readonly to: string } => ({
  from: dayAfter(from, -LATENESS_DAYS - 2 * WINDOW_DAYS - 1),
  to: dayAfter(to, -LATENESS_DAYS + 1),
});

const isWithin = (earlier: Instant, later: Instant): boolean => millisOf(later) - millisOf(earlier) <= WINDOW_MILLIS;

function pathsOfLine(line: string, traces: readonly Trace[]): ClosedPath[] {
  const approvals = new Map<string, Trace>();
  const paths: ClosedPath[] = [];
  let open: Trace[] = [];
  for (const trace of traces) {
    if (trace.type === APPROVED && trace.about !== undefined) approvals.set(trace.about, trace);
    const isOwn = (trace.line ?? NO_LINE) === line;
    if (isTouch(trace) && (isOwn || trace.line === undefined)) {
      paths.push(...lapsed(open, line, trace.at));
      open = [...open.filter(({ at }) => isWithin(at, trace.at)), trace];
    }
    // What belongs to no line may have earned an order of any.
    if (!isConversion(trace) || !(isOwn || line === NO_LINE)) continue;
    paths.push(...lapsed(open, line, trace.at));
    if (isOwn) paths.push(ordered(trace, approvals.get(trace.about ?? ''), open));
    open = [];
  }
  return [...paths, ...lapsed(open, line, undefined)];
}

/** @param approval of the order, where it is known: what it was worth, and whether anybody was asked */
function ordered(order: Trace, approval: Trace | undefined, open: readonly Trace[]): ClosedPath {
  const known = approval !== undefined && isWithin(approval.at, order.at) ? approval : undefined;
  const isAutomatic = known !== undefined && isAutomaticApproval(known);
  const valueMinor = order.valueMinor ?? known?.valueMinor ?? 0;
  return { ended: isAutomatic ? 'automatic' : 'order', at: order.at, valueMinor, steps: stepsBefore(open, order.at) };
}

/**
 * What has ended with nothing before this moment: a month after its last own touch nothing of the line had come.
 * @param next when something comes; undefined: nothing does
 */
function lapsed(open: readonly Trace[], line: string, next: Instant | undefined): ClosedPath[] {
  const last = open.findLast((trace) => (trace.line ?? NO_LINE) === line);
  if (last === undefined || (next !== undefined && isWithin(last.at, next))) return [];
  const until = open.slice(0, open.lastIndexOf(last) + 1);
  return [{ ended: 'lapse', at: last.at, valueMinor: 0, steps: stepsBefore(until, last.at) }];
}

const stepsBefore = (open: readonly Trace[], end: Instant): ClosedPath['steps'] => {
  const steps = open
    .filter(({ at }) => isWithin(at, end))
    .slice(-STEPS_MAX)
    .map((trace) => {
      const campaign = touchCampaignSchema.safeParse(trace.campaign);
      return { channel: touchChannelOf(trace), at: trace.at, ...(campaign.success && { campaign: campaign.data }) };
    });
  return steps.length > 0 ? steps : [{ channel: DIRECT, at: end }];
};

/** What led to a mandate; it takes nothing from orders. */
function grants(traces: readonly Trace[]): ClosedPath[] {
  let open: Trace[] = [];
  return traces.flatMap((trace): ClosedPath[] => {
    if (isTouch(trace)) open.push(trace);
    if (!isGrant(trace)) return [];
    const steps = stepsBefore(open, trace.at);
    open = [];
    return [{ ended: 'mandate', at: trace.at, valueMinor: 0, steps }];
  });
}
