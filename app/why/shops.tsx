/** Who would have sold it for how much, and what it cost there before. */
import { savedIn } from '../../shared/order/perk/apply-perks.ts';
import { quoteFor } from '../../shared/order/quote.ts';
import { Card, Tag } from '../design/card.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import type { OrderView } from './figures.ts';
import { words } from './words.ts';

export const shopName = ({ shops, shop }: OrderView, retailerId: string): string =>
  [...shops, shop].find((one) => one.retailerId === retailerId)?.name ?? retailerId;

export function Shops({ view }: { readonly view: OrderView }) {
  const t = useWords(words);
  const f = useFormats();
  const { proposal } = view.record;
  return (
    <Card title={t.shops}>
      <Rows>
        {proposal.considered.map((shop) => {
          const { quote } = quoteFor({ ...shop, wanted: proposal.wanted, now: proposal.at });
          const isTaken = quote?.hash === proposal.quoteHash;
          const fee = quote && (quote.deliveryFee.amountMinor === 0 ? t.free : t.fee(f.money(quote.deliveryFee)));
          const saved = quote && savedIn(quote);
          const perks = saved ? ` · ${t.perks(f.money({ amountMinor: saved, currency: 'EUR' }))}` : '';
          return (
            <Row
              key={shop.retailerId}
              label={
                <>
                  {shopName(view, shop.retailerId)} {isTaken && <Tag tone="good">{t.cheapest}</Tag>}
                </>
              }
              aside={quote && f.money(quote.total)}
            >
              {quote === undefined
                ? t.cannotServe
                : `${t.shopText(quote.lineItems.length, proposal.wanted.length, f.number(quote.leadTimeDays))} · ${fee ?? ''}${perks}`}
            </Row>
          );
        })}
      </Rows>
    </Card>
  );
}

export function Prices({ view }: { readonly view: OrderView }) {
  const t = useWords(words);
  const { order, record } = view;
  const offers = record.proposal.considered.find(({ retailerId }) => retailerId === order.retailerId)?.offers ?? [];
  const bought = order.quote.lineItems.flatMap(({ gtin, sku }) => offers.find((offer) => offer.gtin === gtin && offer.sku === sku) ?? []);
  if (bought.length === 0) return null;
  return (
    <Card title={t.prices}>
      <p class="small soft">{t.pricesText(view.shop.name)}</p>
      {bought.map((offer) => (
        <PriceHistory key={offer.sku} offer={offer} />
      ))}
    </Card>
  );
}

type Offer = OrderView['record']['proposal']['considered'][number]['offers'][number];

function PriceHistory({ offer }: { readonly offer: Offer }) {
  const t = useWords(words);
  const f = useFormats();
  const { title, price, earlierPrices = [], priceSince = offer.publishedAt } = offer;
  const prices = [...earlierPrices, { price, since: priceSince }];
  return (
    <div class="why-prices">
      <h3>{title}</h3>
      {earlierPrices.length === 0 ? (
        <p class="small">
          {f.money(price)} · {t.noPrices}
        </p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t.sinceDay}</th>
              <th scope="col">{t.price}</th>
            </tr>
          </thead>
          <tbody>
            {prices.toReversed().map(({ price: then, since }) => (
              <tr key={since}>
                <td>{f.day(since)}</td>
                <td>{f.money(then)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
