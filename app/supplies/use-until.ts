import { useNow } from '../api/clock.ts';
import { language, timeZone } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { untilWhen, type Interval } from './until.ts';
import { words } from './words.ts';

/** "lasts until Thu–Sat", in the reader's language and the household's time zone. */
export function useUntil(interval: Interval): string {
  const t = useWords(words);
  const now = useNow();
  const until = untilWhen(interval, { now, language: language.value, timeZone: timeZone.value });
  if (until.kind === 'until') return t.lastsUntil(until.text);
  return until.kind === 'long' ? t.lastsLong : t.gone;
}
