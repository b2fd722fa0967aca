/** What needs somebody now, the worst first; the rest of the page says everything else. */
import { Card } from '../design/card.tsx';
import { now } from '../api/clock.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './agent-words.ts';
import type { AgentPage } from './household-frame.tsx';

/** Longer than shops and people usually take. */
const WAITS_TOO_LONG_MILLIS = 3 * 86_400_000;

interface Trouble {
  readonly key: string;
  readonly text: string;
  readonly more?: string;
}

export function Troubles({ data: { about } }: { readonly data: AgentPage }) {
  const t = useWords(words);
  const formats = useFormats();
  const since = Date.parse(now());
  const troubles: Trouble[] = [
    ...about.cases
      .filter(({ status }) => status === 'open' || status === 'reopened')
      .map(({ caseId, kind, status, changedAt }) => ({
        key: caseId,
        text: t.caseKinds[kind],
        more: `${t.caseStatus[status]} · ${formats.dayAndTime(changedAt)}`,
      })),
    ...about.orders
      .filter(({ status, proposedAt }) => ['approved', 'placing', 'placed'].includes(status) && since - Date.parse(proposedAt) > WAITS_TOO_LONG_MILLIS)
      .map(({ orderId, shop, proposedAt }) => ({ key: orderId, text: t.orderStuck(shop), more: formats.day(proposedAt) })),
    ...about.devices.filter(({ availability }) => availability === 'unavailable').map(({ thing, name }) => ({ key: thing, text: t.deviceAway(name) })),
    ...about.supplies
      .filter(
        ({ isLow, onOrder, orderIds, decisionOrderId, neverBuy }) =>
          isLow && !neverBuy && onOrder === 0 && orderIds.length === 0 && decisionOrderId === undefined,
      )
      .map(({ supplyId, name }) => ({ key: supplyId, text: t.lowWithout(name) })),
  ];
  return (
    <Card title={t.troubles} tone={troubles.length === 0 ? 'plain' : 'warn'}>
      {troubles.length === 0 && <p>{t.noTroubles}</p>}
      <ul class="console-list">
        {troubles.map(({ key, text, more }) => (
          <li key={key}>
            <strong>{text}</strong>
            {more !== undefined && <span class="small soft">{more}</span>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
