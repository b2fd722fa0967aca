/** The file that describes the simulated world, as far as devices and members need it; other members are others' business. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import {
  gtinSchema,
  householdIdSchema,
  instantSchema,
  memberIdSchema,
  quantitySchema,
  slotSchema,
  thingNameSchema,
  timeZoneSchema,
  toBase,
  unitSchema,
} from '../shared/values.ts';

const portSchema = z.int().min(1).max(65_535);
const amountSchema = z.number().positive().max(1_000_000);
const shareSchema = z.number().min(0).max(1);

const slotSpecSchema = z
  .looseObject({
    slot: slotSchema,
    unit: unitSchema,
    capacity: amountSchema,
    initial: z.number().min(0).max(1_000_000),
    /** Standard deviation of one sample, in `unit`. */
    noise: z.number().min(0).max(1_000_000),
    /** The sensor's smallest step, in `unit`. */
    resolution: amountSchema,
    usePerDay: z.number().min(0).max(1_000_000),
    /** What is taken out at once, in `unit`. */
    portion: amountSchema,
    products: z.array(z.looseObject({ gtin: gtinSchema, pack: quantitySchema })).max(50),
  })
  .refine(({ initial, capacity }) => initial <= capacity, 'a slot cannot begin with more than its capacity')
  .refine(
    ({ unit, products }) => products.every(({ pack }) => toBase(pack).unit === toBase({ amount: 1, unit }).unit),
    'a product is measured in another kind of unit than its slot',
  );
export type SlotSpec = z.infer<typeof slotSpecSchema>;

const thingSpecSchema = z.looseObject({
  thing: thingNameSchema,
  type: z.string(),
  /** Directory of certificate.pem and key.pem. */
  certificates: z.string(),
  slots: z.array(slotSpecSchema).max(50),
});
export type ThingSpec = z.infer<typeof thingSpecSchema>;

const answersSchema = z
  .looseObject({ approve: shareSchema, decline: shareSchema, delayMinutes: z.tuple([z.number().min(0), z.number().min(0)]) })
  .refine(({ approve, decline }) => approve + decline <= 1.000_001, 'approve and decline together are more than 1')
  .refine(({ delayMinutes: [least, most] }) => least <= most, 'delayMinutes ends before it begins');
export type Answers = z.infer<typeof answersSchema>;

const memberSpecSchema = z.looseObject({
  memberId: memberIdSchema,
  tokenFile: z.string(),
  /** Absent: this member never answers. */
  answers: answersSchema.optional(),
});
export type MemberSpec = z.infer<typeof memberSpecSchema>;

const householdSpecSchema = z.looseObject({
  householdId: householdIdSchema,
  account: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/),
  timeZone: timeZoneSchema.default('Europe/Berlin'),
  members: z.array(memberSpecSchema).max(50),
  things: z.array(thingSpecSchema).max(50),
});
export type HouseholdSpec = z.infer<typeof householdSpecSchema>;

const simulationSchema = z.looseObject({
  seed: z.int(),
  startsAt: instantSchema,
  conductorPort: portSchema,
  brokerPort: portSchema,
  brokerCa: z.string(),
  apiUrl: z.url(),
  ledgers: z.string(),
  doorstep: z.string(),
  households: z.array(householdSpecSchema).max(100_000),
});
export type Simulation = z.infer<typeof simulationSchema>;

/** The description is wrong: a person has to mend it, so it says where in one sentence. */
export class WrongSimulation extends Error {}

export async function readSimulation(path: string | undefined): Promise<Simulation> {
  if (path === undefined) throw new WrongSimulation('Say which simulation to run: the path of simulation.json is missing.');
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new WrongSimulation(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  });
  const parsed = simulationSchema.safeParse(jsonOf(text, path));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new WrongSimulation(`${path} is wrong at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'unknown'}.`);
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WrongSimulation(`${path} is not JSON.`);
  }
}
