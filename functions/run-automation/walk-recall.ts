/** A recall is told to everybody who had the goods: some pages a run, and the place with the figures written down after each. */
import { hitBy, recallWish, type HitByRecall, type Recall } from '../../shared/journey/signal/recall.ts';
import { GOODS_PARTS, stopWalk, withPage, type RecallFigures, type RecallWalk } from '../../shared/journey/signal/recall-walk.ts';
import { endOfSignal } from '../../shared/journey/signal/concern.ts';
import { withTold, type GoodsHad } from '../../shared/journey/signal/goods-had.ts';
import { ignored, type Instant } from '../../shared/values.ts';
import { keys, kinds, type Key } from '../runtime/aggregates.ts';
import { GOODS, goodsPk } from '../runtime/company-partitions.ts';
import { productNow } from '../runtime/clock.ts';
import { reachHousehold } from '../runtime/outreach.ts';
import { change, listNewest, load } from '../runtime/store.ts';

const PAGE = 50;
/** All parts of a product that few have had; of one that many have had, some seconds of one run: what is left is due at once. */
const PAGES_AT_ONCE = GOODS_PARTS + 4;
const HOUSEHOLDS_AT_ONCE = 100;

export async function walkRecall(key: Key): Promise<void> {
  for (let pages = 0, looked = 0; pages < PAGES_AT_ONCE && looked < HOUSEHOLDS_AT_ONCE; pages += 1) {
    const now = productNow();
    const walk = (await load(kinds.recallWalk, key))?.state;
    if (walk?.lookAgainAt === undefined || walk.lookAgainAt > now) return;
    const recall = (await load(kinds.signal, keys.signal(walk.signalId)))?.state;
    const isOver = recall?.kind !== 'recall' || endOfSignal(recall) <= now;
    const page = isOver ? undefined : await tellPage(recall, walk, now);
    looked += page?.figures.looked ?? 0;
    await change(kinds.recallWalk, key, (stored) => {
      // Somebody else has walked this page, or it begins anew.
      if (stored === undefined || stored.part !== walk.part || stored.after !== walk.after || stored.begunAt !== walk.begunAt) return ignored('walked-already');
      return { kind: 'changed', state: page === undefined ? stopWalk(stored) : withPage(stored, page, now), events: [] };
    });
  }
}

async function tellPage(recall: Recall, { part, after }: RecallWalk, now: Instant) {
  const to = after === undefined ? `${GOODS}~` : `${GOODS}${after}`;
  const found = (await listNewest(kinds.goodsHad, goodsPk(recall.gtin, part), { from: GOODS, to, limit: PAGE + 1 })).map(({ state }) => state);
  const here = found.filter(({ householdId }) => householdId !== after);
  const figures = { looked: here.length, certain: 0, maybe: 0, told: 0 };
  for (const had of here) {
    const hit = hitBy(recall, had);
    if (hit === undefined) continue;
    figures[hit.isCertain ? 'certain' : 'maybe'] += 1;
    if (await tell(recall, had, { hit, now })) figures.told += 1;
  }
  const next = found.length > PAGE ? here.at(-1)?.householdId : undefined;
  return { after: next, figures: figures satisfies RecallFigures };
}

/** @returns whether it has been told, now or before */
async function tell(recall: Recall, had: GoodsHad, { hit, now }: { hit: HitByRecall; now: Instant }): Promise<boolean> {
  const { householdId, gtin, told = [] } = had;
  if (told.includes(recall.signalId)) return true;
  const household = (await load(kinds.household, keys.household(householdId)))?.state;
  if (household === undefined) return false;
  const verdict = await reachHousehold(recallWish(recall, had, hit, { householdId, timeZone: household.timeZone, now }), { keep: true });
  if (!('send' in verdict)) return false;
  // What has reached it is forgotten after forty messages; that it was told of this recall is not.
  await change(kinds.goodsHad, keys.goodsHad(householdId, gtin), (stored) =>
    stored === undefined || stored.told?.includes(recall.signalId)
      ? ignored('noted')
      : { kind: 'changed', state: withTold(stored, recall.signalId), events: [] },
  );
  return true;
}
