/** In which phases a household was, month by month, the newest first. */
import { phaseNames } from '../../shared/journey/phase/phase-wording.ts';
import { Card } from '../design/card.tsx';
import { useFormats } from '../words/formats.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './agent-words.ts';
import type { AgentPage } from './household-frame.tsx';

export function History({ months }: { readonly months: AgentPage['journey']['history'] }) {
  const t = useWords(words);
  const formats = useFormats();
  if (months.length === 0) return null;
  return (
    <Card title={t.history}>
      <p class="small soft">{t.historyLead}</p>
      {months.map(({ month, phases }) => (
        <section key={month} class="stack-tight">
          <h3>{formats.month(month)}</h3>
          <ul class="console-list console-tight">
            {phases.map(({ phase, line, because }) => (
              <li key={`${phase} ${line ?? ''}`}>
                <span class="console-pair">
                  <strong>{phaseNames[phase][language.value]}</strong>
                  <span class="small soft">{line === undefined ? t.whole : (t.lines[line] ?? line)}</span>
                </span>
                <span class="small soft">{because}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Card>
  );
}
