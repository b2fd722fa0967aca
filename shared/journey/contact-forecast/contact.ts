/** What somebody of the company has to answer, and what brings it about: counted by the day as it happened. */
import type { Trace } from '../fold/trace.ts';
import type { Counters } from '../tally/batch.ts';
import { channelSchema, type Channel } from '../words.ts';

/** A case that is opened or gone on with, a call, a letter: begun by a person of the household. */
const CONTACTS: readonly string[] = ['case.opened', 'case.added', 'case.reopened', 'call.received', 'e-mail.received', 'chat.started'];

/** What makes people write and call in the days after it. */
export const driverNames = ['late', 'refused', 'recall', 'payment'] as const;
export type Driver = (typeof driverNames)[number];
const DRIVERS: Readonly<Record<string, Driver>> = {
  ...{ 'order.stuck': 'late', 'order.back-ordered': 'late', 'order.rejected': 'refused', 'order.cancelled': 'refused' },
  ...{ 'recall.told': 'recall', 'recall.announced': 'recall', 'order.payment-declined': 'payment', 'order.refund-overdue': 'payment' },
};

const CONTACT = 'contact';
const DRIVER = 'driver';
/** Names of the counters that a trace adds 1 to. */
export function contactCounters({ type, channel, initiator }: Pick<Trace, 'type' | 'channel' | 'initiator'>): string[] {
  const driver = DRIVERS[type];
  return [...(initiator === 'customer' && CONTACTS.includes(type) ? [`${CONTACT}|${channel}`] : []), ...(driver === undefined ? [] : [`${DRIVER}|${driver}`])];
}

export interface ContactDay {
  readonly day: string;
  readonly contacts: number;
  /** How often what brings contacts about happened. */
  readonly drivers: Readonly<Record<Driver, number>>;
}
/** @param channel of one alone; absent: of all */
export function contactDayIn(day: string, counters: Counters, channel?: Channel): ContactDay {
  const isAsked = (name: string): boolean => (channel === undefined ? name.startsWith(`${CONTACT}|`) : name === `${CONTACT}|${channel}`);
  const contacts = Object.entries(counters).reduce((sum, [name, many]) => sum + (isAsked(name) ? many : 0), 0);
  const of = (driver: Driver): number => counters[`${DRIVER}|${driver}`] ?? 0;
  return { day, contacts, drivers: { late: of('late'), refused: of('refused'), recall: of('recall'), payment: of('payment') } };
}

/** Channels in which anybody got in touch. */
export const channelsIn = (days: readonly Counters[]): Channel[] =>
  channelSchema.options.filter((channel) => days.some((counters) => (counters[`${CONTACT}|${channel}`] ?? 0) > 0));
