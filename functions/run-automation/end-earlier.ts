/** A reminder of before conversion paths became data: it goes out once, through the gate, if its order still waits. */
import { endEarlier } from '../../shared/journey/conversion-path/earlier-reminder.ts';
import { fillWords } from '../../shared/journey/conversion-path/fill-words.ts';
import { shippedPaths } from '../../shared/journey/conversion-path/shipped-paths.ts';
import { wordFactsOf } from '../../shared/journey/conversion-path/word-facts.ts';
import { findRetailerName } from '../notify-household/retailer-name.ts';
import { keys, kinds, type Key } from '../runtime/aggregates.ts';
import { productNow } from '../runtime/clock.ts';
import { reachHousehold } from '../runtime/outreach.ts';
import { change, load } from '../runtime/store.ts';

export async function endEarlierReminder(key: Key): Promise<void> {
  const automation = (await load(kinds.automation, key))?.state;
  if (automation?.status !== 'waiting') return;
  const now = productNow();
  const { householdId, orderId } = automation;
  const order = (await load(kinds.order, keys.order(householdId, orderId)))?.state.order;
  const waits = order?.status === 'awaiting-approval';
  const content = shippedPaths.find(({ path }) => path === automation.path)?.contents['reminder'];
  if (waits && content !== undefined && automation.dueAt <= now) {
    const words = fillWords(content, wordFactsOf({ household: '', item: undefined, order, shop: await findRetailerName(order.retailerId) }));
    const about = { wishId: `${automation.path}/${orderId}`, householdId, kind: automation.path, purpose: 'order', phase: 'conviction', orderId } as const;
    await reachHousehold({ ...about, ...words, channels: ['app'], urgent: true, wishedAt: automation.dueAt, until: order.expiresAt }, { keep: true });
  }
  await change(kinds.automation, key, (stored) => endEarlier(stored, waits, now));
}
