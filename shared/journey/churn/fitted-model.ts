/** The purchase model that is in force: fitted to all households together, or, before enough of them have bought, what we take for likely. */
import { z } from 'zod';
import { instantSchema, type Instant } from '../../values.ts';
import { expectedOfNew } from './expected.ts';
import { fitAll } from './fit-purchases.ts';
import { kindOf, modelNames, type Kind } from './purchase-model.ts';
import { likelihoodOfShares } from './regularity.ts';
import { fitSpend } from './spend.ts';
import type { Bins } from './bins.ts';

const positive = z.number().positive();
export const fittedModelSchema = z.strictObject({
  /** Counts up with every fit; 0 is what comes with the product. */
  version: z.int().min(0),
  fittedAt: instantSchema.optional(),
  /** That it rests on. */
  households: z.int().min(0),
  model: z.enum(modelNames),
  k: z.int().min(1).max(20),
  /** Times in weeks. */
  parameters: z.strictObject({ r: positive, alpha: positive, a: positive, b: positive }),
  /** In minor units. */
  spend: z.strictObject({ p: positive, q: positive, gamma: positive }),
  /** Of each model that was tried, where it was fitted. */
  compared: z.array(z.strictObject({ model: z.enum(modelNames), k: z.int().min(1), bic: z.number() })).max(3),
  /** When it is fitted again. */
  fitAgainAt: instantSchema.optional(),
});
export type FittedModel = z.infer<typeof fittedModelSchema>;

/**
 * A household buys about every ten days, half as unevenly as chance (k = 2), and leaves after one purchase in thirty; an order is worth about 35 €, more alike
 * within a household than between households. Judged by us: the grocery households in BTYDplus buy every nine weeks online, device-made orders come oftener.
 */
export const modelToBeginWith: FittedModel = {
  ...{ version: 0, households: 0, model: 'cnbdk', k: 2, compared: [] },
  parameters: { r: 2, alpha: 1.45, a: 0.6, b: 18 },
  spend: { p: 4, q: 4, gamma: 2_600 },
};
export const kindOfModel = ({ model, k }: Pick<FittedModel, 'model' | 'k'>): Kind => kindOf(model, k);

/** Fewer than this many households that came back say too little of how households differ. */
const CAME_BACK_MIN = 100;
const WEEKS_A_YEAR = 52;

/** @returns undefined while there is too little to rest on; then the one before stays */
export function fitModel(bins: Bins, before: FittedModel, now: Instant): FittedModel | undefined {
  const { histories, spent, even } = bins;
  const households = histories.reduce((sum, { customers }) => sum + customers, 0);
  const cameBack = histories.reduce((sum, { x, customers }) => sum + (x > 0 ? customers : 0), 0);
  if (cameBack < CAME_BACK_MIN) return undefined;
  const fits = fitAll(histories, (k) => likelihoodOfShares(even, k));
  const [best] = fits;
  if (best === undefined) return undefined;
  // A fit that promises the impossible is none: a household that buys more than twice a day.
  const yearly = expectedOfNew(best.parameters, kindOfModel(best), WEEKS_A_YEAR);
  if (!(yearly < 2 * 365)) return undefined;
  const spend = fitSpend(spent);
  return {
    ...{ version: before.version + 1, fittedAt: now, households, model: best.model, k: best.k, parameters: best.parameters },
    spend: spend?.isFound === true ? spend.parameters : before.spend,
    compared: fits.map(({ model, k, bic }) => ({ model, k, bic })),
  };
}
