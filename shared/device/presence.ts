/**
 * Whether a device is connected, from two witnesses: the message broker (life-cycle events) and the device itself (its own word after
 * connecting, its last will after it has gone). Whatever comes twice, late or out of order ends in the same state.
 */
import { z } from 'zod';
import type { DomainEvent } from '../events.ts';
import {
  addDuration,
  duration,
  ignored,
  instantSchema,
  latest,
  millisOf,
  type DeviceType,
  type HouseholdId,
  type Instant,
  type Outcome,
  type ThingName,
} from '../values.ts';
import { deviceCatalog } from './catalog.ts';

/** AWS IoT's life-cycle event, as much of it as we believe; the client is named by the topic. */
export const lifecycleEventSchema = z.looseObject({
  eventType: z.enum(['connected', 'disconnected']),
  /** Milliseconds, exact to ± 2 minutes (AWS IoT, life-cycle events). */
  timestamp: z.int().min(0).max(253_402_300_799_999),
  /** Counts the client's connections: both events of one have the same. It may skip, and begins anew after an hour without the client. */
  versionNumber: z.int().min(0),
});

/** What a device says of itself, and leaves as its last will. */
export const ownPresenceSchema = z.strictObject({ connected: z.boolean() });

const markSchema = z.strictObject({ version: z.int().min(0), at: instantSchema });
type Mark = z.infer<typeof markSchema>;

export const presenceSchema = z.strictObject({
  connected: z.boolean(),
  since: instantSchema,
  /** The latest connection and the latest end of one that the broker told of. */
  opened: markSchema.optional(),
  closed: markSchema.optional(),
  /** The last moment of which the broker told anything. */
  brokerAt: instantSchema.optional(),
  /** The device's own word; kept only while the broker has not spoken since. */
  said: z.strictObject({ connected: z.boolean(), at: instantSchema }).optional(),
});
export type Presence = z.infer<typeof presenceSchema>;
type Facts = Pick<Presence, 'opened' | 'closed' | 'brokerAt' | 'said'>;

export type PresenceFact =
  | { readonly by: 'broker'; readonly connected: boolean; readonly version: number; readonly at: Instant }
  | { readonly by: 'device'; readonly connected: boolean; readonly at: Instant };

export interface PresentDevice {
  readonly householdId: HouseholdId;
  readonly thing: ThingName;
  readonly presence?: Presence | undefined;
}

/** Two life-cycle events within twice the accuracy of their clocks are in the order of their versions, others in that of their times. */
const NEAR_MILLIS = duration(4, 'minutes');
const isNear = (a: Instant, b: Instant): boolean => Math.abs(millisOf(a) - millisOf(b)) <= NEAR_MILLIS;

const compareMarks = (a: Mark, b: Mark): number => (isNear(a.at, b.at) ? a.version - b.version : 0) || (a.at < b.at ? -1 : Number(a.at > b.at));
const later = (a: Mark | undefined, b: Mark): Mark => (a !== undefined && compareMarks(a, b) >= 0 ? a : b);

/** Takes some facts at once: one state, and an event only if it is another than before. */
export function notePresence({ householdId, thing, presence }: PresentDevice, facts: readonly PresenceFact[]): Outcome<Presence, DomainEvent> {
  const heard = facts.reduce(hear, presence ?? {});
  const state = conclude(heard);
  if (state === undefined) return ignored('nothing-heard');
  if (presence !== undefined && sameFacts(presence, state)) return ignored('known-already');
  if ((presence?.connected ?? false) === state.connected) return { kind: 'changed', state, events: [] };
  return {
    kind: 'changed',
    state,
    events: [{ type: state.connected ? 'device.connected' : 'device.disconnected', data: { householdId, thing, since: state.since } }],
  };
}

function hear(facts: Facts, fact: PresenceFact): Facts {
  if (fact.by === 'broker') {
    const mark = { version: fact.version, at: fact.at };
    const brokerAt = latest(fact.at, facts.brokerAt ?? fact.at);
    return fact.connected ? { ...facts, brokerAt, opened: later(facts.opened, mark) } : { ...facts, brokerAt, closed: later(facts.closed, mark) };
  }
  const { said } = facts;
  // Of two words of one moment the good one counts: a will that is said when a device comes back speaks of its connection before.
  const isNews = said === undefined || fact.at > said.at || (fact.at === said.at && fact.connected);
  return isNews ? { ...facts, said: { connected: fact.connected, at: fact.at } } : facts;
}

/**
 * The broker's word goes before the device's own, because a last will may be that of the connection before; only what a device says
 * clearly later than anything the broker told decides, for a life-cycle event can be lost.
 */
function conclude({ opened, closed, brokerAt, said }: Facts): Presence | undefined {
  const marks = { ...(opened && { opened }), ...(closed && { closed }), ...(brokerAt !== undefined && { brokerAt }) };
  if (said !== undefined && (brokerAt === undefined || (said.at > brokerAt && !isNear(said.at, brokerAt))))
    return { connected: said.connected, since: said.at, ...marks, said };
  if (opened !== undefined && !isOver(opened, closed)) return { connected: true, since: opened.at, ...marks };
  return closed === undefined ? undefined : { connected: false, since: closed.at, ...marks };
}

/** Ended by its own end or by that of a later connection, whose beginning is still to be heard of. */
const isOver = (opened: Mark, closed: Mark | undefined): boolean =>
  closed !== undefined && (isNear(opened.at, closed.at) ? closed.version >= opened.version : closed.at > opened.at);

const sameFacts = (a: Presence, b: Presence): boolean =>
  a.connected === b.connected &&
  a.since === b.since &&
  sameMark(a.opened, b.opened) &&
  sameMark(a.closed, b.closed) &&
  a.brokerAt === b.brokerAt &&
  a.said?.at === b.said?.at;
const sameMark = (a: Mark | undefined, b: Mark | undefined): boolean => a?.at === b?.at && a?.version === b?.version;

export const availabilitySchema = z.enum(['available', 'unavailable', 'never-seen']);

/** How a device looks to its household: one that is away for longer than its kind may be is unavailable. Worked out when asked, never stored. */
export function availabilityOf(
  device: { readonly deviceType: DeviceType; readonly presence?: Presence | undefined },
  now: Instant,
): z.infer<typeof availabilitySchema> {
  if (device.presence === undefined) return 'never-seen';
  const { connected, since } = device.presence;
  return connected || now < addDuration(since, deviceCatalog[device.deviceType].silentAfter) ? 'available' : 'unavailable';
}
