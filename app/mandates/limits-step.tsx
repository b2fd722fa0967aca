/** How far it may go, with what it would have done with the last orders. */
import { useState } from 'preact/hooks';
import type { Money } from '../../shared/values.ts';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { Stepper } from '../design/choice.tsx';
import { MoneyField } from '../design/field.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { capsOf, MONTHS_MAX, suggested, type Choices, type GrantForm } from './grant-form.ts';
import { words } from './grant-words.ts';
import { Preview } from './preview.tsx';
import type { StepProps } from './what-step.tsx';

const LEAST_MINOR = 100;
const PER_WEEK_MAX = 14;

export function LimitsStep({ form, change, choices }: StepProps) {
  const t = useWords(words);
  const { money } = useFormats();
  const { perOrder, perMonth } = suggested(form, choices);
  const [typed, setTyped] = useState<Record<'order' | 'month', Money | undefined>>(() => typedFirst(form, choices));
  const wrong = (sum: Money | undefined) => (sum === undefined || sum.amountMinor < LEAST_MINOR ? t.wrongSum : undefined);
  const below = typed.order !== undefined && typed.month !== undefined && typed.month.amountMinor < typed.order.amountMinor ? t.monthBelowOrder : undefined;
  const type = (which: 'order' | 'month', sum: Money | undefined) => {
    setTyped({ ...typed, [which]: sum });
    if (wrong(sum) === undefined) change(which === 'order' ? { perOrderMinor: sum?.amountMinor ?? 0 } : { perMonthMinor: sum?.amountMinor ?? 0 });
  };
  const isRight = wrong(typed.order) === undefined && wrong(typed.month) === undefined && below === undefined;
  return (
    <>
      <p>{t.limitsLead}</p>
      <Card>
        <MoneyField
          label={t.perOrder}
          hint={t.suggested(money(perOrder))}
          error={wrong(typed.order)}
          value={typed.order}
          onChange={(sum) => type('order', sum)}
        />
        <MoneyField
          label={t.perMonth}
          hint={t.suggested(money(perMonth))}
          error={wrong(typed.month) ?? below}
          value={typed.month}
          onChange={(sum) => type('month', sum)}
        />
        <div class="field">
          <span class="field-label">{t.perWeek}</span>
          <Stepper label={t.perWeek} value={form.perWeek} min={1} max={PER_WEEK_MAX} onChange={(perWeek) => change({ perWeek })} />
        </div>
        <div class="field">
          <span class="field-label">{t.months}</span>
          <Stepper label={t.months} value={form.months} min={1} max={MONTHS_MAX} text={t.monthsText(form.months)} onChange={(months) => change({ months })} />
        </div>
      </Card>
      {isRight && <Preview {...{ form, choices }} />}
      <div class="line-up">
        <Button disabled={!isRight} onClick={() => change({ step: 'summary' })}>
          {t.toSummary}
        </Button>
        <Button kind="quiet" onClick={() => change({ step: 'what' })}>
          {t.back}
        </Button>
      </div>
    </>
  );
}

function typedFirst(form: GrantForm, choices: Choices): Record<'order' | 'month', Money | undefined> {
  const { perOrder, perMonth } = capsOf(form, choices);
  return { order: perOrder, month: perMonth };
}
