import { phaseNames } from '../../shared/journey/phase/phase-wording.ts';
import { Card, Tag } from '../design/card.tsx';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './agent-words.ts';
import type { AgentPage } from './household-frame.tsx';

/** Where the household stands, and why: a phase or a segment without its reason would be a label. */
export function Standing({ data: { journey } }: { readonly data: AgentPage }) {
  const t = useWords(words);
  const { phases, segments } = journey.standing;
  return (
    <Card title={t.phases}>
      {phases.length === 0 && <p class="small soft">{t.noPhases}</p>}
      <ul class="console-list console-tight">
        {phases.map(({ id, phase, line, because }) => (
          <li key={id}>
            <span class="console-pair">
              <strong>{phaseNames[phase][language.value]}</strong>
              <span class="small soft">{line ?? t.whole}</span>
            </span>
            <span class="small soft">{because}</span>
          </li>
        ))}
      </ul>
      {segments.length > 0 && (
        <>
          <h3>{t.segments}</h3>
          <p class="console-tags">
            {segments.map(({ id, name, because }) => (
              <Tag key={id}>
                <span title={because}>{name}</span>
              </Tag>
            ))}
          </p>
        </>
      )}
    </Card>
  );
}
