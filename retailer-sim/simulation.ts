/** The part of the simulation's file that a shop reads: what it sells, how it behaves, and where everybody is. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const share = z.number().min(0).max(1);
const minor = z.int().min(0).max(100_000_000);

const perk = { perkId: z.string(), fundedBy: z.enum(['retailer', 'brand']), tier: z.enum(['silver', 'gold', 'platinum']).optional() };

const retailerSchema = z.object({
  retailerId: z.string().regex(/^rt_[a-z0-9][a-z0-9-]{0,63}$/, 'expected an id such as rt_frischhof'),
  name: z.string().min(1),
  port: z.int().min(1).max(65_535),
  secretToRetailer: z.string().startsWith('whsec_'),
  secretFromRetailer: z.string().startsWith('whsec_'),
  terms: z.object({
    deliveryFeeMinor: minor,
    freeDeliveryFromMinor: minor,
    minimumOrderMinor: minor,
    leadTimeDays: z.number().positive().max(60),
  }),
  catalogue: z
    .array(
      z.object({
        gtin: z.string().regex(/^\d{8,14}$/),
        sku: z.string().min(1),
        title: z.string().min(1),
        pack: z.object({ amount: z.number().positive(), unit: z.enum(['ml', 'l', 'g', 'kg', 'piece']) }),
        priceMinor: minor,
        vatPercent: z.number().min(0).max(100),
        /** Why whoever buys it cannot withdraw; left out, they can. */
        withdrawal: z.enum(['exists', 'perishable', 'sealed-hygiene', 'custom']).optional(),
      }),
    )
    .min(1)
    .max(500),
  /** Cheaper for some time. */
  promotions: z
    .array(z.object({ gtin: z.string(), priceMinor: minor, from: z.iso.datetime(), until: z.iso.datetime() }))
    .max(100)
    .default([]),
  /** Whether it says out of which lots its packs are. */
  namesLots: z.boolean().default(false),
  /** What it publishes with its offers; each stands as long as they do. */
  perks: z
    .array(
      z.discriminatedUnion('kind', [
        z.object({ ...perk, kind: z.literal('voucher'), amountMinor: minor, fromMinor: minor }),
        z.object({ ...perk, kind: z.literal('free-delivery'), fromMinor: minor }),
        z.object({ ...perk, kind: z.literal('buy-one-get-one'), gtins: z.array(z.string()).min(1) }),
      ]),
    )
    .max(20)
    .default([]),
  /** What it keeps for when an article of its catalogue runs short; offered to nobody until then. */
  substitutes: z
    .array(
      z.object({
        insteadOf: z.string(),
        gtin: z.string().regex(/^\d{8,14}$/),
        sku: z.string().min(1),
        title: z.string().min(1),
        pack: z.object({ amount: z.number().positive(), unit: z.enum(['ml', 'l', 'g', 'kg', 'piece']) }),
        priceMinor: minor,
        tags: z.array(z.string()).default([]),
      }),
    )
    .max(100)
    .default([]),
  temper: z
    .object({
      /** Share of the orders that are rejected, and that are changed. */
      reject: share,
      change: share,
      /** Share of the orders in which it asks whether something else may come, of those for which it has something else. */
      substitute: share.default(0),
      /** Of the orders that come in parts; declined payments, packs taken back and answers line by line go with it. */
      irregular: share.max(0.25).default(0),
      leadTimeSdDays: z.number().min(0).max(30),
      /** How readily it commits the faults that are switched on: 1 is ordinary. */
      proneness: z.number().min(0).max(10).optional(),
      answerMinutes: z.tuple([z.number().min(0), z.number().min(0)]).refine(([least, most]) => least <= most, 'expected the shorter time first'),
    })
    .refine(({ reject, change }) => reject + change <= 1, 'expected reject and change to be at most 1 together'),
});
export type RetailerSettings = z.infer<typeof retailerSchema>;

const simulationSchema = z.object({
  seed: z.int(),
  startsAt: z.iso.datetime(),
  conductorPort: z.int().min(1).max(65_535),
  apiUrl: z.url(),
  ledgers: z.string().min(1),
  doorstep: z.string().min(1),
  /** What may go wrong on purpose, by name; a shop knows those that begin with `shop-`. */
  faults: z.array(z.string()).default([]),
  /** Gets a line for each fault that was committed. */
  faultsFile: z.string().min(1).optional(),
  retailers: z.array(z.unknown()),
});
export type Simulation = Omit<z.infer<typeof simulationSchema>, 'retailers'> & { retailer: RetailerSettings };

/** Says in one sentence what is wrong with the file. */
export class BadSimulation extends Error {}

export function readSimulation(path: string | undefined, retailerId: string | undefined): Simulation {
  if (path === undefined || retailerId === undefined) throw new BadSimulation('Usage: retailer-sim/main.ts <simulation.json> <retailerId>.');
  const { retailers, ...simulation } = parsed(simulationSchema, path, readJson(path), '');
  const index = retailers.findIndex((retailer) => z.object({ retailerId: z.literal(retailerId) }).safeParse(retailer).success);
  if (index < 0) throw new BadSimulation(`${path} has no retailer ${retailerId}.`);
  return { ...simulation, retailer: parsed(retailerSchema, path, retailers[index], `retailers.${index}`) };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new BadSimulation(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema, path: string, value: unknown, at: string): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = [at, ...(issue?.path ?? [])].filter((part) => part !== '').join('.');
  throw new BadSimulation(`${path} is not a simulation${place === '' ? '' : `, at ${place}`}: ${issue?.message ?? 'refused'}.`);
}
