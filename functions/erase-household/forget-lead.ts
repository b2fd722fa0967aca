/** Somebody without a household wants to be forgotten: what they did under any of their names, what was made of it, and that these names belong together. */
import { householdsIn, namesAround } from '../../shared/journey/identity/circle.ts';
import type { Lead } from '../../shared/journey/lead/lead.ts';
import { nodeOfKey } from '../../shared/journey/touchpoint.ts';
import { keys } from '../runtime/aggregates.ts';
import { besides, kindOf } from '../runtime/holdings.ts';
import { readItems, removeItem } from '../runtime/partition.ts';
import { knownAround } from '../runtime/who-is-who.ts';
import { nodesAround } from '../update-journey/journey-of.ts';

const ITEMS_AT_ONCE = 100;

/** False for somebody whom a household's circle names: it is forgotten with that household. A repeat does what is left. */
export async function forgetLead({ leadId, contacts }: Pick<Lead, 'leadId' | 'contacts'>): Promise<boolean> {
  const known = await knownAround(contacts);
  if (known.some(({ records }) => householdsIn(records).length > 0)) return false;
  const own = keys.lead(leadId).pk;
  const others = [...contacts.map(nodeOfKey), ...known.flatMap(({ records }) => nodesAround(records))].filter((pk) => pk !== own);
  for (const pk of new Set(others)) await removePartition(pk);
  for (const { circle, records } of known) {
    for (const name of namesAround(records)) await removeItem('JOURNEYS_TABLE', keys.who(name));
    await removeItem('JOURNEYS_TABLE', keys.circle(circle));
  }
  // Last: it is the way back here after a crash.
  await removePartition(own);
  return true;
}

/** With the claims of its touchpoints, which name them too. */
async function removePartition(pk: string): Promise<void> {
  const partition = { table: 'JOURNEYS_TABLE', pk } as const;
  let after: string | undefined;
  for (let items = await readItems(partition, after, ITEMS_AT_ONCE); items.length > 0; items = await readItems(partition, after, ITEMS_AT_ONCE)) {
    for (const item of items.filter(({ sk }) => sk !== 'LEAD')) {
      for (const { table, key } of besides(kindOf('household', item.sk).kind, item)) await removeItem(table, key);
      await removeItem('JOURNEYS_TABLE', item);
    }
    after = items.at(-1)?.sk;
  }
  await removeItem('JOURNEYS_TABLE', { pk, sk: 'LEAD' });
}
