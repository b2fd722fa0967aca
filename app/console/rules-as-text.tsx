/** A part of the company's rules as text that can be changed. */
import { useState } from 'preact/hooks';
import { send } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/card.tsx';
import { TextField } from '../design/field.tsx';
import { useWords } from '../words/use-words.ts';
import { ConsoleTrouble } from './console-trouble.tsx';
import { faultInText } from './json-lines.ts';
import { words } from './rules-words.ts';

type Read = Answer<'readRules'>;
type Rules = Read['rules'];
type Part = 'programme' | 'factors' | 'leads';

export interface PartProps {
  readonly read: Read;
  readonly reload: () => Promise<void>;
}

/** Edited as text: what is wrong is said with the line that it stands in. */
export function AsText({ part, read, reload }: PartProps & { readonly part: Part }) {
  const t = useWords(words);
  const [text, setText] = useState(() => JSON.stringify(read.rules[part], undefined, 2));
  const [isSaved, setSaved] = useState(false);
  const { busy, problem, run } = useSending(reload);
  const fault = faultInText(text, problem?.status === 400 ? problem.detail : undefined, `rules.${part}`);
  const save = async () => {
    setSaved(false);
    // The one who answers validates it.
    const changed: Rules = { ...read.rules, ...partOf(part, JSON.parse(text)) };
    setSaved(await run(() => send('changeRules', { body: { version: read.version, rules: changed } })));
  };
  return (
    <details class="console-details">
      <summary>{t.edit}</summary>
      <div class="stack-tight">
        <TextField
          label={t.asText}
          value={text}
          lines={14}
          onChange={setText}
          error={fault === undefined ? undefined : fault.line === undefined ? fault.message : t.atLine(fault.line, fault.message)}
        />
        {problem !== undefined && problem.status !== 400 && <ConsoleTrouble problem={problem} />}
        {isSaved && <Notice tone="good">{t.saved}</Notice>}
        <div>
          <Button busy={busy} disabled={fault?.isNotJson === true} onClick={() => void save()}>
            {t.save}
          </Button>
        </div>
      </div>
    </details>
  );
}

/** As somebody typed it: whether it is what it should be is said by the one who answers. */
const partOf = (part: Part, typed: unknown): Partial<Rules> => ({ [part]: typed });
