/** Somebody who belongs nowhere begins a household, field by field, each slip at its field. */
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { send } from '../api/client.ts';
import { newId } from '../api/ids.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Select } from '../design/choice.tsx';
import { TextField } from '../design/field.tsx';
import { Page } from '../design/page.tsx';
import { Trouble } from '../design/states.tsx';
import { urls } from '../urls.ts';
import { language, timeZone } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import './begin.css';
import { blankForm, bodyOf, countries, lengths, slipsOf, type BeginForm, type Field } from './begin-form.ts';
import { begun } from './begun.ts';
import { words } from './words.ts';

export interface BeginHouseholdProps {
  /** It stands, and the person belongs to it. */
  readonly onBegun: (householdId: string) => Promise<void>;
  readonly onCancel: () => void;
}

const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
const fresh = (): BeginForm => blankForm(language.value, { languages: navigator.languages, timeZone: ownZone() || timeZone.value, search: location.search });

export function BeginHousehold({ onBegun, onCancel }: BeginHouseholdProps) {
  const t = useWords(words);
  const { route } = useLocation();
  const [form, setForm] = useState(fresh);
  // The same on every try: a tap whose answer was lost begins nothing twice.
  const [householdId] = useState(() => newId('hh'));
  const [isTried, setTried] = useState(false);
  const { busy, problem, run } = useSending();
  const change = (part: Partial<BeginForm>) => setForm({ ...form, ...part });

  const begin = async () => {
    setTried(true);
    if (Object.keys(slipsOf(form)).length > 0) return;
    await run(async () => {
      const { referral } = await send('foundHousehold', { params: { householdId }, body: bodyOf(form) });
      const isEntered = referral === 'entered';
      const text = isEntered ? t.entered : (t.refused[referral ?? ''] ?? t.refusedOtherwise);
      begun.value = referral === undefined ? undefined : { householdId, tone: isEntered ? 'good' : 'warn', text };
      route(urls.home, true);
      await onBegun(householdId);
    });
  };
  return (
    <Page title={t.title} lead={t.lead}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void begin();
        }}
      >
        <Fields {...{ form, change, isTried }} />
        {problem !== undefined && (problem.code === 'too-many-households' ? <Notice tone="bad">{t.tooMany}</Notice> : <Trouble problem={problem} />)}
        <div class="line-up">
          <Button type="submit" busy={busy}>
            {t.begin}
          </Button>
          <Button kind="quiet" onClick={onCancel}>
            {t.cancel}
          </Button>
        </div>
      </form>
    </Page>
  );
}

interface FieldsProps {
  readonly form: BeginForm;
  readonly change: (part: Partial<BeginForm>) => void;
  /** Nobody is told what is missing before they have tried. */
  readonly isTried: boolean;
}

function Fields({ form, change, isTried }: FieldsProps) {
  const t = useWords(words);
  const slips = isTried ? slipsOf(form) : {};
  const text = (field: keyof typeof lengths, autocomplete: string, hint?: string) => {
    const slip = slips[field];
    const onChange = (typed: string) => change({ [field as Field]: typed });
    return (
      <TextField
        {...{ hint, autocomplete, onChange }}
        label={t[field]}
        value={form[field]}
        maxLength={lengths[field]}
        error={slip === undefined ? undefined : t.slips[slip]}
      />
    );
  };
  return (
    <>
      <Card title={t.you}>
        <div class="begin-fields">
          {text('member', 'given-name', t.memberHint)}
          {text('name', 'off', t.nameHint)}
        </div>
      </Card>
      <Card title={t.where}>
        <div class="begin-fields">
          {text('recipient', 'name')}
          {text('street', 'street-address')}
          {text('postalCode', 'postal-code')}
          {text('city', 'address-level2')}
          <Country {...{ form, change }} />
        </div>
      </Card>
      <Card title={t.how}>
        <div class="begin-fields">
          <Select
            label={t.language}
            value={form.language}
            options={(['de', 'en'] as const).map((value) => ({ value, label: t.languages[value] }))}
            onChange={(chosen) => change({ language: chosen })}
          />
          <Zone {...{ form, change }} />
        </div>
      </Card>
      <Card title={t.brought}>{text('code', 'off', t.codeHint)}</Card>
    </>
  );
}

function Country({ form, change }: Omit<FieldsProps, 'isTried'>) {
  const t = useWords(words);
  const names = new Intl.DisplayNames(language.value, { type: 'region' });
  const options = countries.map((value) => ({ value, label: names.of(value) ?? value })).sort((a, b) => a.label.localeCompare(b.label, language.value));
  return <Select label={t.country} value={form.country} options={options} onChange={(country) => change({ country })} />;
}

function Zone({ form, change }: Omit<FieldsProps, 'isTried'>) {
  const t = useWords(words);
  const zones = [...new Set([form.timeZone, ...Intl.supportedValuesOf('timeZone')])].sort();
  const options = zones.map((value) => ({ value, label: value.replaceAll('_', ' ') }));
  return <Select label={t.timeZone} value={form.timeZone} options={options} onChange={(zone) => change({ timeZone: zone })} />;
}
