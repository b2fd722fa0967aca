/**
 * Sixty households for sixty days in which five stories are planted, as touchpoints alone: a campaign that works beside one that does not, a
 * checkout that breaks on one day, households that buy elsewhere while their devices go on, households that moved, and a TV spot that lifts
 * approvals. The same seed makes the same.
 */
import { drawsOf, type Draw } from '../../../../device-sim/random.ts';
import { digest } from '../../../../shared/digest.ts';
import type { Home } from '../../../../shared/journey/churn/home.ts';
import { touchpointId, touchpointSchema, type Touchpoint } from '../../../../shared/journey/touchpoint.ts';
import { addDuration, duration, householdIdSchema, instantSchema, orderIdSchema, type HouseholdId, type Instant } from '../../../../shared/values.ts';

export const STARTS_AT = instantSchema.parse('2026-03-01T00:00:00.000Z');
export const DAYS = 60;
/** The stories, by day; ends not included. */
export const STORIES = { works: [12, 20], placebo: [12, 20], broken: 30, leaves: 30, spot: [40, 55] } as const;
export type Role = 'stays' | 'leaves' | 'moved';

export interface PlantedHousehold {
  readonly householdId: HouseholdId;
  readonly role: Role;
  readonly touchpoints: readonly Touchpoint[];
  /** What its devices say at the end. */
  readonly home: Home;
}

export const on = (day: number, hour = 0, minute = 0): Instant => addDuration(STARTS_AT, duration((day * 24 + hour) * 60 + minute, 'minutes'));
export const dayName = (day: number): string => on(day).slice(0, 10);
const isIn = (day: number, [from, to]: readonly [number, number]): boolean => day >= from && day < to;

