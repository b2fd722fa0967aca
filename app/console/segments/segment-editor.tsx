/** Builds a segment, or changes one: what it is called, its conditions, and how many that would be before anything is saved. */
import { useState } from 'preact/hooks';
import { conditionInWords } from '../../../shared/journey/standing/condition-wording.ts';
import { send } from '../../api/client.ts';
import type { Answer } from '../../api/contract-types.ts';
import type { ApiProblem } from '../../api/problem.ts';
import { useSending, type Sending } from '../../api/use-sending.ts';
import { Button } from '../../design/button.tsx';
import { Card, Notice } from '../../design/card.tsx';
import { Select } from '../../design/choice.tsx';
import { TextField } from '../../design/field.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { conditionOf, draftOf, newLeaf, type ConditionDraft } from './condition-draft.ts';
import { Conditions, ConditionText } from './conditions.tsx';
import { words } from './segments-words.ts';
import type { Segment } from './view.ts';

export interface SegmentDraft {
  readonly isNew?: true;
  readonly segment?: Segment;
  readonly parent?: string;
  readonly condition?: Segment['condition'];
}

interface EditorProps {
  readonly draft: SegmentDraft;
  readonly segments: readonly Segment[];
  readonly sending: Sending;
  readonly save: (segment: Segment) => Promise<void>;
  readonly close: () => void;
}

/** Where a refusal belongs: `segment.name.de: expected …`. */
export function faultOf(problem: ApiProblem | undefined): { readonly at: string; readonly message: string } | undefined {
  const [, at, message] = /^segment\.?([^:]*): (.*)$/s.exec(problem?.detail ?? '') ?? [];
  return problem?.status !== 400 || at === undefined || message === undefined ? undefined : { at, message };
}

export function SegmentEditor({ draft, segments, sending, save, close }: EditorProps) {
  const t = useWords(words);
  const known = draft.segment;
  const [id, setId] = useState(known?.segment ?? '');
  const [name, setName] = useState(known?.name ?? { en: '', de: '' });
  const [parent, setParent] = useState(known?.parent ?? draft.parent ?? '');
  const start = known?.condition ?? draft.condition;
  const [groups, setGroups] = useState<ConditionDraft | undefined>(() => (start === undefined ? [[newLeaf()]] : draftOf(start)));
  const [raw, setRaw] = useState<Segment['condition'] | undefined>(start);
  const trial = useSending();
  const [found, setFound] = useState<Answer<'previewSegment'>>();
  const condition = groups === undefined ? raw : conditionOf(groups);
  const fault = faultOf(trial.problem) ?? faultOf(sending.problem);
  const at = (place: string) => (fault?.at === place ? fault.message : undefined);
  const other = [trial.problem, sending.problem].find((problem) => problem !== undefined && faultOf(problem) === undefined);
  const segment: Segment | undefined = condition && {
    ...{ segment: id, name, condition },
    ...(parent !== '' && { parent }),
    ...(known?.isOff === true && { isOff: true as const }),
  };
  const preview = (lookedAt: 'some' | 'all') =>
    trial.run(async () => {
      setFound(undefined);
      if (segment !== undefined) setFound(await send('previewSegment', { body: { segment, lookedAt, language: language.value } }));
    });
  return (
    <Card title={known === undefined ? t.fresh : known.name[language.value]}>
      <div class="segment-names">
        <TextField label={t.nameEn} value={name.en} maxLength={80} onChange={(en) => setName({ ...name, en })} error={at('name.en')} />
        <TextField label={t.nameDe} value={name.de} maxLength={80} onChange={(de) => setName({ ...name, de })} error={at('name.de')} />
        <TextField label={t.id} hint={t.idHint} value={id} maxLength={40} disabled={known !== undefined} onChange={setId} error={at('segment')} />
        <Select
          label={t.parent}
          value={parent}
          error={at('parent')}
          options={[
            { value: '', label: t.noParent },
            ...segments.filter((one) => one.segment !== id).map((one) => ({ value: one.segment, label: one.name[language.value] })),
          ]}
          onChange={setParent}
        />
      </div>
      <h3>{t.conditions}</h3>
      {groups === undefined ? (
        <ConditionText condition={raw} change={setRaw} error={fault?.at.startsWith('condition') === true ? fault.message : undefined} />
      ) : (
        <Conditions groups={groups} change={setGroups} fault={fault} />
      )}
      {condition !== undefined && isSaid(groups) && <p class="soft">{conditionInWords(condition, language.value)}</p>}
      {other !== undefined && <ConsoleTrouble problem={other} />}
      {found !== undefined && <Found found={found} all={() => void preview('all')} />}
      <div class="segment-actions">
        <Button kind="quiet" busy={trial.busy} disabled={segment === undefined} onClick={() => void preview('some')}>
          {t.preview}
        </Button>
        <Button busy={sending.busy} disabled={segment === undefined} onClick={() => segment && void save(segment)}>
          {t.save}
        </Button>
        <button type="button" class="console-plain" onClick={close}>
          {t.close}
        </button>
      </div>
    </Card>
  );
}

/** A sentence without what it is about says nothing. */
const isSaid = (groups: ConditionDraft | undefined): boolean =>
  groups === undefined || groups.every((group) => group.every(({ kind, types }) => !['count', 'share', 'daysSince'].includes(kind) || types.length > 0));

function Found({
  found: { of, members, entering, leaving, unknown, households },
  all,
}: {
  readonly found: Answer<'previewSegment'>;
  readonly all: () => void;
}) {
  const t = useWords(words);
  const isSample = of < households;
  return (
    <Notice tone="plain">
      <strong>{t.previewOf(members, of)}</strong> {t.moves(entering, leaving)} {unknown > 0 && t.unknown(unknown)}
      <p class="small">
        {isSample ? t.sample(of, households) : t.whole(households)} {t.cost}
      </p>
      {isSample && (
        <button type="button" class="console-plain" onClick={all}>
          {t.previewAll}
        </button>
      )}
    </Notice>
  );
}
