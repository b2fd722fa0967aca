import { SHOPS_MAY_COST_MORE_MAX, type OrderPreferences } from '../../shared/household/order-preferences.ts';
import { useResource } from '../api/client.ts';
import { Switch } from '../design/choice.tsx';
import { MoneyField } from '../design/field.tsx';
import { useHousehold } from '../household.tsx';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

interface PreferredShopsProps {
  readonly now: OrderPreferences;
  readonly set: (change: Partial<OrderPreferences>) => void;
}

/** Which shops one likes better, and what that may cost. */
export function PreferredShops({ now, set }: PreferredShopsProps) {
  const t = useWords(words);
  const { householdId, overview, mayAct } = useHousehold();
  // It tells the names of all linked shops.
  const names = useResource('listMandates', { params: { householdId } }).data?.shops ?? [];
  const tick = (retailerId: OrderPreferences['shops'][number], isTicked: boolean) => {
    const others = now.shops.filter((one) => one !== retailerId);
    set({ shops: isTicked ? [...others, retailerId] : others });
  };
  return (
    <>
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
    </>
  );
}
