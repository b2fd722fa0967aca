import type { Instant } from '../../shared/values.ts';
import { useNow } from '../api/clock.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

/** How long there still is, the two largest units; by the household's clock. */
export function Countdown({ until }: { readonly until: Instant }) {
  const t = useWords(words);
  const left = Date.parse(until) - Date.parse(useNow());
  return <time dateTime={until}>{left <= 0 ? t.over : leftIn(left, t)}</time>;
}

type Words = (typeof words)['en'] | (typeof words)['de'];

function leftIn(left: number, t: Words): string {
  const days = Math.floor(left / DAY);
  const hours = Math.floor((left % DAY) / HOUR);
  const minutes = Math.floor((left % HOUR) / MINUTE);
  const seconds = Math.floor((left % MINUTE) / SECOND);
  if (days > 0) return hours === 0 ? t.days(days) : `${t.days(days)} ${t.hours(hours)}`;
  if (hours > 0) return minutes === 0 ? t.hours(hours) : `${t.hours(hours)} ${t.minutes(minutes)}`;
  return minutes > 0 ? `${t.minutes(minutes)} ${t.seconds(seconds)}` : t.seconds(seconds);
}
