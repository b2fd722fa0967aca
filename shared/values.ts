/** The words every other file is written in: ids, time, money and quantities. */
import { z } from 'zod';
import { gtinCheckDigit } from './gtin.ts';

const prefixedId = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[a-z0-9][a-z0-9-]{0,63}$`), `expected an id such as ${prefix}_4f2a`);

export const householdIdSchema = prefixedId('hh').brand('HouseholdId');
export const memberIdSchema = prefixedId('mem').brand('MemberId');
/** Somebody who works for the company; an account of its own, so that nobody looks after a household with the account they live in one with. */
export const staffIdSchema = prefixedId('staff').brand('StaffId');
export const supplyIdSchema = prefixedId('sup').brand('SupplyId');
export const needIdSchema = prefixedId('need').brand('NeedId');
export const orderIdSchema = prefixedId('ord').brand('OrderId');
export const mandateIdSchema = prefixedId('man').brand('MandateId');
export const approvalIdSchema = prefixedId('apr').brand('ApprovalId');
/** One change of what an order that waits would buy. */
export const changeIdSchema = prefixedId('chg').brand('ChangeId');
export const retailerIdSchema = prefixedId('rt').brand('RetailerId');
export const caseIdSchema = prefixedId('case').brand('CaseId');
/** One declaration of withdrawal, made from what it says: the same sent twice is one. */
export const declarationIdSchema = prefixedId('dec').brand('DeclarationId');
/** One question to a household how it went, made from what it is about. */
export const surveyIdSchema = prefixedId('svy').brand('SurveyId');
/** A line of the shopping list, made in the browser. */
export const listEntryIdSchema = prefixedId('ent').brand('ListEntryId');
/** The same on every attempt of one message: the `webhook-id` of Standard Webhooks. */
export const messageIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .brand('MessageId');
/** A question of a shop about one line of an order, as the shop names it. */
export const questionIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .brand('QuestionId');
/** An AWS IoT thing name, narrowed so that it can stand in a topic, a certificate and an MQTT client id. */
export const thingNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
  .brand('ThingName');
/** A place in a device that holds one product: a shelf, a tank, the battery of a remote control. */
export const slotSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/);

export type HouseholdId = z.infer<typeof householdIdSchema>;
export type MemberId = z.infer<typeof memberIdSchema>;
export type StaffId = z.infer<typeof staffIdSchema>;
export type SupplyId = z.infer<typeof supplyIdSchema>;
export type NeedId = z.infer<typeof needIdSchema>;
export type OrderId = z.infer<typeof orderIdSchema>;
export type MandateId = z.infer<typeof mandateIdSchema>;
export type ApprovalId = z.infer<typeof approvalIdSchema>;
export type ChangeId = z.infer<typeof changeIdSchema>;
export type ListEntryId = z.infer<typeof listEntryIdSchema>;
export type RetailerId = z.infer<typeof retailerIdSchema>;
export type MessageId = z.infer<typeof messageIdSchema>;
export type CaseId = z.infer<typeof caseIdSchema>;
export type DeclarationId = z.infer<typeof declarationIdSchema>;
export type SurveyId = z.infer<typeof surveyIdSchema>;
export type QuestionId = z.infer<typeof questionIdSchema>;
export type ThingName = z.infer<typeof thingNameSchema>;

/** An instant in UTC, always with milliseconds, so that text order is time order. */
export const instantSchema = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'expected an instant such as 2026-03-01T08:00:00.000Z')
  .refine((text) => !Number.isNaN(Date.parse(text)), 'expected a day that exists')
  .brand('Instant');
export type Instant = z.infer<typeof instantSchema>;

/** @param epochMillis milliseconds since 1970, in years 0–9999; throws a ZodError outside. */
export function instantOf(epochMillis: number): Instant {
  const millis = Math.round(epochMillis);
  const known = written.get(millis);
  if (known !== undefined) return known;
  const text = new Date(millis).toISOString();
  // Of 24 characters it is what the schema describes, and to ask it would take ten times as long as to write it.
  return remembered(written, millis, text.length === 24 ? (text as Instant) : instantSchema.parse(text));
}
export const millisOf = (instant: Instant): number => read.get(instant) ?? remembered(read, instant, Date.parse(instant));

/** One decision reads and writes the same few instants again and again; working each out anew took a tenth of its time. */
const written = new Map<number, Instant>();
const read = new Map<Instant, number>();
const REMEMBERED_MAX = 256;
function remembered<Key, Value>(known: Map<Key, Value>, key: Key, value: Value): Value {
  if (known.size >= REMEMBERED_MAX) known.clear();
  known.set(key, value);
  return value;
}

/** Milliseconds. */
export type Duration = number & { readonly __brand: 'Duration' };
const MILLIS = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
export const duration = (amount: number, unit: keyof typeof MILLIS): Duration => (amount * MILLIS[unit]) as Duration;
export const inDays = (length: Duration | number): number => length / MILLIS.days;

export const addDuration = (instant: Instant, length: Duration): Instant => instantOf(millisOf(instant) + length);
export const durationBetween = (from: Instant, to: Instant): Duration => (millisOf(to) - millisOf(from)) as Duration;
export const daysBetween = (from: Instant, to: Instant): number => inDays(durationBetween(from, to));
export const isBefore = (a: Instant, b: Instant): boolean => a < b;
export const earliest = (a: Instant, ...more: Instant[]): Instant => more.reduce((least, next) => (next < least ? next : least), a);
export const latest = (a: Instant, ...more: Instant[]): Instant => more.reduce((most, next) => (next > most ? next : most), a);

/** An IANA time zone such as Europe/Berlin. */
export const timeZoneSchema = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}, 'expected an IANA time zone such as Europe/Berlin');

/** The calendar day `YYYY-MM-DD` on which an instant falls in a time zone. */
export const localDate = (instant: Instant, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(millisOf(instant));
/** The calendar month `YYYY-MM` on which an instant falls in a time zone. */
export const localMonth = (instant: Instant, timeZone: string): string => localDate(instant, timeZone).slice(0, 7);

/** Integer minor units (cents); never a float. */
export const moneySchema = z.strictObject({ amountMinor: z.int().min(0).max(100_000_000), currency: z.enum(['EUR']) });
export type Money = z.infer<typeof moneySchema>;
export const euros = (amountMinor: number): Money => moneySchema.parse({ amountMinor, currency: 'EUR' });
/** One currency for now, so the type proves that both are the same; a second one makes this a compile error to think about. */
export const addMoney = (a: Money, b: Money): Money => moneySchema.parse({ amountMinor: a.amountMinor + b.amountMinor, currency: a.currency });
export const timesMoney = (price: Money, count: number): Money => moneySchema.parse({ ...price, amountMinor: price.amountMinor * count });

/** A place in a household that holds or uses supplies. */
export const deviceTypeSchema = z.enum(['fridge', 'heating', 'tv', 'generic']);
export type DeviceType = z.infer<typeof deviceTypeSchema>;

/**
 * The most that any amount in base units may be: 100,000,000 ml are 100,000 l, 100,000,000 g are 100 t. A house's oil tank holds 3,000 l
 * (3,000,000 ml) and a pellet store 10 t, so there is room; times a thousand (we count thousandths) it is 10^11, far below 2^53.
 */
export const AMOUNT_MAX = 100_000_000;

/** What devices and shops may say; stored quantities use the base unit of each kind (ml, g, piece). */
export const unitSchema = z.enum(['ml', 'l', 'g', 'kg', 'piece']);
export const baseUnitSchema = z.enum(['ml', 'g', 'piece']);
export type Unit = z.infer<typeof unitSchema>;
export type BaseUnit = z.infer<typeof baseUnitSchema>;
export const quantitySchema = z
  .strictObject({ amount: z.number().min(0).max(AMOUNT_MAX), unit: unitSchema })
  .refine((quantity) => toBase(quantity).amount <= AMOUNT_MAX, `expected at most ${AMOUNT_MAX} ml, g or pieces`);
export type Quantity = z.infer<typeof quantitySchema>;
export interface BaseQuantity {
  amount: number;
  unit: BaseUnit;
}
const BASE: Record<Unit, { unit: BaseUnit; factor: number }> = {
  ml: { unit: 'ml', factor: 1 },
  l: { unit: 'ml', factor: 1_000 },
  g: { unit: 'g', factor: 1 },
  kg: { unit: 'g', factor: 1_000 },
  piece: { unit: 'piece', factor: 1 },
};
/** Rounded to a thousandth of the base unit, so that 0.1 l is 100 ml and not 100.00000000000001. */
export const toBase = ({ amount, unit }: { readonly amount: number; readonly unit: Unit }): BaseQuantity => ({
  amount: Math.round(amount * BASE[unit].factor * 1_000) / 1_000,
  unit: BASE[unit].unit,
});

/** A GTIN-8, -12, -13 or -14 whose check digit is right (GS1 General Specifications §7.9). */
export const gtinSchema = z
  .string()
  .regex(/^(\d{8}|\d{12}|\d{13}|\d{14})$/, 'expected a GTIN of 8, 12, 13 or 14 digits')
  .refine((gtin) => gtinCheckDigit(gtin.slice(0, -1)) === Number(gtin.at(-1)), 'the check digit of this GTIN is wrong')
  .brand('Gtin');
export type Gtin = z.infer<typeof gtinSchema>;

/** What a decider answers. Refusals are data: a repeat is normal, and only our own bugs throw. */
export type Decision<Event> =
  | { readonly kind: 'events'; readonly events: readonly Event[] }
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'rejected'; readonly reason: string };

/** The same for an aggregate whose state also changes silently (a supply takes many readings and speaks rarely). */
export type Outcome<State, Event> =
  | { readonly kind: 'changed'; readonly state: State; readonly events: readonly Event[] }
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'rejected'; readonly reason: string };

export const ignored = (reason: string) => ({ kind: 'ignored', reason }) as const;
export const rejected = (reason: string) => ({ kind: 'rejected', reason }) as const;

/** Makes a missing case a type error. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
