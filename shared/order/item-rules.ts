/**
 * Two rules about the items of an order beside those of a mandate: the sensor's word is believed, and buying by itself has been earned or
 * allowed. They are judged from the snapshots in the decision record, so that the record gives the same answer again; a record from before
 * they were kept has neither, and neither rule.
 */
import type { LineItem, RuleResult } from '../event-parts.ts';
import { mayBuyAlone } from '../supply/automation/may-buy-alone.ts';
import type { ShadowScore } from '../supply/automation/shadow.ts';
import { TRUSTED_FROM, type SensorTrust } from '../supply/trust/trust.ts';
import type { Instant, SupplyId } from '../values.ts';

/** What the record keeps of an item, as far as these rules ask. */
export interface ItemJudged {
  readonly supplyId: SupplyId;
  readonly snapshot: { readonly trust?: SensorTrust | undefined; readonly shadow?: ShadowScore | undefined };
}

interface Permission {
  readonly gtins: readonly string[];
  readonly categories?: readonly string[] | undefined;
  readonly evidence: { readonly grantedAt: Instant };
}

/** @param items of the whole proposal; those that are no longer in the quote are left out */
export function itemRules(mandate: Permission, lineItems: readonly LineItem[], items: readonly ItemJudged[]): RuleResult[] {
  const concerned = items.filter(({ supplyId }) => lineItems.some((line) => line.supplyId === supplyId));
  // What the mandate does not name at all is told by a rule of its own.
  const covered = lineItems.filter(({ gtin, category }) => mandate.gtins.includes(gtin) || (category !== undefined && mandate.categories?.includes(category)));
  const asked = concerned.filter(({ supplyId }) => covered.some((line) => line.supplyId === supplyId));
  return [...sensorTrusted(concerned), ...automationEarned(mandate, covered, asked)];
}

function sensorTrusted(items: readonly ItemJudged[]): RuleResult[] {
  const sensed = items.flatMap(({ supplyId, snapshot: { trust } }) => (trust === undefined ? [] : [{ supplyId, trust }]));
  if (sensed.length === 0) return [];
  const doubted = sensed.filter(({ trust }) => trust.value < TRUSTED_FROM);
  const actual = doubted.length === 0 ? 'all are believed' : doubted.map(doubtInWords).join('; ');
  return [
    { rule: 'sensor-trusted', passed: doubted.length === 0, expected: `every sensor is believed (${TRUSTED_FROM} or more)`, actual: actual.slice(0, 200) },
  ];
}

const doubtInWords = ({ supplyId, trust }: { supplyId: SupplyId; trust: SensorTrust }): string =>
  `${supplyId}: ${trust.reason ?? 'doubted'} since ${trust.since ?? 'some time'} (${trust.value}), expected ${trust.expected ?? '?'}, found ${trust.found ?? '?'}`;

function automationEarned({ gtins, evidence: { grantedAt } }: Permission, lineItems: readonly LineItem[], items: readonly ItemJudged[]): RuleResult[] {
  const scored = items.flatMap(({ supplyId, snapshot: { shadow } }) => (shadow === undefined ? [] : [{ supplyId, shadow }]));
  if (scored.length === 0) return [];
  const asking = scored.filter(({ supplyId, shadow }) => {
    const namesProduct = lineItems.some((line) => line.supplyId === supplyId && gtins.includes(line.gtin));
    return !mayBuyAlone(shadow, { grantedAt, namesProduct });
  });
  const told = asking.map(({ supplyId, shadow: { standing, right, of } }) => `${supplyId}: ${standing}, ${right} of ${of} cycles right`);
  const actual = asking.length === 0 ? 'all have, or are named' : told.join('; ').slice(0, 200);
  return [{ rule: 'automation-earned', passed: asking.length === 0, expected: 'every item has earned it, or a person has allowed it', actual }];
}
