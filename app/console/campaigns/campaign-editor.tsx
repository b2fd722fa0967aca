/** Fills a campaign in by fields: each slip at its field; tried on some households and leads before it can be saved. */
import { useState } from 'preact/hooks';
import { frozenFaults, readCampaign } from '../../../shared/journey/campaign/campaign-faults.ts';
import { begunAt } from '../../../shared/journey/campaign/change-campaign.ts';
import type { Fault } from '../../../shared/journey/field-faults.ts';
import { send } from '../../api/client.ts';
import { now } from '../../api/clock.ts';
import type { Answer } from '../../api/contract-types.ts';
import { useSending } from '../../api/use-sending.ts';
import { Button } from '../../design/button.tsx';
import { Card, Notice } from '../../design/card.tsx';
import { Switch } from '../../design/choice.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { AsJson } from '../fields/as-json.tsx';
import { Faults } from '../fields/faults.tsx';
import { WhereForm } from '../fields/where-form.tsx';
import { BasicsForm, FrameForm, type PartProps } from './basics-form.tsx';
import { blankPiece, given, type Draft, type Piece } from './campaign-shape.ts';
import { words } from './editor-words.ts';
import { LeadsForm } from './leads-form.tsx';
import { MeantForm } from './meant-form.tsx';
import { PiecesForm } from './pieces-form.tsx';
import { Tried } from './tried.tsx';
import type { View } from './view.ts';

interface EditorProps {
  readonly begin: Draft;
  /** Absent: a new one. */
  readonly kept?: View | undefined;
  /** Names that others have. */
  readonly taken: readonly string[];
  readonly saved: () => void;
  readonly close: () => void;
}

export function CampaignEditor({ begin, kept, taken, saved, close }: EditorProps) {
  const t = useWords(words);
  const [draft, setDraft] = useState(begin);
  const [isAsked, setAsked] = useState(false);
  const [tried, setTried] = useState<{ readonly of: Draft; readonly preview: Answer<'previewCampaign'> }>();
  const sending = useSending();
  const set = (change: Partial<Draft>) => setDraft(whole({ ...draft, ...change }));
  const found = faultsOf(draft, { kept, taken, idTaken: { de: words.de.idTaken, en: words.en.idTaken } });
  const isTried = tried?.of === draft;
  const tryIt = () => {
    setAsked(true);
    if (found.length === 0)
      void sending.run(async () => {
        setTried({ of: draft, preview: await send('previewCampaign', { body: draft }) });
      });
  };
  const save = (on: boolean) =>
    void sending.run(async () => {
      await send('putCampaign', { params: { campaign: draft.campaign }, body: { ...draft, on } });
      saved();
    });
  return (
    <Faults.Provider value={isAsked ? found : []}>
      <Card title={kept === undefined ? t.fresh : t.editTitle(begin.name[language.value])}>
        <div class="stack">
          {kept !== undefined && begunAt(kept, now()) !== undefined && <Notice tone="plain">{t.begun}</Notice>}
          <BasicsForm draft={draft} set={set} isNew={kept === undefined} />
          <FrameForm draft={draft} set={set} />
          <HouseholdsForm draft={draft} set={set} />
          <LeadsForm draft={draft} set={set} />
          <AsJson {...{ draft, label: t.everything, badJson: t.badJson }} read={readDraft} onChange={setDraft} />
          {isAsked && found.length > 0 && <Notice tone="bad">{t.faults(found.length)}</Notice>}
          {sending.problem !== undefined && <ConsoleTrouble problem={sending.problem} />}
          {isTried ? <Tried preview={tried.preview} draft={draft} /> : <p class="small soft">{t.tryFirst}</p>}
          <div class="line-up">
            <Button busy={sending.busy} onClick={tryIt}>
              {t.tryIt}
            </Button>
            <Button busy={sending.busy} disabled={!isTried} onClick={() => save(draft.on)}>
              {t.save}
            </Button>
            {!draft.on && (
              <Button kind="quiet" busy={sending.busy} disabled={!isTried} onClick={() => save(true)}>
                {t.saveOn}
              </Button>
            )}
            <Button kind="quiet" onClick={close}>
              {t.close}
            </Button>
          </div>
        </div>
      </Card>
    </Faults.Provider>
  );
}

function HouseholdsForm({ draft, set }: PartProps) {
  const t = useWords(words);
  const { audience } = draft;
  return (
    <>
      <fieldset class="form-part">
        <legend>{t.whom}</legend>
        <Switch
          label={t.some}
          hint={t.someHint}
          checked={audience !== undefined}
          onChange={(isOn) => set({ audience: isOn ? { count: [], atLeast: 1 } : undefined })}
        />
        {audience === undefined ? (
          <p class="small soft">{t.everybody}</p>
        ) : (
          <WhereForm where={audience} at="audience" onChange={(where) => set({ audience: where })} />
        )}
      </fieldset>
      <fieldset class="form-part">
        <legend>{t.pieces}</legend>
        <PiecesForm<Piece>
          pieces={draft.pieces}
          at="pieces"
          linkHint={t.linkHint}
          blank={blankPiece}
          onChange={(pieces) => set({ pieces })}
          meant={(piece, at, change) => <MeantForm piece={piece} at={at} onChange={change} />}
        />
      </fieldset>
    </>
  );
}

/** What was taken back is not there, and neither is an empty place for it. */
const whole = (draft: Draft): Draft => given(given(draft, 'audience', draft.audience), 'leads', draft.leads);

const readDraft = (text: unknown) => {
  const { campaign, faults } = readCampaign(text);
  return { draft: campaign, faults };
};

interface Beside {
  readonly kept: View | undefined;
  readonly taken: readonly string[];
  readonly idTaken: Fault['words'];
}
function faultsOf(draft: Draft, { kept, taken, idTaken }: Beside): readonly Fault[] {
  const isTaken = kept === undefined && taken.includes(draft.campaign);
  return [
    ...(readCampaign(draft).faults ?? []),
    ...(kept === undefined ? [] : frozenFaults(kept, draft, now())),
    ...(isTaken ? [{ at: 'campaign', words: idTaken }] : []),
  ];
}
