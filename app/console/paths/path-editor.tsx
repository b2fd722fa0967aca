/** Builds a path in fields: what begins it, its steps, what ends it; each slip at its field; tried on the past before it can be saved. */
import { useState } from 'preact/hooks';
import { readPath } from '../../../shared/journey/conversion-path/path-faults.ts';
import type { Fault } from '../../../shared/journey/field-faults.ts';
import { send } from '../../api/client.ts';
import type { Answer } from '../../api/contract-types.ts';
import { useSending } from '../../api/use-sending.ts';
import { Button } from '../../design/button.tsx';
import { Card, Notice } from '../../design/card.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { AsJson } from '../fields/as-json.tsx';
import { Limits, Names } from './basics.tsx';
import { words as builder } from './builder-words.ts';
import { Chain } from './chain.tsx';
import { Faults } from '../fields/faults.tsx';
import { EndsForm } from './listen-form.tsx';
import { PathNumbers } from './path-card.tsx';
import { withContents, type Definition } from './path-shape.ts';
import { words } from './paths-words.ts';
import { StepsForm } from './steps-form.tsx';
import { TriedSteps } from './tried-steps.tsx';
import { TriggerForm } from './trigger-form.tsx';
import { Versions, type Version } from './versions.tsx';

interface PathEditorProps {
  readonly definition: Definition;
  readonly isNew: boolean;
  readonly isOn: boolean;
  /** Names that other paths have. */
  readonly taken: readonly string[];
  readonly versions: readonly Version[];
  /** @returns whether it was taken */
  readonly save: (definition: Definition, on: boolean) => Promise<boolean>;
  readonly close: () => void;
}
const DAYS = 28;

export function PathEditor({ definition: before, isNew, isOn, taken, versions, save, close }: PathEditorProps) {
  const t = useWords(words);
  const b = useWords(builder);
  const [draft, setDraft] = useState(() => withContents(before));
  const [isAsked, setAsked] = useState(false);
  const [tried, setTried] = useState<{ readonly of: Definition; readonly answer: Answer<'tryPath'> }>();
  const sending = useSending();
  const set = (change: Partial<Definition>) => setDraft(withContents({ ...draft, ...change }));
  const found = faultsOf(draft, isNew ? taken : [], b.idTaken);
  const isTried = tried?.of === draft;
  const tryIt = () => {
    setAsked(true);
    if (found.length === 0)
      void sending.run(async () => {
        setTried({ of: draft, answer: await send('tryPath', { body: { definition: draft, days: DAYS } }) });
      });
  };
  const saveIt = (on: boolean) =>
    void sending.run(async () => {
      if (await save(draft, on)) close();
    });
  return (
    <Faults.Provider value={isAsked ? found : []}>
      <Card title={isNew ? b.fresh : t.editTitle(before.name[language.value])}>
        <div class="stack">
          <Chain definition={draft} />
          <Names draft={draft} set={set} isNew={isNew} />
          <TriggerForm trigger={draft.trigger} onChange={(trigger) => set({ trigger })} />
          <fieldset class="form-part">
            <legend>{b.steps}</legend>
            <StepsForm
              steps={draft.steps}
              at="steps"
              named=""
              draft={draft}
              onChange={(steps) => set({ steps })}
              setContent={(name, content) => set({ contents: { ...draft.contents, [name]: content } })}
            />
          </fieldset>
          <EndsForm label={b.success} hint={b.successHint} ends={draft.success} at="success" onChange={(success) => set({ success })} />
          <EndsForm label={b.exits} hint={b.exitsHint} ends={draft.exits} at="exits" onChange={(exits) => set({ exits })} />
          <Limits draft={draft} set={set} />
          <AsJson {...{ draft, label: b.everything, badJson: t.badJson }} read={readDraft} onChange={setDraft} />
          <Versions versions={versions} take={(definition) => setDraft(withContents(definition))} />
          {isAsked && found.length > 0 && <Notice tone="bad">{b.faults(found.length)}</Notice>}
          {sending.problem !== undefined && <ConsoleTrouble problem={sending.problem} />}
          <div class="line-up">
            <Button busy={sending.busy} onClick={tryIt}>
              {t.tryIt}
            </Button>
            <Button busy={sending.busy} disabled={!isTried} onClick={() => saveIt(isOn)}>
              {isNew ? b.saveNew : t.save}
            </Button>
            {!isOn && (
              <Button kind="quiet" busy={sending.busy} disabled={!isTried} onClick={() => saveIt(true)}>
                {b.saveOn}
              </Button>
            )}
            <Button kind="quiet" onClick={close}>
              {t.close}
            </Button>
          </div>
          {isTried ? <Tried answer={tried.answer} /> : <p class="small soft">{t.tryFirst}</p>}
        </div>
      </Card>
    </Faults.Provider>
  );
}

function Tried({ answer }: { readonly answer: Answer<'tryPath'> }) {
  const t = useWords(words);
  return (
    <>
      <Notice tone="plain">{t.tried(answer.households)}</Notice>
      <PathNumbers numbers={answer.numbers} />
      <TriedSteps steps={answer.steps} />
    </>
  );
}

const readDraft = (text: unknown) => {
  const { path, faults } = readPath(text);
  return { draft: path, faults };
};

function faultsOf(draft: Definition, taken: readonly string[], idTaken: string): readonly Fault[] {
  const isTaken = taken.includes(draft.path);
  return [...(readPath(draft).faults ?? []), ...(isTaken ? [{ at: 'path', words: { de: idTaken, en: idTaken } }] : [])];
}
