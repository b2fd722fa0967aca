import { useState } from 'preact/hooks';
import { NO_PREFERENCES, orderWishes, type OrderPreferences } from '../../shared/household/order-preferences.ts';
import { send } from '../api/client.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Choice } from '../design/choice.tsx';
import { Page } from '../design/page.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { PreferredShops } from './preferred-shops.tsx';
import { SubstituteLimits } from './substitute-limits.tsx';
import { words } from './words.ts';

export default function PreferencesPage() {
  const t = useWords(words);
  const { householdId, overview, mayAct, reload } = useHousehold();
  const { busy, problem, run } = useSending(reload);
  const [changed, setChanged] = useState<OrderPreferences>();
  const [saved, setSaved] = useState(false);
  const now = changed ?? overview.household.preferences ?? NO_PREFERENCES;
  const set = (change: Partial<OrderPreferences>) => {
    setSaved(false);
    setChanged({ ...now, ...change });
  };
  const save = async () => {
    setSaved(await run(() => send('changePreferences', { params: { householdId }, body: now })));
  };
  return (
    <Page title={t.title} back={urls.more} backLabel={t.back} lead={t.lead}>
      {problem !== undefined && <Trouble problem={problem} />}
      {saved && <Notice tone="good">{t.saved}</Notice>}
      <Card>
        <div class="stack">
          <Choice
            label={t.wish}
            value={now.wish}
            options={orderWishes.map((value) => ({ value, label: t.wishes[value], hint: t.hints[value], disabled: !mayAct }))}
            onChange={(wish) => set({ wish })}
          />
          <PreferredShops now={now} set={set} />
          <fieldset class="stack">
            <legend class="field-label">{t.instead}</legend>
            <div class="field-hint">
              {t.insteadHint} <a href={urls.diet}>{t.diet}</a>
            </div>
            <SubstituteLimits
              isOfOneItem={false}
              disabled={!mayAct}
              dearerAtMost={now.dearerAtMost}
              neverBrands={now.neverBrands}
              onDearer={(limit) => set({ dearerAtMost: limit ?? undefined })}
              onBrands={(brands) => set({ neverBrands: brands.length === 0 ? undefined : brands })}
            />
          </fieldset>
          <div>
            <Button busy={busy} disabled={!mayAct} onClick={() => void save()}>
              {t.save}
            </Button>
          </div>
        </div>
      </Card>
    </Page>
  );
}
