/** A signal is put down: each slip said at its field. */
import { useState } from 'preact/hooks';
import { CATEGORY_WORDS } from '../../../shared/supply/prior/category.ts';
import { categoryName } from '../../../shared/supply/prior/category-wording.ts';
import { now } from '../../api/clock.ts';
import { Button } from '../../design/button.tsx';
import { Card, Notice } from '../../design/card.tsx';
import { Select } from '../../design/choice.tsx';
import { NumberField, TextField } from '../../design/field.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { emptyDraft, faultsOf, signalOf, type Draft, type DraftField } from './draft.ts';
import { words } from './signals-words.ts';

interface FormProps {
  readonly busy: boolean;
  readonly put: (signal: ReturnType<typeof signalOf>, taken: () => void) => void;
}

export function PutDown({ busy, put }: FormProps) {
  const t = useWords(words);
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [tried, setTried] = useState(false);
  const [sent, setSent] = useState(false);
  const faults = tried ? faultsOf(draft, now()) : {};
  const fault = (field: DraftField): string | undefined => faults[field] && t.faults[faults[field]];
  const set = (change: Partial<Draft>) => {
    setDraft({ ...draft, ...change });
    setSent(false);
  };
  const taken = () => {
    setDraft(emptyDraft);
    setTried(false);
    setSent(true);
  };
  const send = () => {
    setTried(true);
    if (Object.keys(faultsOf(draft, now())).length === 0) put(signalOf(draft, now()), taken);
  };
  return (
    <Card title={t.put}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Select
          label={t.kind}
          value={draft.kind}
          options={(['recall', 'trend', 'late-goods'] as const).map((value) => ({ value, label: t.putKinds[value] }))}
          onChange={(kind) => set({ kind })}
        />
        <Fields {...{ draft, set, fault }} />
        {draft.kind === 'recall' && <p class="small soft">{t.recallNote}</p>}
        <div>
          <Button kind={draft.kind === 'recall' ? 'danger' : 'primary'} type="submit" busy={busy}>
            {draft.kind === 'recall' ? t.sendRecall : t.send}
          </Button>
        </div>
        {sent && <Notice tone="good">{t.sent}</Notice>}
      </form>
    </Card>
  );
}

interface FieldsProps {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
  readonly fault: (field: DraftField) => string | undefined;
}

function Fields({ draft, set, fault }: FieldsProps) {
  const t = useWords(words);
  if (draft.kind === 'recall') return <RecallFields {...{ draft, set, fault }} />;
  return (
    <>
      {draft.kind === 'trend' ? (
        <Select
          label={t.category}
          value={draft.category}
          options={Object.keys(CATEGORY_WORDS).map((value) => ({ value, label: categoryName(value, language.value) }))}
          onChange={(category) => set({ category })}
        />
      ) : (
        <TextField label={t.shop} hint={t.shopHint} value={draft.shop} maxLength={67} error={fault('shop')} onChange={(shop) => set({ shop })} />
      )}
      <NumberField label={draft.kind === 'trend' ? t.percent : t.days} value={draft.amount} error={fault('amount')} onChange={(amount) => set({ amount })} />
      <TextField label={t.until} hint={t.untilHint} value={draft.until} maxLength={10} error={fault('until')} onChange={(until) => set({ until })} />
    </>
  );
}

function RecallFields({ draft, set, fault }: FieldsProps) {
  const t = useWords(words);
  return (
    <>
      <TextField label={t.gtin} value={draft.gtin} inputMode="numeric" maxLength={20} error={fault('gtin')} onChange={(gtin) => set({ gtin })} />
      <TextField label={t.lots} hint={t.lotsHint} value={draft.lots} lines={3} error={fault('lots')} onChange={(lots) => set({ lots })} />
      {(['De', 'En'] as const).map((which) => (
        <TextField
          key={which}
          label={`${t.because}, ${which === 'De' ? t.inGerman : t.inEnglish}`}
          hint={which === 'De' ? t.becauseHint : undefined}
          value={draft[`because${which}`]}
          lines={2}
          maxLength={300}
          error={fault(`because${which}`)}
          onChange={(text) => set({ [`because${which}`]: text })}
        />
      ))}
    </>
  );
}
