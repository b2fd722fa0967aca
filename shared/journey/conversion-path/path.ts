/**
 * A conversion path as data: what begins it, what it waits for, what it does meanwhile, and what ends it. Nothing here acts; the interpreter beside
 * (`run.ts`) says where a run stands, and every message goes through the one gate (`outreach/`).
 */
import { z } from 'zod';
import { purposeNames } from '../../household/purposes.ts';
import { quietHoursSchema, reachChannelSchema, reachPurposeSchema, wishKindSchema } from '../outreach/wish.ts';
import { isPromotional } from '../outreach/words.ts';
import { conditionSchema } from '../standing/condition.ts';
import { phaseSchema } from '../words.ts';
import { pathKeys } from './moment.ts';

const both = (max: number) => z.strictObject({ de: z.string().trim().min(1).max(max), en: z.string().trim().min(1).max(max) });
const fact = z.union([z.string().max(80), z.number(), z.boolean()]);

/** Which moments: by `type` or `type@initiator`, without case, and what they say beside. */
const listenSchema = z.strictObject({
  on: z.array(z.string().min(1).max(80)).min(1).max(12),
  /** Every one of these has to be so. */
  where: z.record(z.string().max(60), fact).optional(),
});
export type Listen = z.infer<typeof listenSchema>;
/** `anywhere`: of the household, whatever key the moment names. */
const endSchema = listenSchema.extend({ anywhere: z.literal(true).optional() });

/** What is known of the household when the time has come; what is unknown does not hold. */
export const askedSchema = z.union([
  z.strictObject({ segments: z.array(z.string().min(1).max(40)).min(1).max(10) }),
  z.strictObject({ phases: z.array(phaseSchema).min(1).max(11) }),
  z.strictObject({
    tiers: z
      .array(z.enum(['none', 'silver', 'gold', 'platinum']))
      .min(1)
      .max(4),
  }),
  /** 0–1. */
  z.strictObject({ health: z.strictObject({ atLeast: z.number().min(0).max(1).optional(), atMost: z.number().min(0).max(1).optional() }) }),
  z.strictObject({ consent: z.enum(purposeNames) }),
  z.strictObject({ where: conditionSchema }),
]);
export type AskedOfHousehold = z.infer<typeof askedSchema>;

/** Two months; nobody remembers what was before. */
const MINUTES_MAX = 60 * 24 * 62;
const minutes = z.int().min(0).max(MINUTES_MAX);
/** Of the moment that began it: the earliest of those that it names. `expiresAt`: when an answer is too late; `runsOutAt`: when the stock is expected to end. */
const deadline = z
  .array(z.enum(['expiresAt', 'runsOutAt', 'promisedAt']))
  .min(1)
  .max(3);
const waitSchema = z.discriminatedUnion('until', [
  z.strictObject({ step: z.literal('wait'), until: z.literal('passed'), minutes }),
  /** So long before the deadline; without one, so long after the step before. */
  z.strictObject({ step: z.literal('wait'), until: z.literal('before-deadline'), deadline, minutes, otherwiseMinutes: minutes }),
  /** When this share of the time from the beginning to the deadline has passed. */
  z.strictObject({ step: z.literal('wait'), until: z.literal('share-of-time'), deadline, share: z.number().min(0).max(1), otherwiseMinutes: minutes }),
]);
const messageSchema = z.strictObject({
  step: z.literal('message'),
  content: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  channels: z.array(reachChannelSchema).min(1).max(5),
  urgent: z.literal(true).optional(),
});
/** Somebody of the company is asked to do something, in its CRM. */
const taskSchema = z.strictObject({ step: z.literal('task'), task: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), because: z.string().min(1).max(160) });
const recommendSchema = z.strictObject({
  step: z.literal('recommend'),
  action: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  because: z.string().min(1).max(160),
});
export type LeafStep = z.infer<typeof waitSchema> | z.infer<typeof messageSchema> | z.infer<typeof taskSchema> | z.infer<typeof recommendSchema>;
export type Wait = z.infer<typeof waitSchema>;
export type MessageStep = z.infer<typeof messageSchema>;
export type Step = LeafStep | { readonly step: 'branch'; readonly if: AskedOfHousehold; readonly then: Step[]; readonly otherwise: Step[] };

