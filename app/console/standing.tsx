import { phaseNames } from '../../shared/journey/phase/phase-wording.ts';
import { Card, Tag } from '../design/card.tsx';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './agent-words.ts';
import type { AgentPage } from './household-frame.tsx';

type Note = AgentPage['journey']['standing']['phases'][number];

/** One line for each phase, whichever product lines are in it; of the household as a whole first. */
function byPhase(notes: readonly Note[]): { readonly first: Note; readonly lines: readonly string[] }[] {
  const found = new Map<Note['phase'], Note[]>();
  for (const note of notes) {
    const known = found.get(note.phase);
    if (known === undefined) found.set(note.phase, [note]);
    else known.push(note);
  }
  return [...found.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ first, lines: same.flatMap(({ line }) => line ?? []) }];
  });
}

/** Where the household stands, and why: a phase or a segment without its reason would be a label. */
export function Standing({ data: { journey } }: { readonly data: AgentPage }) {
  const t = useWords(words);
  const { phases, segments } = journey.standing;
  return (
    <Card title={t.phases}>
      {phases.length === 0 && <p class="small soft">{t.noPhases}</p>}
      <ul class="console-list console-tight">
        {byPhase(phases).map(({ first, lines }) => (
          <li key={first.id}>
            <span class="console-pair">
              <strong>{phaseNames[first.phase][language.value]}</strong>
              <span class="small soft">{lines.length === 0 ? t.whole : lines.map((line) => t.lines[line] ?? line).join(', ')}</span>
            </span>
            <span class="small soft">{first.because}</span>
          </li>
        ))}
      </ul>
      {segments.length > 0 && (
        <>
          <h3>{t.segments}</h3>
          <ul class="console-list console-tight">
            {segments.map(({ id, name, because }) => (
              <li key={id}>
                <span>
                  <Tag>{name}</Tag>
                </span>
                <span class="small soft">{because}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
