import { useNow } from '../api/clock.ts';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import type { BegunElsewhere } from './use-draft.ts';
import { words } from './words.ts';

/** "You began this on another device 3 minutes ago": stands in place of the form until somebody has chosen. */
export function OfferDraft({ savedAt, goOn, startAgain }: BegunElsewhere) {
  const t = useWords(words);
  const minutes = (Date.parse(useNow()) - Date.parse(savedAt)) / 60_000;
  return (
    <Card tone="accent" title={t.title}>
      <p>{t.ago(agoIn(minutes, language.value))}</p>
      <div class="line-up">
        <Button onClick={goOn}>{t.goOn}</Button>
        <Button kind="quiet" onClick={startAgain}>
          {t.again}
        </Button>
      </div>
    </Card>
  );
}

const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

/** "3 minutes ago", "vorgestern"; the largest unit is enough. */
export function agoIn(minutes: number, reader: 'de' | 'en'): string {
  const relative = new Intl.RelativeTimeFormat(reader, { numeric: 'auto' });
  const past = Math.max(0, minutes);
  if (past < HOUR_MINUTES) return relative.format(-Math.floor(past), 'minute');
  if (past < DAY_MINUTES) return relative.format(-Math.floor(past / HOUR_MINUTES), 'hour');
  return relative.format(-Math.floor(past / DAY_MINUTES), 'day');
}
