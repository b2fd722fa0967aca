/** The readings and what was reckoned from them: stock, use, the run-out with its interval, and the point at which to reorder. */
import { aimedAtIn, forecastOfSnapshot } from '../../shared/supply/snapshot.ts';
import { euros } from '../../shared/values.ts';
import { Card } from '../design/card.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { useHousehold } from '../household.tsx';
import { useFormats, type Formats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import type { OrderView } from './figures.ts';
import { words } from './words.ts';

/** An hour or two is no wait for a delivery day. */
const SLOT_SHOWN_DAYS = 0.1;

export function Needs({ view }: { readonly view: OrderView }) {
  const t = useWords(words);
  const f = useFormats();
  const nameOf = useSupplyName(view);
  const quote = view.record.changes?.[0]?.before ?? view.order.quote;
  const { decision } = view.record;
  return (
    <>
      {view.record.proposal.needs.map(({ needId, supplyId, snapshot }) => {
        const { unit, onHand, pantry, onOrder, leadTime, projectedStockout, reorderPoint, orderUpTo, startedFrom, aim } = snapshot;
        const amount = (value: number) => f.quantity(value, unit);
        // A fraction of a cent is told as one.
        const euro = (minor: number) => f.money(euros(Math.max(1, Math.round(minor))));
        const tenths = (share: number) => `${f.number(Math.round(share * 1_000) / 10)} %`;
        const isLeftOut = decision?.without?.includes(needId) === true;
        const { joined, stockedUp } = quote.lineItems.find((line) => line.needId === needId) ?? {};
        return (
          <Card key={needId} title={`${joined === undefined && !isLeftOut ? t.needs : t.cameAlong}: ${nameOf(supplyId)}`}>
            {isLeftOut && <p>{t.leftOut}</p>}
            {joined !== undefined && <p>{alongText(joined, t, f)}</p>}
            {stockedUp !== undefined && <p>{t.stockedUpText(f.money(stockedUp.usualPrice), stockedUp.extraPacks)}</p>}
            <Rows>
              <Row label={t.onHand} aside={amount(onHand + pantry)}>
                {pantry > 0 && `${amount(pantry)} ${t.pantry}`}
              </Row>
              <Row label={t.onOrder} aside={amount(onOrder)} />
              <Row label={t.perDay} aside={amount(forecastOfSnapshot(snapshot).meanPerDay)}>
                {startedFrom !== undefined && t.startedFrom(f.percent(startedFrom.share))}
              </Row>
              <Row label={t.runsOut}>{t.runsOutText(f.day(projectedStockout.median), f.day(projectedStockout.p10), f.day(projectedStockout.p90))}</Row>
              <Row label={t.leadTime}>
                {t.leadTimeText(f.number(leadTime.meanDays), f.number(leadTime.sdDays), leadTime.deliveries)}
                {leadTime.slot !== undefined && leadTime.slot.meanDays >= SLOT_SHOWN_DAYS && ` ${t.slotText(f.number(leadTime.slot.meanDays))}`}
                {leadTime.approval !== undefined &&
                  ` ${leadTime.approval.asked > 0 ? t.approvalText(f.number(Math.max(1, Math.round(leadTime.approval.meanDays * 24)))) : t.approvalNone}`}
              </Row>
              <Row label={t.reorderPoint}>{t.reorderPointText(amount(reorderPoint), f.percent(aimedAtIn(snapshot)))}</Row>
              {aim !== undefined && <Row label={t.aim}>{t.aimText(euro(aim.withoutMinor), euro(aim.tooManyMinor), tenths(aimedAtIn(snapshot)))}</Row>}
              <Row label={t.orderUpTo} aside={amount(orderUpTo)} />
            </Rows>
          </Card>
        );
      })}
    </>
  );
}

type Joined = NonNullable<OrderView['order']['quote']['lineItems'][number]['joined']>;
type Words = (typeof words)['en'] | (typeof words)['de'];

function alongText({ lifts, saves, ownOrderAt }: Joined, t: Words, f: Formats): string {
  if (lifts === 'minimum-order') return t.joinedMinimum;
  if (lifts === 'free-delivery') return t.joinedFree;
  return saves.amountMinor > 0 ? t.joinedText(f.day(ownOrderAt), f.money(saves)) : t.joinedParcel(f.day(ownOrderAt));
}

/** As the household calls it; as it was sold where it is gone since. */
export function useSupplyName({ order }: OrderView): (supplyId: string) => string {
  const { overview } = useHousehold();
  return (supplyId) =>
    overview.supplies.find((supply) => supply.supplyId === supplyId)?.name ??
    order.quote.lineItems.find((line) => line.supplyId === supplyId)?.title ??
    supplyId;
}
