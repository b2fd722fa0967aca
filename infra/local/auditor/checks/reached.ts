/** Where nothing was done to anybody, every order reaches its shop: a run that delivers nothing must not count as a good one. */
import type { Facts } from '../facts.ts';
import type { Finding } from '../finding.ts';

export function shopsReached({ deliveries, faults }: Facts): Finding[] {
  if (faults.length > 0) return [];
  return deliveries.flatMap(({ state }): Finding[] => {
    // An approval at the last moment may come too late to be sent; one that was sent has an attempt.
    if (state.status !== 'abandoned' || !state.attempts.some(({ outcome }) => outcome === 'failed')) return [];
    const last = state.attempts.findLast(({ outcome }) => outcome === 'failed')?.detail ?? '';
    return [
      {
        ...{ rule: 'shop-not-reached', subject: `${state.orderId} ${state.retailerId}`, at: state.abandonedAt },
        ...{
          expected: 'taken by the shop, which was there all the time',
          actual: `given up after ${state.attempts.length} attempts (${state.reason}): ${last}`,
        },
      },
    ];
  });
}
