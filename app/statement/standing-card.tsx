/** The household's tier, and why: how many orders came lately, and how many more it takes. */
import type { Answer } from '../api/contract-types.ts';
import { Card } from '../design/card.tsx';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

export function StandingCard({ standing: { tier, orders, windowDays, next } }: { readonly standing: Answer<'readStatement'>['standing'] }) {
  const t = useWords(words).standing;
  return (
    <Card title={t.title}>
      <p class="figure-number">{tier === undefined ? t.none : t.tiers[tier]}</p>
      <p class="small soft">
        {t.why(orders, windowDays)} {next === undefined ? t.top : t.next(next.missing, t.tiers[next.tier])}
      </p>
    </Card>
  );
}
