/** Those likely to leave, with reasons and what would change it: shown when it is said what for, which stands with each household. */
import { useState } from 'preact/hooks';
import { send } from '../../api/client.ts';
import type { Answer } from '../../api/contract-types.ts';
import { useSending } from '../../api/use-sending.ts';
import { Card, Tag } from '../../design/card.tsx';
import { urls } from '../../urls.ts';
import { useFormats } from '../../words/formats.ts';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { ReasonFirst } from '../reason-first.tsx';
import { DataTable } from '../data-table.tsx';
import { More } from '../more.tsx';
import { words } from './churn-words.ts';

type Leaving = Answer<'listLeaving'>['leaving'][number];

export function Leaving() {
  const t = useWords(words);
  const [reason, setReason] = useState('');
  const [found, setFound] = useState<Answer<'listLeaving'>>();
  const { busy, problem, run } = useSending();
  const show = (from: number) => run(async () => setFound(await send('listLeaving', { body: { reason: reason.trim(), from, language: language.value } })));
  return (
    <Card title={t.list}>
      <ReasonFirst {...{ busy, reason, maxLength: 120, change: setReason, show: () => void show(0) }} />
      {problem !== undefined && <ConsoleTrouble problem={problem} />}
      {found !== undefined && <Found found={found} more={(from) => void show(from)} />}
    </Card>
  );
}

function Found({ found: { leaving, next }, more }: { readonly found: Answer<'listLeaving'>; readonly more: (from: number) => void }) {
  const t = useWords(words);
  const formats = useFormats();
  return (
    <div aria-live="polite" class="stack-tight">
      {leaving.length === 0 && <p class="soft">{t.nobody}</p>}
      {leaving.map((one) => (
        <One key={one.householdId} one={one} />
      ))}
      {leaving.length > 0 && (
        <DataTable
          {...{ caption: t.list, fileName: 'likely-to-leave', isFolded: true, columns: [t.household, t.chance, t.reading, t.why, t.cause, t.change] }}
          rows={leaving.map(({ householdId, leaves, reading, reasons, causes, changes }) => [
            ...[householdId, formats.percent(leaves), reading.name, reasons.join('; '), causes.join('; ')],
            changes.map(({ name, leaves: then }) => t.changeTo(name, formats.percent(then))).join('; '),
          ])}
        />
      )}
      <More {...{ next, label: t.more, more }} />
    </div>
  );
}

function One({ one: { householdId, leaves, reading, reasons, causes, changes, meanMinor, expectedMinor } }: { readonly one: Leaving }) {
  const t = useWords(words);
  const formats = useFormats();
  const euros = (amountMinor: number): string => formats.money({ amountMinor: Math.round(amountMinor), currency: 'EUR' });
  return (
    <article class="console-leaving">
      <h3>
        <a class="console-id" href={urls.agent(householdId)}>
          {householdId}
        </a>{' '}
        <Tag tone="bad">{t.risk(formats.percent(leaves))}</Tag> <Tag>{reading.name}</Tag>
      </h3>
      <dl>
        <div>
          <dt>{t.why}</dt>
          <dd>
            <Lines lines={[...reasons, ...causes]} />
          </dd>
        </div>
        <div>
          <dt>{t.change}</dt>
          <dd>
            <Lines lines={changes.map(({ name, leaves: then }) => t.changeTo(name, formats.percent(then)))} />
          </dd>
        </div>
        <div>
          <dt>{t.worth}</dt>
          <dd>{t.worthText(euros(meanMinor), euros(expectedMinor))}</dd>
        </div>
      </dl>
    </article>
  );
}

const Lines = ({ lines }: { readonly lines: readonly string[] }) => (
  <ul>
    {lines.map((line) => (
      <li key={line}>{line}</li>
    ))}
  </ul>
);
