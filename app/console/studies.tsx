/** What studies found of each phase, beside what was measured; and bringing in more. */
import { useState } from 'preact/hooks';
import { phaseNames } from '../../shared/journey/phase/phase-wording.ts';
import { phaseSchema } from '../../shared/journey/words.ts';
import { send, useResource } from '../api/client.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { TextField } from '../design/field.tsx';
import { useFormats } from '../words/formats.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { ConsoleTrouble } from './console-trouble.tsx';
import { DataTable } from './data-table.tsx';
import { words } from './figures-words.ts';
import { faultInText } from './json-lines.ts';

export function Studies() {
  const t = useWords(words);
  const formats = useFormats();
  const { data, problem, reload } = useResource('listStudies', {});
  if (data === undefined) return problem === undefined ? null : <ConsoleTrouble problem={problem} retry={() => void reload()} />;
  const found = phaseSchema.options.flatMap((phase) => {
    const studied = data.byPhase[phase];
    return studied === undefined ? [] : [{ phase, ...studied }];
  });
  return (
    <Card title={t.studies}>
      <p class="small soft">{t.studiesLead}</p>
      {found.length === 0 && <p>{t.studiesNone}</p>}
      {found.length > 0 && (
        <DataTable
          caption={t.studies}
          fileName="studies"
          columns={[t.phase, t.feeling, t.people, t.study]}
          rows={found.map(({ phase, value, people }) => [
            phaseNames[phase][language.value],
            formats.number(Math.round(value * 100) / 100),
            people,
            data.findings.flatMap((one) => (one.phase === phase ? `${one.study} (${formats.day(one.at)})` : [])).join('; '),
          ])}
        />
      )}
      <Import reload={reload} />
    </Card>
  );
}

const EXAMPLE = `[
  {
    "findingId": "interviews-spring-1",
    "study": "Interviews in spring",
    "method": "interview",
    "at": "2026-03-02T10:00:00.000Z",
    "phase": "implementation",
    "value": -0.4,
    "people": 12
  }
]`;

function Import({ reload }: { readonly reload: () => Promise<void> }) {
  const t = useWords(words);
  const [text, setText] = useState(EXAMPLE);
  const { busy, problem, run } = useSending(reload);
  const fault = faultInText(text, problem?.status === 400 ? problem.detail : undefined, 'findings');
  const bring = () => run(() => send('importStudies', { body: bodyOf(JSON.parse(text)) }));
  return (
    <details class="console-details">
      <summary>{t.bringStudies}</summary>
      <div class="stack-tight">
        <TextField
          label={t.studiesText}
          hint={t.studiesHint}
          value={text}
          lines={12}
          onChange={setText}
          error={fault === undefined ? undefined : fault.line === undefined ? fault.message : t.atLine(fault.line, fault.message)}
        />
        {problem !== undefined && problem.status !== 400 && <ConsoleTrouble problem={problem} />}
        <div>
          <Button busy={busy} disabled={fault?.isNotJson === true} onClick={() => void bring()}>
            {t.bringStudies}
          </Button>
        </div>
      </div>
    </details>
  );
}

type Body = Parameters<typeof send<'importStudies'>>[1]['body'];
/** As somebody typed it: whether it is what it should be is said by the one who answers. */
const bodyOf = (typed: unknown): Body => ({ findings: typed as Body['findings'] });
