/** What the words of a rule are filled with: the terms of the permission and the order, formatted for the reader. */
import { approvalsInWeek, namesLine, spentMinor, type Mandate } from '../../shared/order/mandate/mandate.ts';
import { euros, localMonth } from '../../shared/values.ts';
import type { Answer } from '../api/contract-types.ts';
import type { Formats } from '../words/formats.ts';
import type { RuleFigures } from './rule-words.ts';

export type OrderView = Answer<'readOrder'>;
export type Decision = NonNullable<OrderView['record']['decision']>;
type Quote = OrderView['order']['quote'];

export function figuresOf(mandate: Mandate, { spend, at, timeZone }: Decision, quote: Quote, shop: string, f: Formats): RuleFigures {
  return {
    from: f.day(mandate.validFrom),
    until: f.day(mandate.endsAt),
    shop,
    cap: f.money(mandate.perOrderMax),
    total: f.money(quote.total),
    monthCap: f.money(mandate.perMonthMax),
    spent: f.money(euros(spentMinor(spend, mandate.mandateId, localMonth(at, timeZone)))),
    perWeek: mandate.ordersPerWeekMax,
    thisWeek: approvalsInWeek(spend, mandate.mandateId, at),
    quoteUntil: f.dayAndTime(quote.validUntil),
    goods: quote.lineItems.length,
    foreign: quote.lineItems
      .filter((line) => !namesLine(mandate, line))
      .map(({ title }) => title)
      .join(', '),
  };
}

/** For rules that belong to no permission. */
export const noFigures: RuleFigures = {
  ...{ from: '', until: '', shop: '', cap: '', total: '', monthCap: '', spent: '', quoteUntil: '', foreign: '' },
  ...{ perWeek: 0, thisWeek: 0, goods: 0 },
};
