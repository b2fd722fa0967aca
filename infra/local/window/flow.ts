/** The stages of the flow, with what has passed each. */
import type { HouseholdFacts } from './household.ts';
import type { ReadingCounts } from './readings.ts';
import type { Figure, Stage } from './snapshot.ts';

/** Which touchpoints a figure counts: every event of the flow that concerns a household leaves exactly one. */
const COUNTED: Readonly<Partial<Record<Figure, string>>> = {
  low: 'supply.low',
  proposed: 'order.proposed',
  'by-mandate': 'order.approved by automation',
  'by-person': 'order.approved by customer',
  declined: 'order.declined',
  expired: 'order.expired',
  placed: 'order.placed',
  accepted: 'order.accepted',
  changed: 'order.changed',
  shipped: 'order.shipped',
  delivered: 'order.delivered',
  rejected: 'order.rejected',
  cancelled: 'order.cancelled',
  restocked: 'supply.restocked',
  refilled: 'supply.refilled',
};

export function flowOf(readings: ReadingCounts, households: readonly HouseholdFacts[]): Stage[] {
  const sum = (count: (facts: HouseholdFacts) => number): number => households.reduce((total, facts) => total + count(facts), 0);
  const own: Partial<Record<Figure, number>> = {
    readings: readings.applied + readings.ignored + readings.quarantined,
    applied: readings.applied,
    unchanged: readings.ignored,
    quarantined: readings.quarantined,
    touchpoints: sum(({ touchpointsTotal }) => touchpointsTotal),
    phases: sum(({ standing }) => standing?.phases.length ?? 0),
    segments: sum(({ standing }) => standing?.segments.length ?? 0),
    reminders: sum(({ automations }) => automations.reduce((many, { acts }) => many + acts.filter(({ did }) => did.kind === 'sent').length, 0)),
  };
  const figure = (name: Figure) => {
    const type = COUNTED[name];
    return { figure: name, count: own[name] ?? (type === undefined ? 0 : sum(({ touchpointCounts }) => touchpointCounts.get(type) ?? 0)) };
  };
  const stage = (name: Stage['stage'], ...figures: Figure[]): Stage => ({ stage: name, figures: figures.map(figure) });
  return [
    stage('device', 'readings'),
    stage('ingest', 'applied', 'unchanged', 'quarantined', 'low'),
    stage('propose', 'proposed'),
    stage('decide', 'by-mandate', 'by-person', 'declined', 'expired'),
    stage('place', 'placed'),
    stage('follow', 'accepted', 'changed', 'shipped', 'delivered', 'rejected', 'cancelled'),
    stage('restock', 'restocked', 'refilled'),
    stage('journey', 'touchpoints'),
    stage('understand', 'phases', 'segments'),
    stage('act', 'reminders'),
  ];
}
