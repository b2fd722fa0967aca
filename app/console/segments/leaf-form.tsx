/** One condition, as a form. */
import { phaseNames } from '../../../shared/journey/phase/phase-wording.ts';
import { fieldNames, figureNames, wordInWords } from '../../../shared/journey/standing/known-wording.ts';
import { channelSchema, phaseSchema } from '../../../shared/journey/words.ts';
import { Select, Switch } from '../../design/choice.tsx';
import { NumberField, TextField } from '../../design/field.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { leafKinds, tiers, type LeafDraft, type LeafKind } from './condition-draft.ts';
import { words } from './segments-words.ts';
import { TypePicker } from './type-picker.tsx';

interface LeafProps {
  readonly leaf: LeafDraft;
  readonly error: string | undefined;
  readonly change: (leaf: LeafDraft) => void;
  readonly remove: (() => void) | undefined;
}

export function LeafForm({ leaf, error, change, remove }: LeafProps) {
  const t = useWords(words);
  const set = (part: Partial<LeafDraft>) => change({ ...leaf, ...part });
  return (
    <div class={error === undefined ? 'segment-leaf' : 'segment-leaf segment-leaf-bad'}>
      <Select label={t.kind} value={leaf.kind} options={leafKinds.map((value) => ({ value, label: t.kinds[value] }))} onChange={(kind) => set({ kind })} />
      <OfKind leaf={leaf} set={set} />
      {hasBounds(leaf.kind) && <Bounds leaf={leaf} set={set} />}
      <Switch label={t.not} checked={leaf.isNot} onChange={(isNot) => set({ isNot })} />
      {error !== undefined && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
      {remove !== undefined && (
        <button type="button" class="console-plain" onClick={remove}>
          {t.remove}
        </button>
      )}
    </div>
  );
}

const hasBounds = (kind: LeafKind): boolean => kind !== 'phase' && kind !== 'tier' && kind !== 'field';
const hasDays = (kind: LeafKind): boolean => ['count', 'share', 'spent', 'campaign', 'channel'].includes(kind);
const unitOf: Partial<Readonly<Record<LeafKind, string>>> = { share: '%', health: '%', prediction: '%', spent: '€' };

interface PartProps {
  readonly leaf: LeafDraft;
  readonly set: (part: Partial<LeafDraft>) => void;
}

function Bounds({ leaf, set }: PartProps) {
  const t = useWords(words);
  const unit = unitOf[leaf.kind];
  return (
    <>
      <NumberField label={t.atLeast} value={leaf.atLeast} onChange={(atLeast) => set({ atLeast })} {...(unit !== undefined && { unit })} />
      <NumberField label={t.atMost} value={leaf.atMost} onChange={(atMost) => set({ atMost })} {...(unit !== undefined && { unit })} />
      {hasDays(leaf.kind) && <NumberField label={t.days} value={leaf.days} min={1} max={35} step={1} onChange={(days) => set({ days })} />}
    </>
  );
}

function OfKind({ leaf, set }: PartProps) {
  const t = useWords(words);
  const { kind } = leaf;
  if (kind === 'count' || kind === 'daysSince')
    return (
      <>
        <TypePicker label={t.what} types={leaf.types} change={(types) => set({ types })} />
        {kind === 'count' ? <Line leaf={leaf} set={set} /> : <Which leaf={leaf} set={set} />}
      </>
    );
  if (kind === 'share')
    return (
      <>
        <TypePicker label={t.what} types={leaf.types} change={(types) => set({ types })} />
        <TypePicker label={t.ofWhat} types={leaf.of} change={(of) => set({ of })} />
        <NumberField label={t.least} value={leaf.least} min={1} step={1} onChange={(least) => set({ least })} />
        <Line leaf={leaf} set={set} />
      </>
    );
  if (kind === 'spent') return <Line leaf={leaf} set={set} />;
  if (kind === 'phase')
    return (
      <>
        <Select
          label={t.phase}
          value={leaf.phase}
          options={phaseSchema.options.map((value) => ({ value, label: phaseNames[value][language.value] }))}
          onChange={(phase) => set({ phase })}
        />
        <Line leaf={leaf} set={set} />
      </>
    );
  if (kind === 'tier') return <Tiers leaf={leaf} set={set} />;
  if (kind === 'health') return null;
  return <Named leaf={leaf} set={set} />;
}

/** What is there to choose from is offered; what others name may be typed. */
function Named({ leaf, set }: PartProps) {
  const t = useWords(words);
  const offered = { figure: Object.keys(figureNames), field: Object.keys(fieldNames), channel: channelSchema.options, prediction: ['leaves'] } as const;
  const id = `segment-names-${leaf.kind}`;
  const names: readonly string[] =
    leaf.kind === 'figure' || leaf.kind === 'field' || leaf.kind === 'channel' || leaf.kind === 'prediction' ? offered[leaf.kind] : [];
  return (
    <>
      <TextField label={t.name} value={leaf.name} maxLength={80} onChange={(name) => set({ name })} {...(names.length > 0 && { hint: names.join(', ') })} />
      {leaf.kind === 'field' && (
        <TextField key={id} label={t.values} value={leaf.values.join(', ')} onChange={(text) => set({ values: text.split(',').map((one) => one.trim()) })} />
      )}
    </>
  );
}

const Line = ({ leaf, set }: PartProps) => {
  const t = useWords(words);
  return <TextField label={t.line} value={leaf.line} maxLength={40} onChange={(line) => set({ line })} />;
};

function Which({ leaf, set }: PartProps) {
  const t = useWords(words);
  return (
    <Select
      label={t.which}
      value={leaf.which}
      options={(['first', 'last'] as const).map((value) => ({ value, label: t.whiches[value] }))}
      onChange={(which) => set({ which })}
    />
  );
}

function Tiers({ leaf, set }: PartProps) {
  return (
    <div class="console-switch">
      {tiers.map((tier) => (
        <button
          key={tier}
          type="button"
          aria-pressed={leaf.tiers.includes(tier)}
          onClick={() => set({ tiers: leaf.tiers.includes(tier) ? leaf.tiers.filter((one) => one !== tier) : [...leaf.tiers, tier] })}
        >
          {wordInWords(tier, language.value)}
        </button>
      ))}
    </div>
  );
}
