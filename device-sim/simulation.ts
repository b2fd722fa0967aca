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

const heatingSpecSchema = z.looseObject({
  fuel: z.enum(['oil', 'pellets']),
  /** In the unit of the tank, as everything here. */
  unitsPerDegreeDay: z.number().min(0).max(1_000),
  /** Mean outdoor temperature from which nobody heats. */
  baseCelsius: z.number().min(-20).max(40).default(15),
  hotWaterPerDay: z.number().min(0).max(1_000),
});
export type HeatingSpec = z.infer<typeof heatingSpecSchema>;

const thingSpecSchema = z
  .looseObject({
    thing: thingNameSchema,
    type: z.enum(['fridge', 'heating', 'tv']),
    /** Directory of certificate.pem and key.pem. */
    certificates: z.string(),
    slots: z.array(slotSpecSchema).max(50),
    heating: heatingSpecSchema.optional(),
    /** Whose account a person uses who answers with the remote control. */
    tv: z.looseObject({ signedInMemberId: memberIdSchema, tokenFile: z.string() }).optional(),
  })
  .refine(({ type, heating }) => type !== 'heating' || heating !== undefined, 'a heating says what it burns');
export type ThingSpec = z.infer<typeof thingSpecSchema>;

const answersSchema = z
  .looseObject({ approve: shareSchema, decline: shareSchema, delayMinutes: z.tuple([z.number().min(0), z.number().min(0)]) })
  .refine(({ approve, decline }) => approve + decline <= 1.000_001, 'approve and decline together are more than 1')
  .refine(({ delayMinutes: [least, most] }) => least <= most, 'delayMinutes ends before it begins');
export type Answers = z.infer<typeof answersSchema>;

const memberSpecSchema = z.looseObject({
  memberId: memberIdSchema,
  name: z.string().optional(),
  email: z.string().optional(),
  tokenFile: z.string(),
  /** Absent: this member never answers. */
  answers: answersSchema.optional(),
  /** A person at the screen answers in this member's place. */
  handsOff: z.boolean().default(false),
});
export type MemberSpec = z.infer<typeof memberSpecSchema>;

const householdSpecSchema = z.looseObject({
  householdId: householdIdSchema,
  account: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/),
  timeZone: timeZoneSchema.default('Europe/Berlin'),
  language: z.enum(['de', 'en']).default('en'),
  members: z.array(memberSpecSchema).max(50),
  things: z.array(thingSpecSchema).max(50),
  /** From this day of the run on it buys elsewhere. */
  leavesOnDay: z.number().min(0).optional(),
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
  /** A folder with a file for each member who uses the app themselves; nobody answers in the place of their household. */
  byHand: z.string().optional(),
  households: z.array(householdSpecSchema).max(100_000),
  /** Where browsers send what is looked at; without it nobody looks at pages. */
  collect: z.looseObject({ writeKey: z.string() }).optional(),
  /** What the company works with: its shops' tills, the tools that sign what they send, and whose desk cases come to. Without it nobody works there. */
  company: z
    .looseObject({
      tillWriteKey: z.string(),
      secrets: z.object({ src_survey: z.string(), src_calls: z.string(), src_crm: z.string() }),
      ...{ deskTokenFile: z.string(), operatorTokenFile: z.string() },
    })
    .optional(),
  /** Kinds of faults that are switched on; devices know some of them and leave the others to others. */
  faults: z.array(z.string()).default([]),
  faultsFile: z.string().optional(),
  replay: z.array(z.looseObject({ file: z.string(), thing: thingNameSchema.optional(), slot: slotSchema.optional() })).default([]),
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
