/** Everything that touchpoints say of a mood: what each says itself, and what was promised against what came. */
import { groupBy } from '../../group.ts';
import type { Touchpoint } from '../touchpoint.ts';
import { deliveryOf, pointOfDelivery } from './delivery.ts';
import type { EmotionPoint } from './points.ts';

export type Said = Pick<Touchpoint, 'at' | 'phase' | 'type' | 'promisedAt' | 'sentiment'> & { readonly orderId?: string | undefined };

/** @param timeZone of the household: a day that was promised ends where it lives */
export function feltIn(touchpoints: readonly Said[], timeZone: string): EmotionPoint[] {
  const said = touchpoints.flatMap(({ at, phase, sentiment }) => (sentiment === undefined ? [] : [{ at, phase, ...sentiment }]));
  const orders = groupBy(
    touchpoints.filter(({ orderId }) => orderId !== undefined),
    ({ orderId }) => orderId,
  );
  return [...said, ...[...orders.values()].flatMap((steps) => deliveredIn(steps, timeZone) ?? [])];
}

function deliveredIn(steps: readonly Said[], timeZone: string): EmotionPoint | undefined {
  // What was left out of a delivery says so itself (own-sentiment.ts).
  const isSaid = steps.some(({ type, sentiment }) => type === 'order.delivered' && sentiment !== undefined);
  const delivery = isSaid ? undefined : deliveryOf(steps, timeZone);
  return delivery && pointOfDelivery(delivery);
}
