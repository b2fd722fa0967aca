/** What a record says of a sensor, of our score and of regret, in English sentences. */
import type { SupplyId } from '../values.ts';
import type { SupplySnapshot } from './snapshot.ts';

/** Nothing where all is as it should be. */
export function judgedInWords(supplyId: SupplyId, { trust, shadow, regret, unit }: SupplySnapshot): string[] {
  return [
    ...(trust?.reason === undefined
      ? []
      : [
          `  Its sensor was doubted (${trust.reason} since ${trust.since ?? 'some time'}, trust ${trust.value}): expected ${trust.expected ?? '?'} ${unit}, found ${trust.found ?? '?'}${trust.countedAt === undefined ? '' : `; a person counted on ${trust.countedAt}`}.`,
        ]),
    ...(shadow === undefined || shadow.of === 0
      ? []
      : [`  Of the last ${shadow.of} cycles ${shadow.right} were right; buying ${supplyId} alone is ${STANDING[shadow.standing]}.`]),
    ...(regret === undefined
      ? []
      : [
          `  ${Math.round(100 * regret.share)} % was regretted: filled for ${Math.round(100 * regret.coverFactor)} % of the days, at a service level of ${regret.serviceLevel}.`,
        ]),
  ];
}

const STANDING = { learning: 'not yet earned', earned: 'earned', withdrawn: 'withdrawn' } as const;
