/** The people, the place and the things: what a household is, apart from what it buys. */
import { z } from 'zod';
import { offeredSlotsSchema } from '../device/pairing.ts';
import { presenceSchema } from '../device/presence.ts';
import {
  deviceTypeSchema,
  householdIdSchema,
  instantSchema,
  memberIdSchema,
  retailerIdSchema,
  slotSchema,
  supplyIdSchema,
  thingNameSchema,
  timeZoneSchema,
} from '../values.ts';
import { dietTagSchema } from './diet-tag.ts';
import { orderPreferencesSchema } from './order-preferences.ts';
import { devicePermissionSchema } from './permission.ts';

export const addressSchema = z.strictObject({
  recipient: z.string().min(1).max(80),
  street: z.string().min(1).max(120),
  postalCode: z.string().min(1).max(12),
  city: z.string().min(1).max(80),
  country: z.string().regex(/^[A-Z]{2}$/, 'expected an ISO 3166 country code such as DE'),
});
export type Address = z.infer<typeof addressSchema>;

/** A shop that the household has linked: it charges the account that the household has there, we hold no card. */
export const linkedShopSchema = z.strictObject({ retailerId: retailerIdSchema, account: z.string().min(1).max(80), linkedAt: instantSchema });

export const householdSchema = z.strictObject({
  householdId: householdIdSchema,
  name: z.string().min(1).max(80),
  timeZone: timeZoneSchema,
  language: z.enum(['de', 'en']),
  address: addressSchema,
  shops: z.array(linkedShopSchema).max(10),
  createdAt: instantSchema,
  /** Who began it in the app; absent: an operator created it. */
  foundedBy: memberIdSchema.optional(),
  /** What nobody here eats or drinks: an offer that contains it is never quoted. */
  avoid: z.array(dietTagSchema).max(18).optional(),
  /** What is wanted of orders, where shops differ; absent: that they cost least. */
  preferences: orderPreferencesSchema.optional(),
});
export type Household = z.infer<typeof householdSchema>;

export const memberSchema = z.strictObject({
  householdId: householdIdSchema,
  memberId: memberIdSchema,
  name: z.string().min(1).max(80),
  role: z.enum(['owner', 'adult', 'guest']),
  joinedAt: instantSchema,
  /** Set when the member was removed. The item stays, because it is what says so; to every door the person is a stranger. */
  leftAt: instantSchema.optional(),
});
export type Member = z.infer<typeof memberSchema>;

export const isMember = (member: Member | undefined): member is Member => member !== undefined && member.leftAt === undefined;

/** May answer for money: guests may look. */
export const mayApprove = (member: Pick<Member, 'role'>): boolean => member.role !== 'guest';

export const deviceSchema = z.strictObject({
  householdId: householdIdSchema,
  thing: thingNameSchema,
  deviceType: deviceTypeSchema,
  name: z.string().min(1).max(80),
  /** Where it stands. */
  room: z.string().min(1).max(40).optional(),
  model: z.string().min(1).max(80).optional(),
  /** What its slots can hold, as its maker says; absent for a device that an operator added. */
  offers: offeredSlotsSchema.optional(),
  /** Who brought it in with its code. */
  pairedBy: memberIdSchema.optional(),
  /** When its first word after that was heard. */
  confirmedAt: instantSchema.optional(),
  /** Set when the household gave it away. The item stays, because it is what says so. */
  removedAt: instantSchema.optional(),
  /** Which supply each slot measures. */
  slots: z.record(slotSchema, supplyIdSchema),
  addedAt: instantSchema,
  /** Absent: never heard of. */
  presence: presenceSchema.optional(),
  /** Whether optional fields of its readings may be kept; absent: no. Follows the household's consent. */
  optionalTelemetry: devicePermissionSchema.optional(),
});
export type Device = z.infer<typeof deviceSchema>;

export type DeviceInHouse = Device & { readonly removedAt?: never };

export const isInHouse = (device: Device | undefined): device is DeviceInHouse => device !== undefined && device.removedAt === undefined;
