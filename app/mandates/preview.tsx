/** "Of your last 8 orders it would have covered 6": worked out on the server with the very rules that will decide. */
import { useEffect, useState } from 'preact/hooks';
import { send } from '../api/client.ts';
import { saidNow } from '../api/clock.ts';
import type { Answer } from '../api/contract-types.ts';
import { Card, Tag } from '../design/card.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { timeZone } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { termsOf, type Choices, type GrantForm } from './grant-form.ts';
import { words } from './grant-words.ts';

/** Whoever holds the button down asks once. */
const WAIT_MILLIS = 300;

export function Preview({ form, choices }: { readonly form: GrantForm; readonly choices: Choices }) {
  const t = useWords(words);
  const { day } = useFormats();
  const orders = usePreview(form, choices);
  if (orders === undefined) return <p class="small soft">{t.looking}</p>;
  const covered = orders.filter((order) => order.covered);
  const declined = covered.filter((order) => order.declined).length;
  return (
    <Card tone="accent">
      <p>
        {t.covered(covered.length, orders.length)} {declined > 0 && t.declinedToo(declined)}
      </p>
      {orders.length > 0 && (
        <details>
          <summary>{t.showOrders}</summary>
          <Rows>
            {orders.map(({ orderId, proposedAt, covered: isCovered, rulesFailed }) => (
              <Row
                key={orderId}
                label={day(proposedAt)}
                href={urls.order(orderId)}
                aside={<Tag tone={isCovered ? 'good' : 'plain'}>{isCovered ? t.wouldCover : t.wouldAsk}</Tag>}
              >
                {rulesFailed.map(({ rule }) => ruleInWords(rule, t.rules)).join(', ')}
              </Row>
            ))}
          </Rows>
        </details>
      )}
    </Card>
  );
}

const ruleInWords = (rule: string, rules: Readonly<Record<string, string>>): string => rules[rule] ?? rule;

function usePreview(form: GrantForm, choices: Choices): Answer<'previewMandate'>['orders'] | undefined {
  const { householdId } = useHousehold();
  const [orders, setOrders] = useState<Answer<'previewMandate'>['orders']>();
  const asked = JSON.stringify({ ...form, step: '' });
  useEffect(() => {
    let isHere = true;
    const timer = setTimeout(() => {
      send('previewMandate', { params: { householdId }, body: termsOf(form, choices, saidNow(), timeZone.value) }).then(
        (answer) => isHere && setOrders(answer.orders),
        // It only explains; without a connection the rest of the page still says everything.
        () => undefined,
      );
    }, WAIT_MILLIS);
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, [householdId, asked, choices]);
  return orders;
}
