import { useState } from 'preact/hooks';
import { NO_PREFERENCES, orderWishes, SHOPS_MAY_COST_MORE_MAX, type OrderPreferences } from '../../shared/household/order-preferences.ts';
import { send, useResource } from '../api/client.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Choice, Switch } from '../design/choice.tsx';
import { MoneyField } from '../design/field.tsx';
import { Page } from '../design/page.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { SubstituteLimits } from './substitute-limits.tsx';
import { words } from './words.ts';

export default function PreferencesPage() {
  const t = useWords(words);
  const { householdId, overview, mayAct, reload } = useHousehold();
  // It tells the names of all linked shops.
  const names = useResource('listMandates', { params: { householdId } }).data?.shops ?? [];
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
  const tick = (retailerId: OrderPreferences['shops'][number], isTicked: boolean) => {
    const others = now.shops.filter((one) => one !== retailerId);
    set({ shops: isTicked ? [...others, retailerId] : others });
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
          <fieldset>
            <legend class="field-label">{t.shops}</legend>
            <div class="field-hint">{t.shopsHint}</div>
            {overview.household.shops.map(({ retailerId }) => (
              <Switch
                key={retailerId}
                label={names.find((shop) => shop.retailerId === retailerId)?.name ?? retailerId}
                checked={now.shops.includes(retailerId)}
                disabled={!mayAct}
                onChange={(isTicked) => tick(retailerId, isTicked)}
              />
            ))}
          </fieldset>
          {now.shops.length > 0 && (
            <MoneyField
              label={t.mayCostMore}
              value={{ amountMinor: now.shopsMayCostMoreMinor, currency: 'EUR' }}
              disabled={!mayAct}
              onChange={(money) => set({ shopsMayCostMoreMinor: Math.min(SHOPS_MAY_COST_MORE_MAX, money?.amountMinor ?? 0) })}
            />
          )}
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