type Said = Pick<Touchpoint, 'type' | 'channel' | 'initiator' | 'phase'> & Partial<Touchpoint>;
class Diary {
  readonly touchpoints: Touchpoint[] = [];
  readonly #householdId: HouseholdId;
  constructor(householdId: HouseholdId) {
    this.#householdId = householdId;
  }
  note(at: Instant, said: Said): void {
    const messageId = digest([this.#householdId, at, said.type, said.orderId ?? '', said.channel]);
    const id = touchpointId('planted', messageId);
    this.touchpoints.push(
      touchpointSchema.parse({ touchpointId: id, householdId: this.#householdId, source: 'planted', messageId, at, receivedAt: at, ...said }),
    );
  }
}

/** @param many households, of which one in ten leaves and one in ten moves */
export function plant(many = 60, seed = 1): PlantedHousehold[] {
  return Array.from({ length: many }, (_, index) => {
    const householdId = householdIdSchema.parse(`hh_planted-${index}`);
    const role: Role = index % 10 === 3 ? 'leaves' : index % 10 === 7 ? 'moved' : 'stays';
    const diary = new Diary(householdId);
    const draw = drawsOf(seed, 'planted', index);
    diary.note(on(0, 6), { type: 'household.created', channel: 'nachschub', initiator: 'company', phase: 'implementation' });
    shopOnline(diary, { index, draw });
    order(diary, { index, role, draw });
    return { householdId, role, touchpoints: diary.touchpoints, home: homeOf(role) };
  });
}

interface Lives {
  readonly index: number;
  readonly draw: Draw;
}

/** Looks, baskets and checkouts in the web shop; every second household had the mail that works, the others saw an advertisement that does not. */
function shopOnline(diary: Diary, { index, draw }: Lives): void {
  const hadMail = index % 2 === 0;
  for (let day = 0; day < DAYS; day += 1) {
    const isCampaign = isIn(day, STORIES.works);
    if (isCampaign && (day - STORIES.works[0]) % 2 === 0)
      diary.note(on(day, 7), {
        ...(hadMail
          ? { type: 'Email Opened', channel: 'e-mail', initiator: 'company', campaign: { name: 'works' } }
          : { type: 'Ad Impression', channel: 'social', initiator: 'company', campaign: { name: 'placebo' } }),
        phase: 'awareness',
      });
    const [looks, chooses, begins, buys] = [draw(), draw(), draw(), draw()];
    if (looks > 0.6) continue;
    const web = { channel: 'web', initiator: 'customer' } as const;
    diary.note(on(day, 10), { ...web, type: 'Product Viewed', phase: 'information' });
    if (chooses > 0.7) continue;
    diary.note(on(day, 10, 5), { ...web, type: 'Product Added', phase: 'conviction' });
    if (begins > (isCampaign && hadMail ? 0.95 : 0.5)) continue;
    diary.note(on(day, 10, 8), { ...web, type: 'Checkout Started', phase: 'closing' });
    if (day === STORIES.broken || buys > 0.8) continue;
    diary.note(on(day, 10, 12), { ...web, type: 'Order Completed', phase: 'closing', value: { amountMinor: 2_500, currency: 'EUR' } });
  }
}

/** Orders that the fridge proposes and somebody approves; who leaves says no from a day on and fills it elsewhere, who moved is not heard of. */
function order(diary: Diary, { index, role, draw }: Lives & { readonly role: Role }): void {
  const sawSpot = index % 3 === 0;
  let number = 0;
  for (let day = draw() * 4; day < DAYS - 3; day += 3.5 + 1.5 * draw()) {
    const at = Math.floor(day);
    const isGone = role !== 'stays' && at >= STORIES.leaves;
    if (isGone && role === 'moved') return;
    const spot = isIn(at, STORIES.spot) && sawSpot;
    if (spot) diary.note(on(at, 5), { type: 'Ad Impression', channel: 'tv', initiator: 'company', phase: 'awareness' });
    const ofLine = { productLine: 'groceries' } as const;
    const about = { ...ofLine, orderId: orderIdSchema.parse(`ord_planted-${index}-${number}`) };
    number += 1;
    diary.note(on(at, 6), { ...ofLine, type: 'supply.low', channel: 'fridge', initiator: 'device', phase: 'information' });
    diary.note(on(at, 8), { ...about, type: 'order.proposed', channel: 'nachschub', initiator: 'automation', phase: 'comparison' });
    diary.note(on(at, 8, 1), { ...about, type: 'order.approval-requested', channel: 'push', initiator: 'company', phase: 'conviction' });
    const approves = draw() < (isGone ? 0 : spot ? 0.98 : 0.65);
    if (!approves) {
      diary.note(on(at, 20), { ...about, type: isGone ? 'order.declined' : 'order.expired', channel: 'app', initiator: 'customer', phase: 'closing' });
      if (isGone) diary.note(on(at + 1, 9), { ...ofLine, type: 'supply.bought-elsewhere', channel: 'fridge', initiator: 'device', phase: 'loyalty' });
      continue;
    }
    const value = { amountMinor: 1_800, currency: 'EUR' } as const;
    diary.note(on(at, 9), { ...about, type: 'order.approved', channel: 'app', initiator: 'customer', phase: 'closing', value });
    diary.note(on(at, 9, 1), { ...about, type: 'order.placed', channel: 'retailer', initiator: 'automation', phase: 'closing', value });
    diary.note(on(at, 9, 30), { ...about, type: 'order.accepted', channel: 'retailer', initiator: 'company', phase: 'logistics', promisedAt: on(at + 1, 18) });
    diary.note(on(at + 1, 15), { ...about, type: 'order.delivered', channel: 'retailer', initiator: 'company', phase: 'logistics' });
  }
}

/** At the end: who stays and who leaves is heard of every hour; the fridges of those who moved have been silent since. */
function homeOf(role: Role): Home {
  const readAt = on(DAYS);
  const here = { readAt, devices: 1, used: 4, lowInDays: 2, waitsDays: 0, ordersAhead: 6 };
  if (role !== 'moved') return { ...here, heardAt: on(DAYS, -1) };
  return { readAt, devices: 1, used: 0, waitsDays: 0, ordersAhead: 0, heardAt: on(STORIES.leaves), silence: { since: on(STORIES.leaves) } };
}
