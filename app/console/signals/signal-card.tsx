/** One signal that stands: what, since when and until when, from where, whom it concerns, and its end. */
import { categoryName } from '../../../shared/supply/prior/category-wording.ts';
import type { Answer } from '../../api/contract-types.ts';
import { Button } from '../../design/button.tsx';
import { Tag } from '../../design/card.tsx';
import { LOCALES, useFormats } from '../../words/formats.ts';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { words } from './signals-words.ts';

type View = Answer<'listSignals'>;
type Listed = View['signals'][number];

const tones = { recall: 'bad', 'late-goods': 'warn', 'cold-spell': 'plain', 'heat-wave': 'plain', 'cheap-window': 'good', trend: 'plain' } as const;

/** Signals begin and end with days of UTC, wherever they are read. */
const dayInWords = (at: string): string =>
  new Intl.DateTimeFormat(LOCALES[language.value], { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(at));

interface CardProps {
  readonly listed: Listed;
  readonly lookedAt: number;
  readonly busy: boolean;
  readonly end: () => void;
}

export function SignalLine({ listed, lookedAt, busy, end }: CardProps) {
  const t = useWords(words);
  const { signal, from, until, concerned, recall } = listed;
  return (
    <li class="stack-tight">
      <span>
        <Tag tone={tones[signal.kind]}>{t.kinds[signal.kind]}</Tag> <strong>{useWhat(listed)}</strong>
      </span>
      {signal.kind === 'recall' && <span>{signal.because[language.value]}</span>}
      <span class="small soft">
        {signal.kind === 'recall' ? t.sinceOnly(t.from[from], dayInWords(signal.at)) : t.since(t.from[from], dayInWords(signal.at), dayInWords(until))}
      </span>
      {concerned !== undefined && <span class="small">{t.concerned(concerned.households, concerned.supplies, lookedAt)}</span>}
      {recall !== undefined && <Told recall={recall} />}
      {from === 'staff' && (
        <span class="line-up">
          <Button kind="quiet" busy={busy} onClick={end}>
            {t.end}
          </Button>
          {signal.kind === 'recall' && <span class="small soft">{t.endRecall}</span>}
        </span>
      )}
    </li>
  );
}

function Told({ recall: { last, sofar, isWalking } }: { readonly recall: NonNullable<Listed['recall']> }) {
  const t = useWords(words);
  if (isWalking) return <span class="small">{t.walking(sofar.looked)}</span>;
  return last === undefined ? null : <span class="small">{t.told(last.certain, last.maybe, last.told, last.looked)}</span>;
}

function useWhat({ signal, about, shop }: Listed): string {
  const t = useWords(words);
  const formats = useFormats();
  const tenths = (value: number): string => formats.number(Math.round(value * 10) / 10);
  const money = (amountMinor: number): string => formats.money({ currency: 'EUR', amountMinor });
  switch (signal.kind) {
    case 'recall':
      return t.recall(signal.gtin, signal.lots.join(', '));
    case 'cold-spell':
      return t.colder(tenths(signal.colderCelsius));
    case 'heat-wave':
      return t.hot(tenths(signal.warmestCelsius));
    case 'cheap-window':
      return t.cheap(about ?? signal.gtin, shop ?? signal.retailerId, money(signal.unitMinor), money(signal.usualMinor));
    case 'trend':
      return t.trend(
        signal.categories.map((category) => categoryName(category, language.value)).join(', '),
        `${signal.share > 0 ? '+' : ''}${formats.percent(signal.share)}`,
      );
    case 'late-goods':
      return t.late(shop ?? signal.retailerId, tenths(signal.days));
  }
}
