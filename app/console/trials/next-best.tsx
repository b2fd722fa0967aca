/** What to do next for this household: what was chosen, why, why now, why not another, and what came of those before. */
import { Card, Tag } from '../../design/card.tsx';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/use-words.ts';
import type { AgentPage } from '../household-frame.tsx';
import { words } from './trials-words.ts';

type Told = AgentPage['nextBest']['past'][number];

export function NextBest({ data: { nextBest } }: { readonly data: AgentPage }) {
  const t = useWords(words);
  const { chosenAt, open, rejected, past } = nextBest;
  return (
    <Card title={t.nextBest}>
      {open === undefined ? <p class="soft">{chosenAt === undefined ? t.notChosen : t.nothing}</p> : <Open told={open} />}
      {rejected.length > 0 && (
        <details class="console-details">
          <summary>{t.whyNot}</summary>
          <ul class="console-list console-tight">
            {rejected.map(({ action, name, because }) => (
              <li key={action}>
                <span>{name}</span>
                <span class="small soft">{because}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {past.length > 0 && <Past past={past} />}
    </Card>
  );
}

function Open({ told: { name, because, arm, household, company, likely, shownAt, tappedAt, channel } }: { readonly told: Told }) {
  const t = useWords(words);
  const formats = useFormats();
  const money = (amountMinor: number): string => formats.money({ amountMinor, currency: 'EUR' });
  const reached = shownAt === undefined ? t.waits : t.seenIn(channel ?? '', formats.dayAndTime(shownAt));
  return (
    <>
      <p>
        <strong>{name}</strong>
      </p>
      <p>{t.because(because)}</p>
      <p class="small soft">{t.worthEach(money(household), money(company), formats.percent(likely))}</p>
      <p class="small soft">
        {arm === 'control' ? t.leftAlone : reached} {tappedAt !== undefined && t.tappedAt(formats.dayAndTime(tappedAt))}
      </p>
    </>
  );
}

/** How far it came. */
function stageOf({ outcome, arm, shownAt, tappedAt }: Told): 'waits' | 'unseen' | 'shown' | 'tapped' | 'taken' | 'alone' {
  if (outcome === 'taken') return 'taken';
  if (arm === 'control') return 'alone';
  if (tappedAt !== undefined) return 'tapped';
  if (shownAt !== undefined) return 'shown';
  return outcome === 'open' ? 'waits' : 'unseen';
}

function Past({ past }: { readonly past: readonly Told[] }) {
  const t = useWords(words);
  const formats = useFormats();
  return (
    <>
      <h3>{t.before}</h3>
      <ul class="console-list console-tight">
        {past.map((told) => (
          <li key={told.actionId}>
            <span class="console-pair">
              {told.name} <Tag tone={told.outcome === 'taken' ? 'good' : 'plain'}>{t.stages[stageOf(told)]}</Tag>
            </span>
            <span class="small soft">{formats.day(told.at)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