export const DEPTH_MAX = 4;
export const STEPS_MAX = 24;
const anyStep: z.ZodType<Step> = z.lazy(() =>
  z.discriminatedUnion('step', [
    waitSchema,
    messageSchema,
    taskSchema,
    recommendSchema,
    z.strictObject({ step: z.literal('branch'), if: askedSchema, then: z.array(anyStep).max(12), otherwise: z.array(anyStep).max(12) }),
  ]),
);
const depthOf = (steps: readonly Step[]): number =>
  Math.max(0, ...steps.map((step) => (step.step === 'branch' ? 1 + Math.max(depthOf(step.then), depthOf(step.otherwise)) : 0)));
export const leavesOfSteps = (steps: readonly Step[]): LeafStep[] =>
  steps.flatMap((step) => (step.step === 'branch' ? [...leavesOfSteps(step.then), ...leavesOfSteps(step.otherwise)] : [step]));

const said = z.strictObject({ title: z.string().trim().min(1).max(120), text: z.string().trim().min(1).max(300) });
export const contentSchema = z.strictObject({
  de: said,
  en: said,
  /** Why the household gets it: “because …”. */
  reason: both(200),
  link: z.string().startsWith('/app/').max(200).optional(),
});
export type Content = z.infer<typeof contentSchema>;

export const pathIdSchema = wishKindSchema;
export const pathSchema = z
  .strictObject({
    path: pathIdSchema,
    name: both(60),
    /** What it is for, in a sentence. */
    goal: both(200),
    /** What a household reads that its messages are about; the name and what it is for are the company's own words. */
    told: both(80).optional(),
    key: z.enum(pathKeys),
    trigger: listenSchema.extend({
      /** Only the so-and-so-many-th such moment of a key begins it. */
      times: z.strictObject({ count: z.int().min(2).max(20), withinDays: z.int().min(1).max(365) }).optional(),
      /** Waits are reckoned from the last such moment of a run, not from the first: somebody who is still choosing is left alone. */
      restarts: z.literal(true).optional(),
      /** Asked when the run begins; where it does not hold, the run is over before it has done anything. */
      given: askedSchema.optional(),
    }),
    success: z.array(endSchema).min(1).max(6),
    exits: z.array(endSchema).max(6),
    steps: z.array(anyStep).min(1).max(12),
    /** After a run is over: no other of this key, or one that begins at least so many days after the one before began. */
    reentry: z.union([z.literal('never'), z.strictObject({ afterDays: z.int().min(0).max(365) })]),
    /** A success within so many days after the beginning is the path's. */
    lapsesAfterDays: z.int().min(1).max(90),
    purpose: reachPurposeSchema,
    phase: phaseSchema,
    contents: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), contentSchema),
    /** Beside the household's own. */
    quiet: quietHoursSchema.optional(),
    /** Whole percent of the households that are followed but not addressed, so that what the path brings can be measured. */
    controlShare: z.int().min(0).max(50),
  })
  .superRefine((path, context) => {
    const issue = (at: (string | number)[], message: string) => context.addIssue({ code: 'custom', path: at, message });
    const leaves = leavesOfSteps(path.steps);
    if (depthOf(path.steps) > DEPTH_MAX) issue(['steps'], `expected at most ${DEPTH_MAX} branches within each other`);
    if (leaves.length > STEPS_MAX) issue(['steps'], `expected at most ${STEPS_MAX} steps`);
    if (leaves.every(({ step }) => step === 'wait')) issue(['steps'], 'expected at least one message, task or recommendation');
    for (const step of leaves) {
      if (step.step !== 'message') continue;
      if (!Object.hasOwn(path.contents, step.content)) issue(['contents', step.content], 'there are no words for this message');
      if (step.urgent && isPromotional(path.purpose)) issue(['purpose'], 'what is promotional is never urgent');
    }
  });
export type Path = z.infer<typeof pathSchema>;

/** As it stands in the store: runs that have begun finish on the version that they began with. */
const VERSIONS_KEPT = 12;
export const storedPathSchema = z.strictObject({
  path: pathIdSchema,
  on: z.boolean(),
  version: z.int().min(1),
  versions: z
    .array(z.strictObject({ version: z.int().min(1), savedAt: z.string().max(40), definition: pathSchema }))
    .min(1)
    .max(VERSIONS_KEPT),
});
export type StoredPath = z.infer<typeof storedPathSchema>;

export const definitionOf = ({ versions, version: current }: StoredPath, version = current): Path | undefined =>
  (versions.find((one) => one.version === version) ?? versions.at(-1))?.definition;

/** The same once more changes nothing; undefined then. */
export function withVersion(stored: StoredPath, definition: Path, savedAt: string): StoredPath {
  const version = stored.version + 1;
  return { ...stored, version, versions: [...stored.versions, { version, savedAt, definition }].slice(-VERSIONS_KEPT) };
}
