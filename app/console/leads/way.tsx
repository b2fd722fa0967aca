/** How far leads of the last weeks came: a funnel whose width is how many; the rows are a list, so that it reads without the picture. */
import type { Answer } from '../../api/contract-types.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/use-words.ts';
import { DataTable } from '../data-table.tsx';
import { words } from './leads-words.ts';

type Reached = Answer<'readLeads'>['reached'];
const HEIGHT = 24;

export function Way({ reached }: { readonly reached: Reached }) {
  const t = useWords(words);
  const formats = useFormats();
  const most = Math.max(1, ...reached.map(({ leads }) => leads));
  const rows = reached.map(({ stage, leads }, index) => {
    const before = index === 0 ? undefined : reached[index - 1]?.leads;
    const share = before === undefined || before === 0 ? undefined : formats.percent(leads / before);
    return { stage, leads, share, next: reached[index + 1]?.leads ?? leads };
  });
  return (
    <>
      <ol class="lead-way">
        {rows.map(({ stage, leads, share, next }) => (
          <li key={stage}>
            <span>{t.stageNames[stage]}</span>
            <svg viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
              <polygon class={`lead-way-${stage}`} points={sidesOf((leads / most) * 100, (next / most) * 100)} />
            </svg>
            <span class="console-number">
              <strong>{leads}</strong> {share !== undefined && <span class="small soft">{share}</span>}
            </span>
          </li>
        ))}
      </ol>
      <DataTable
        {...{ caption: t.way, fileName: 'leads-way', isFolded: true, columns: [t.stage, t.leads, t.ofBefore] }}
        rows={rows.map(({ stage, leads, share }) => [t.stageNames[stage], leads, share ?? ''])}
      />
    </>
  );
}

/** As wide above as this stage and below as the next one; one that nobody reached is still to be seen as a line. */
function sidesOf(above: number, below: number): string {
  const [top, bottom] = [Math.max(above, 0.6) / 2, Math.max(Math.min(below, above), 0.6) / 2];
  return `${50 - top},0 ${50 + top},0 ${50 + bottom},${HEIGHT} ${50 - bottom},${HEIGHT}`;
}
