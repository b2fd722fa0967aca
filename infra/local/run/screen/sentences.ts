/** A household in sentences: what is left of each supply, how it comes again, and what the household is asked. */
import type { OrderStatus } from '../../../../shared/order/order-state.ts';
import { inEuros } from '../../../../shared/order/quote.ts';
import { unreachable } from '../../../../shared/values.ts';
import type { HouseholdView, OpenOrder, SupplyCard } from '../../window/snapshot.ts';

/** More than a year ahead is where the model stops looking. */
const LONG_DAYS = 365;
const days = (value: number): string => value.toFixed(1);

/** “Anna's milk: 1.4 days left (1.0–2.1), delivery takes 1.2, ordered at Frischhof for 4.36 €, inside her mandate until March”. */
export function supplySentence(supply: SupplyCard, household: Pick<HouseholdView, 'name' | 'timeZone' | 'mandate'>): string {
  const { median, p10, p90 } = supply.daysLeft;
  const left = supply.inHouse <= 0 ? 'used up' : median >= LONG_DAYS ? 'lasts a long time' : `${days(median)} days left (${days(p10)}–${days(p90)})`;
  const order = supply.order === undefined ? '' : `, ${orderPart(supply.order, household)}`;
  return `${household.name}'s ${supply.name}: ${left}, delivery takes ${days(supply.leadTimeDays)}${order}`;
}

function orderPart(order: NonNullable<SupplyCard['order']>, { mandate, timeZone }: Pick<HouseholdView, 'mandate' | 'timeZone'>): string {
  const price = `at ${order.shop} for ${inEuros(order.total)}`;
  const said = orderSaid(order.status);
  const until = mandate === undefined ? '' : ` until ${new Intl.DateTimeFormat('en-GB', { timeZone, month: 'long' }).format(new Date(mandate.endsAt))}`;
  if (order.approvedBy === 'mandate') return `${said} ${price}, inside the mandate${until}`;
  return `${said} ${price}`;
}

function orderSaid(status: OrderStatus): string {
  switch (status) {
    case 'proposed':
      return 'an order is worked out';
    case 'awaiting-approval':
      return 'an order waits for a yes';
    case 'approved':
    case 'placing':
      return 'being ordered';
    case 'placed':
      return 'ordered';
    case 'accepted':
      return 'confirmed';
    case 'shipped':
      return 'on its way, ordered';
    case 'delivered':
    case 'declined':
    case 'expired':
    case 'withdrawn':
    case 'rejected':
    case 'cancelled':
      return status;
    default:
      return unreachable(status);
  }
}

/** The order that waits, line by line as the law wants it shown: goods, price, price per litre, delivery, total. */
export function openOrderLines({ lines, deliveryFee, perks = [], total, shop, reasons, leadTimeDays }: OpenOrder): string[] {
  return [
    ...lines.map(
      ({ quantity, title, unitPrice, lineTotal, basePrice }) =>
        `${quantity} × ${title} at ${inEuros(unitPrice)} (${inEuros({ amountMinor: basePrice.amountMinor, currency: 'EUR' })} / ${basePrice.per}): ${inEuros(lineTotal)}`,
    ),
    `Delivery by ${shop} in about ${days(leadTimeDays)} days: ${inEuros(deliveryFee)}`,
    ...perks.map(({ kind, fundedBy, saves }) => `Perk ${kind}, paid by the ${fundedBy}: -${inEuros(saves)}`),
    `Total: ${inEuros(total)}`,
    ...reasons.map(({ en }) => `${en}.`),
  ];
}
