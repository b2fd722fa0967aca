import { useState } from 'preact/hooks';
import { runOuts } from '../../shared/supply/reorder/service-level.ts';
import { send, useResource } from '../api/client.ts';
import type { Answer, SendInput } from '../api/contract-types.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Choice, Stepper, Switch } from '../design/choice.tsx';
import { NumberField, TextField } from '../design/field.tsx';
import { Page } from '../design/page.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useParam } from '../use-param.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { careWords } from './care-words.ts';
import { AutomationChoice } from './automation-choice.tsx';
import { ProductOrder } from './product-order.tsx';
import { SubstituteRules } from './substitute-rules.tsx';
import './supplies.css';

type Supply = Answer<'readSupply'>;
type Change = SendInput<'changeSupply'>['body'];

export default function SupplySettingsPage() {
  const t = useWords(careWords);
  const supplyId = useParam('supplyId');
  const { householdId } = useHousehold();
  const { data: supply, problem, reload } = useResource('readSupply', { params: { householdId, supplyId } });
  return (
    <Page title={supply === undefined ? '…' : t.settingsTitle(supply.name)} back={urls.supply(supplyId)} backLabel={supply?.name}>
      {supply === undefined && (problem === undefined ? <Loading /> : <Trouble problem={problem} retry={() => void reload()} />)}
      {supply !== undefined && <Settings supply={supply} reload={reload} />}
    </Page>
  );
}

/** What was typed stands above what was read, so that a note about somebody else's change does not take it away. */
function Settings({ supply, reload }: { readonly supply: Supply; readonly reload: () => Promise<void> }) {
  const t = useWords(careWords);
  const { householdId, reload: reloadHousehold } = useHousehold();
  const [change, setChange] = useState<Change>({});
  const [isSaved, setSaved] = useState(false);
  const { busy, problem, run, clear } = useSending();
  const set = (more: Change) => {
    setChange((before) => ({ ...before, ...more }));
    setSaved(false);
    clear();
  };
  const save = () =>
    run(async () => {
      await send('changeSupply', { params: { householdId, supplyId: supply.supplyId }, body: change });
      await Promise.all([reload(), reloadHousehold()]);
      setChange({});
      setSaved(true);
    });
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Card>
        <div class="stack">
          <TextField label={t.name} value={change.name ?? supply.name} onChange={(name) => set({ name })} maxLength={60} required />
          <Switch
            label={t.neverLabel}
            hint={t.neverHint}
            checked={change.neverBuy ?? supply.settings.neverBuy ?? false}
            onChange={(neverBuy) => set({ neverBuy })}
          />
        </div>
      </Card>
      <HowMuch {...{ supply, change, set }} />
      <FromWhom {...{ supply, change, set }} />
      <AutomationChoice {...{ supply, change, set }} />
      {isSaved && <Notice tone="good">{t.saved}</Notice>}
      {problem !== undefined && <Trouble problem={problem} />}
      <div>
        <Button type="submit" busy={busy} disabled={Object.keys(change).length === 0}>
          {t.save}
        </Button>
      </div>
    </form>
  );
}

interface PartProps {
  readonly supply: Supply;
  readonly change: Change;
  readonly set: (more: Change) => void;
}

function HowMuch({ supply, change, set }: PartProps) {
  const t = useWords(careWords);
  const formats = useFormats();
  const { settings, unit, reorderPoints } = supply;
  return (
    <Card>
      <div class="stack">
        <Choice
          label={t.runOutLabel}
          value={change.runOut ?? supply.runOut}
          onChange={(runOut) => set({ runOut })}
          options={runOuts.map((value) => ({ value, label: t.runOuts[value], hint: t.runOutCost(formats.quantity(reorderPoints[value], unit)) }))}
        />
        <NumberField
          label={t.coverLabel}
          unit={t.coverDays}
          min={1}
          max={90}
          value={'coverDays' in change ? change.coverDays : Math.round(settings.coverDays)}
          onChange={(coverDays) => set({ coverDays })}
        />
        <NumberField
          label={t.shelfLife}
          hint={t.shelfLifeHint}
          unit={t.coverDays}
          min={1}
          max={3_650}
          value={'shelfLifeDays' in change ? (change.shelfLifeDays ?? undefined) : settings.shelfLifeDays}
          onChange={(shelfLifeDays) => set({ shelfLifeDays: shelfLifeDays ?? null })}
        />
        {supply.thing === undefined && (
          <Switch
            label={t.everyUseLabel}
            hint={t.everyUseHint}
            checked={change.everyUseTold ?? settings.everyUseTold ?? false}
            onChange={(everyUseTold) => set({ everyUseTold })}
          />
        )}
        <div class="field">
          <span class="field-label">{t.packsMax}</span>
          <Stepper label={t.packsMax} min={1} max={99} value={change.packsMax ?? settings.packsMax} onChange={(packsMax) => set({ packsMax })} />
        </div>
        <Switch
          label={t.stockUpLabel}
          hint={t.stockUpHint}
          checked={change.stockUpWhenCheap ?? settings.stockUpWhenCheap ?? false}
          onChange={(stockUpWhenCheap) => set({ stockUpWhenCheap })}
        />
      </div>
    </Card>
  );
}

const SUBSTITUTES = ['ask', 'same-brand', 'any-equal', 'never'] as const;

function FromWhom({ supply, change, set }: PartProps) {
  const t = useWords(careWords);
  const allowed = change.shops ?? supply.settings.shops ?? [];
  const tick = (retailerId: (typeof allowed)[number], isTicked: boolean) => {
    const others = allowed.filter((one) => one !== retailerId);
    set({ shops: isTicked ? [...others, retailerId] : others });
  };
  return (
    <Card>
      <div class="stack">
        <fieldset>
          <legend class="field-label">{t.shopsLabel}</legend>
          <div class="field-hint">{t.shopsHint}</div>
          {supply.shops.map(({ retailerId, name }) => (
            <Switch key={retailerId} label={name} checked={allowed.includes(retailerId)} onChange={(isTicked) => tick(retailerId, isTicked)} />
          ))}
        </fieldset>
        <ProductOrder supply={supply} gtins={change.products ?? supply.products.map(({ gtin }) => gtin)} onChange={(products) => set({ products })} />
        <Choice
          label={t.substituteLabel}
          value={change.substitute ?? supply.settings.substitute ?? 'ask'}
          onChange={(substitute) => set({ substitute })}
          options={SUBSTITUTES.map((value) => ({ value, label: t.substitutes[value] }))}
        />
        <SubstituteRules {...{ supply, change, set }} />
      </div>
    </Card>
  );
}
