import { Card, Tag } from '../design/card.tsx';
import { now } from '../api/clock.ts';
import { untilWhen } from '../supplies/until.ts';
import { useFormats } from '../words/formats.ts';
import { language, timeZone } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './agent-words.ts';
import type { AgentPage } from './household-frame.tsx';

type Status = keyof (typeof words)['en']['status'];
const isStatus = (status: string): status is Status => status in words.en.status;
const tones = { 'awaiting-approval': 'warn', delivered: 'good', rejected: 'bad', cancelled: 'bad' } as const;
const isTelling = (status: string): status is keyof typeof tones => status in tones;

/** What is ordered, and what is left in the house. */
export function Goods({ data: { about } }: { readonly data: AgentPage }) {
  const t = useWords(words);
  const formats = useFormats();
  const at = { now: now(), language: language.value, timeZone: timeZone.value };
  const lasting = (until: ReturnType<typeof untilWhen>): string =>
    until.kind === 'until' ? t.lasts(until.text) : until.kind === 'gone' ? t.gone : t.lastsLong;
  const soonest = [...about.supplies].sort((a, b) => (a.projectedStockout.p10 < b.projectedStockout.p10 ? -1 : 1));
  return (
    <>
      <Card title={t.orders}>
        {about.orders.length === 0 && <p class="soft">{t.noOrders}</p>}
        <ul class="console-list">
          {about.orders.map(({ orderId, status, shop, total, goods, proposedAt }) => (
            <li key={orderId}>
              <span class="console-pair">
                <strong>
                  {shop}, {formats.money(total)}
                </strong>
                <Tag tone={isTelling(status) ? tones[status] : 'plain'}>{isStatus(status) ? t.status[status] : status}</Tag>
              </span>
              <span class="small soft">
                {goods.join(', ')} · {formats.day(proposedAt)}
                <span class="console-number-of">{orderId}</span>
              </span>
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t.supplies}>
        <ul class="console-list console-tight">
          {soonest.map((supply) => (
            <li key={supply.supplyId} class="console-pair">
              <span>
                {supply.name} <span class="small soft">{formats.quantity(supply.inHouse, supply.unit)}</span>
              </span>
              <span class={supply.isLow ? 'small console-warn' : 'small soft'}>{lasting(untilWhen(supply.projectedStockout, at))}</span>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
