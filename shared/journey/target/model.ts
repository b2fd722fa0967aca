/**
 * Target journeys: how a process should go, as data. A flow is a tree of blocks (process trees: Leemans, Fahland & van der Aalst 2013), so that
 * every model can come to its end. Costs are estimates of whoever keeps the model.
 */
import { z } from 'zod';
import type { Trace } from '../fold/trace.ts';
import { channelSchema, initiatorSchema } from '../words.ts';

const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const text = z.strictObject({ de: z.string().min(1).max(80), en: z.string().min(1).max(80) });
const MINUTES_MAX = 5 * 366 * 24 * 60;

export const matchSchema = z.strictObject({ type: z.string().min(1).max(80), initiator: initiatorSchema.optional(), channel: channelSchema.optional() });
export type Match = z.infer<typeof matchSchema>;

export const deviationKindSchema = z.enum(['missing', 'late', 'out-of-order', 'repeated', 'unexpected']);
export type DeviationKind = z.infer<typeof deviationKindSchema>;

/** Of each deviation: minutes of work of somebody of ours or of a shop's, and money beside. */
export const costSchema = z.strictObject({ minutes: z.int().min(0).max(10_000), costMinor: z.int().min(0).max(10_000_000) });
export type Cost = z.infer<typeof costSchema>;
const costsSchema = z.partialRecord(deviationKindSchema, costSchema);

const stepSchema = z.strictObject({
  ...{ step: id, name: text },
  match: z.array(matchSchema).min(1).max(10),
  /** Allowed since the named step, or since the one that came before it. */
  within: z.strictObject({ minutes: z.int().min(1).max(MINUTES_MAX), after: id.optional() }).optional(),
  costs: costsSchema.optional(),
});
export type TargetStep = z.infer<typeof stepSchema>;

/** `anyOrder`: all of them, interleaved as they like; `repeat`: never, once or many times. */
export type Block = { step: string } | { sequence: Block[] } | { anyOrder: Block[] } | { oneOf: Block[] } | { optional: Block } | { repeat: Block };
const blocks = (): z.ZodType<Block[]> => z.array(blockSchema).max(12);
export const blockSchema: z.ZodType<Block> = z.lazy(() =>
  z.union([
    z.strictObject({ step: id }),
    z.strictObject({ sequence: blocks() }),
    // Every subset of these is a state of its own.
    z.strictObject({ anyOrder: z.array(blockSchema).min(1).max(6) }),
    z.strictObject({ oneOf: z.array(blockSchema).min(1).max(8) }),
    z.strictObject({ optional: blockSchema }),
    z.strictObject({ repeat: blockSchema }),
  ]),
);

export const targetModelSchema = z
  .strictObject({
    ...{ model: id, name: text },
    /** One for each order, case … (`process`), or one for the whole life of a household. */
    of: z.enum(['process', 'household']),
    /** What opens an instance of it. */
    begins: z.array(matchSchema).min(1).max(10),
    steps: z.array(stepSchema).min(1).max(20),
    flow: blockSchema,
    /** The step by which the customer has what they wanted. */
    succeeds: id,
    /** After one of these it has come to nothing, unless it succeeds later. */
    fails: z.array(matchSchema).max(10),
    /** After one of these it is open again. */
    reopens: z.array(matchSchema).max(5).optional(),
    failsAfterMinutes: z.int().min(1).max(MINUTES_MAX).optional(),
    /** What should not be in it at all; anything else that is neither here nor a step is no matter of this model. */
    unexpected: z.array(z.strictObject({ ...{ step: id, name: text }, match: z.array(matchSchema).min(1).max(10), cost: costSchema })).max(20),
    costs: costsSchema,
  })
  .superRefine((model, context) => {
    const known = new Set(model.steps.map(({ step }) => step));
    const named = [...stepsIn(model.flow), model.succeeds, ...model.steps.flatMap(({ within }) => within?.after ?? [])];
    for (const step of named) if (!known.has(step)) context.addIssue({ code: 'custom', message: `there is no step ${step}` });
    const unused = [...known].filter((step) => !stepsIn(model.flow).includes(step));
    for (const step of unused) context.addIssue({ code: 'custom', message: `${step} is not in the flow` });
  });
export type TargetModel = z.infer<typeof targetModelSchema>;

export function stepsIn(block: Block): string[] {
  if ('step' in block) return [block.step];
  if ('optional' in block) return stepsIn(block.optional);
  if ('repeat' in block) return stepsIn(block.repeat);
  const parts = 'sequence' in block ? block.sequence : 'anyOrder' in block ? block.anyOrder : block.oneOf;
  return parts.flatMap(stepsIn);
}

/** What a model sees of a touchpoint; of a first moment the channel is not known. */
export type Happened = Pick<Trace, 'at' | 'type' | 'initiator'> & Partial<Pick<Trace, 'channel'>>;

export const matches = (happened: Happened, asked: readonly Match[]): boolean =>
  asked.some(
    ({ type, initiator, channel }) =>
      happened.type === type && (initiator === undefined || happened.initiator === initiator) && (channel === undefined || happened.channel === channel),
  );
