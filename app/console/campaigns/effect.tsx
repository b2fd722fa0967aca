/** What a campaign brings against those who get nothing. */
import { useWords } from '../../words/use-words.ts';
import { IntervalRows } from '../trials/interval-rows.tsx';
import { words } from './campaigns-words.ts';
import type { View } from './view.ts';

export function Effect({ effect }: { readonly effect: View['effect'] | undefined }) {
  const t = useWords(words);
  const [lift] = effect?.lifts ?? [];
  if (lift === undefined) return <p class="small soft">{t.noEffect}</p>;
  const points = (value: number): string => (100 * value).toFixed(1);
  const { value, low, high } = lift.difference;
  return (
    <IntervalRows rows={[{ key: lift.arm, label: '', value, low, high, text: t.effect(points(value), points(low), points(high)) }]} least={-0.05} most={0.05} />
  );
}
