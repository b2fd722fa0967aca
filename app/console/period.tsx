/** Which stretch of time the figures are of: it ends today and begins some weeks before. */
import { now } from '../api/clock.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './figures-words.ts';

export const periods = [28, 91, 365] as const;
export type PeriodDays = (typeof periods)[number];

const dayBefore = (days: number): string => new Date(Date.parse(now()) - days * 86_400_000).toISOString().slice(0, 10);
/** Both days included. */
export const periodOf = (days: PeriodDays): { readonly from: string; readonly to: string } => ({ from: dayBefore(days - 1), to: dayBefore(0) });

export function PeriodSwitch({ days, onChange }: { readonly days: PeriodDays; readonly onChange: (days: PeriodDays) => void }) {
  const t = useWords(words);
  return (
    <div class="console-switch" role="group" aria-label={t.period}>
      {periods.map((one) => (
        <button key={one} type="button" aria-pressed={one === days} onClick={() => onChange(one)}>
          {t.periods[one]}
        </button>
      ))}
    </div>
  );
}
