/** What was promised against what came, and how it went on after a complaint. */
import { lasting } from '../../shared/journey/target/target-wording.ts';
import { Card, Tag } from '../design/card.tsx';
import { useFormats } from '../words/formats.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './agent-words.ts';
import type { AgentPage } from './household-frame.tsx';

const SHOWN = 4;

export function Promises({ data: { journey } }: { readonly data: AgentPage }) {
  const t = useWords(words);
  const formats = useFormats();
  const { deliveries, recoveries } = journey.promises;
  return (
    <Card title={t.promises}>
      {deliveries.length === 0 && <p class="small soft">{t.promisesNone}</p>}
      {journey.exceeded > 0 && <p class="small">{t.exceeded(journey.exceeded)}</p>}
      <ul class="console-list console-tight">
        {deliveries.slice(0, SHOWN).map(({ orderId, promisedAt, deliveredAt, minutesLate, isBetter }) => (
          <li key={orderId} class="console-pair">
            <span class="small">
              {formats.day(deliveredAt)} <span class="soft">({t.promisedFor(formats.day(promisedAt))})</span>
            </span>
            <Tag tone={minutesLate > 0 ? 'bad' : isBetter ? 'good' : 'plain'}>
              {minutesLate > 0 ? t.late(lasting(minutesLate, language.value)) : isBetter ? t.better : t.inTime}
            </Tag>
          </li>
        ))}
      </ul>
      {recoveries.length > 0 && <h3>{t.complaints}</h3>}
      <ul class="console-list console-tight">
        {recoveries.slice(0, SHOWN).map(({ complainedAt, minutes }) => (
          <li key={complainedAt} class="console-pair console-wraps">
            <span class="small">{formats.day(complainedAt)}</span>
            <span class={minutes === undefined ? 'small console-warn' : 'small'}>
              {minutes === undefined ? t.notRecovered : t.recovered(lasting(minutes, language.value))}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
