/** Builds a path: its words, waits and share in fields, everything else as JSON beside; tried on the past before it can be saved. */
import { useState } from 'preact/hooks';
import { send } from '../../api/client.ts';
import type { Answer } from '../../api/contract-types.ts';
import { useSending } from '../../api/use-sending.ts';
import { Button } from '../../design/button.tsx';
import { Card, Notice } from '../../design/card.tsx';
import { Field, TextField } from '../../design/field.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { Chain } from './chain.tsx';
import { ContentFields } from './content-fields.tsx';
import { PathNumbers } from './path-card.tsx';
import { isDefinition, waitsOf, withWaits, type Definition } from './path-shape.ts';
import { words } from './paths-words.ts';
import { TriedSteps } from './tried-steps.tsx';

interface PathEditorProps {
  readonly definition: Definition;
  readonly save: (definition: Definition) => Promise<boolean>;
  readonly close: () => void;
}
const DAYS = 28;

export function PathEditor({ definition: before, save, close }: PathEditorProps) {
  const t = useWords(words);
  const [draft, setDraft] = useState(before);
  const [tried, setTried] = useState<{ readonly of: Definition; readonly answer: Answer<'tryPath'> }>();
  const sending = useSending(() => Promise.resolve());
  const set = (change: Partial<Definition>) => setDraft({ ...draft, ...change });
  const tryIt = () =>
    void sending.run(async () => {
      setTried({ of: draft, answer: await send('tryPath', { body: { definition: draft, days: DAYS } }) });
    });
  const saveIt = () =>
    void sending.run(async () => {
      if (await save(draft)) close();
    });
  const isTried = tried?.of === draft;
  return (
    <Card title={t.editTitle(before.name[language.value])}>
      <div class="stack">
        <Chain definition={draft} />
        <Basics draft={draft} set={set} />
        {Object.entries(draft.contents).map(([id, content]) => (
          <ContentFields key={id} name={id} content={content} onChange={(changed) => set({ contents: { ...draft.contents, [id]: changed } })} />
        ))}
        <AsJson draft={draft} onChange={setDraft} />
        {sending.problem !== undefined && <ConsoleTrouble problem={sending.problem} />}
        <div class="line-up">
          <Button busy={sending.busy} onClick={tryIt}>
            {t.tryIt}
          </Button>
          <Button busy={sending.busy} disabled={!isTried} onClick={saveIt}>
            {t.save}
          </Button>
          <Button kind="quiet" onClick={close}>
            {t.close}
          </Button>
        </div>
        {!isTried && <p class="small soft">{t.tryFirst}</p>}
        {isTried && (
          <>
            <Notice tone="plain">{t.tried(tried.answer.households)}</Notice>
            <PathNumbers numbers={tried.answer.numbers} />
            <TriedSteps steps={tried.answer.steps} />
          </>
        )}
      </div>
    </Card>
  );
}

function Basics({ draft, set }: { readonly draft: Definition; readonly set: (change: Partial<Definition>) => void }) {
  const t = useWords(words);
  return (
    <>
      {(['de', 'en'] as const).map((which) => (
        <div key={which} class="stack-tight">
          <TextField
            label={`${t.name}, ${which === 'de' ? t.inGerman : t.inEnglish}`}
            value={draft.name[which]}
            maxLength={60}
            onChange={(text) => set({ name: { ...draft.name, [which]: text } })}
          />
          <TextField
            label={`${t.goal}, ${which === 'de' ? t.inGerman : t.inEnglish}`}
            value={draft.goal[which]}
            maxLength={200}
            onChange={(text) => set({ goal: { ...draft.goal, [which]: text } })}
          />
        </div>
      ))}
      <div class="line-up">
        {waitsOf(draft.steps).map((minutes, index) => (
          <Field key={index} label={`${t.waitHours} ${index + 1}`}>
            {(bound) => (
              <input
                {...bound}
                type="number"
                min={0}
                max={1488}
                step={0.25}
                value={minutes / 60}
                onChange={({ currentTarget }) => {
                  const changed = Math.round(Number(currentTarget.value) * 60);
                  set({ steps: withWaits(draft.steps, (old, at) => (at === index ? changed : old)) });
                }}
              />
            )}
          </Field>
        ))}
        <Field label={t.controlShare} hint={t.controlHint}>
          {(bound) => (
            <input
              {...bound}
              type="number"
              min={0}
              max={50}
              value={draft.controlShare}
              onChange={({ currentTarget }) => set({ controlShare: Math.round(Number(currentTarget.value)) })}
            />
          )}
        </Field>
      </div>
    </>
  );
}

function AsJson({ draft, onChange }: { readonly draft: Definition; readonly onChange: (draft: Definition) => void }) {
  const t = useWords(words);
  const [error, setError] = useState<string>();
  const read = (text: string) => {
    try {
      const given: unknown = JSON.parse(text);
      if (!isDefinition(given)) throw new Error('trigger, steps, contents');
      setError(undefined);
      onChange(given);
    } catch (problem) {
      setError(t.badJson(problem instanceof Error ? problem.message : String(problem)));
    }
  };
  return (
    <details class="console-details">
      <summary>{t.asJson}</summary>
      <Field label={t.asJson} error={error}>
        {(bound) => (
          <textarea
            {...bound}
            class="path-json"
            spellcheck={false}
            value={JSON.stringify(draft, undefined, 2)}
            onChange={({ currentTarget }) => read(currentTarget.value)}
          />
        )}
      </Field>
    </details>
  );
}
