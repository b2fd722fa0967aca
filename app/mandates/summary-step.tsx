/** Everything once more, directly above the button with the words of the law (BGB §312j (2), (3); CJEU C-400/22). What is shown is what is sent and hashed. */
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { orderButtonTexts, WORDING_VERSION } from '../../shared/order/order-button.ts';
import { termsHash } from '../../shared/order/terms-hash.ts';
import { send } from '../api/client.ts';
import { saidNow } from '../api/clock.ts';
import { newId } from '../api/ids.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/card.tsx';
import { OrderButton } from '../design/order-button.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { language, timeZone } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { useLongDates } from './dates.ts';
import { isChosen, termsOf, type Terms } from './grant-form.ts';
import { words } from './grant-words.ts';
import { either, listed, nameOf, useCategoryName } from './named.ts';
import { Preview } from './preview.tsx';
import type { StepProps } from './what-step.tsx';
import { words as mandateWords } from './words.ts';

export function SummaryStep({ form, change, clear, choices }: StepProps & { readonly clear: () => Promise<void> }) {
  const t = useWords(words);
  const { mayAct } = useHousehold();
  // Made once, when the page is shown: the same press sent twice is the same mandate with the same terms.
  const [offer] = useState(() => ({ mandateId: newId('man'), terms: termsOf(form, choices, saidNow(), timeZone.value) }));
  const { grant, busy, problem } = useGrant(offer, clear);
  const categoryName = useCategoryName();
  const single = choices.items.filter((item) => isChosen(form, item) && !form.categories.includes(item.category));
  const titles = single.flatMap(({ name, products }) => products.map(({ title }) => title ?? name));
  const goods = listed([...form.categories.map(categoryName), ...new Set(titles)]);
  return (
    <>
      <Preview {...{ form, choices }} />
      <Explained goods={goods} terms={offer.terms} shops={choices.shops} />
      <section class="summary-box">
        <Shown goods={goods} terms={offer.terms} shops={choices.shops} />
        {problem !== undefined && (problem.isOffline ? <Notice tone="bad">{t.offline}</Notice> : <Trouble problem={problem} />)}
        <OrderButton busy={busy} disabled={!mayAct} why={t.guest} onClick={() => void grant()} />
      </section>
      <div class="line-up">
        <Button kind="quiet" onClick={() => change({ step: 'limits' })}>
          {t.back}
        </Button>
      </div>
    </>
  );
}

interface ShownProps {
  readonly goods: string;
  readonly terms: Terms;
  readonly shops: StepProps['choices']['shops'];
}

/** In one sentence, what it will do. */
function Explained({ goods, terms, shops }: ShownProps) {
  const t = useWords(words);
  const m = useWords(mandateWords);
  const { money } = useFormats();
  const { date } = useLongDates();
  const { retailers, perOrderMax, perMonthMax, ordersPerWeekMax, endsAt } = terms;
  const where = either(retailers.map((retailerId) => nameOf(shops, retailerId)));
  return <p>{t.summaryLead(goods, where, money(perOrderMax), money(perMonthMax), m.frequencyText(ordersPerWeekMax), date(endsAt))}</p>;
}

/** The terms one by one, as they are hashed; on a phone in one view with the button. */
function Shown({ goods, terms, shops }: ShownProps) {
  const t = useWords(words);
  const m = useWords(mandateWords);
  const { money } = useFormats();
  const { date } = useLongDates();
  const { retailers, perOrderMax, perMonthMax, ordersPerWeekMax, validFrom, endsAt } = terms;
  return (
    <dl>
      <dt>{t.what}</dt>
      <dd>{goods}</dd>
      <dt>{t.where}</dt>
      <dd>{listed(retailers.map((retailerId) => nameOf(shops, retailerId)))}</dd>
      <dt>{t.mostOrder}</dt>
      <dd>
        <strong>{t.most(money(perOrderMax))}</strong>
      </dd>
      <dt>{t.mostMonth}</dt>
      <dd>
        <strong>{t.most(money(perMonthMax))}</strong>
      </dd>
      <dt>{t.often}</dt>
      <dd>{m.frequencyText(ordersPerWeekMax)}</dd>
      <dt>{t.duration}</dt>
      <dd>{t.durationText(date(validFrom), date(endsAt))}</dd>
      <dt>{t.pauseEnd}</dt>
      <dd>{t.pauseEndText}</dd>
      <dt>{t.pays}</dt>
      <dd>{t.paysText}</dd>
    </dl>
  );
}

function useGrant(offer: { readonly mandateId: string; readonly terms: Terms }, clear: () => Promise<void>) {
  const { householdId, reload } = useHousehold();
  const { route } = useLocation();
  const { busy, problem, run } = useSending();
  const grant = async () => {
    const { mandateId, terms } = offer;
    // The words that stand on the button at this moment are part of the proof.
    const evidence = {
      ...{ wordingVersion: WORDING_VERSION, language: language.value, buttonText: orderButtonTexts[language.value][0] },
      termsHash: termsHash(terms),
    };
    await run(async () => {
      await send('grantMandate', { params: { householdId, mandateId }, body: { ...terms, evidence } });
      await clear();
      void reload();
      route(`${urls.mandate(mandateId)}?granted`, true);
    });
  };
  return { grant, busy, problem };
}
