/** Once a week the purchase model is fitted again, to what all households together have been counted for. */
import { binsIn } from '../../shared/journey/churn/bins.ts';
import { fitModel, modelToBeginWith } from '../../shared/journey/churn/fitted-model.ts';
import { addDuration, duration, ignored, isBefore, type Instant } from '../../shared/values.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { change, createOnce, load } from '../runtime/store.ts';
import { readCounters } from '../runtime/tally.ts';

const nextFit = (now: Instant): Instant => addDuration(now, duration(7, 'days'));

/** There is one from the first household that is looked at. */
export async function beginFitting(): Promise<void> {
  if ((await load(kinds.purchaseModel, keys.purchaseModel())) !== undefined) return;
  const model = { ...modelToBeginWith, fitAgainAt: addDuration(productNow(), duration(1, 'days')) };
  await createOnce(kinds.purchaseModel, keys.purchaseModel(), model);
}

/** Where too little is known, the one before stays. */
export async function fitAgain(): Promise<void> {
  const now = productNow();
  const { now: counters = {} } = await readCounters(['now']);
  await change(kinds.purchaseModel, keys.purchaseModel(), (stored) => {
    if (stored?.fitAgainAt !== undefined && isBefore(now, stored.fitAgainAt)) return ignored('not-due');
    const before = stored ?? modelToBeginWith;
    return { kind: 'changed', state: { ...(fitModel(binsIn(counters), before, now) ?? before), fitAgainAt: nextFit(now) }, events: [] };
  });
}
