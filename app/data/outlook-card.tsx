/** What we think of this household's next months, why, and what that changes: with the word by which it ends. */
import { useResource } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { Card } from '../design/card.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './outlook-words.ts';

type Outlook = NonNullable<Answer<'readOutlook'>['outlook']>;

export function OutlookCard() {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const { data, problem, reload } = useResource('readOutlook', { params: { householdId } });
  return (
    <Card title={t.title} id="outlook">
      <p class="small soft">{t.text}</p>
      {problem !== undefined && data === undefined && <Trouble problem={problem} retry={() => void reload()} />}
      {data?.hasObjected === true && <p>{t.objected}</p>}
      {data?.hasObjected === false && (data.outlook === undefined ? <p>{t.none}</p> : <Thought outlook={data.outlook} />)}
    </Card>
  );
}

function Thought({ outlook: { at, leaves, expectedPurchases, expectedMinor, reasons, causes } }: { readonly outlook: Outlook }) {
  const t = useWords(words);
  const formats = useFormats();
  const why = [...reasons, ...causes].flatMap(({ code, figures }) => t.reasons[code]?.(figures) ?? []);
  const deliveries = Math.round(expectedPurchases);
  return (
    <>
      <p>
        <strong>{leaves >= 0.6 ? t.leaving : leaves >= 0.3 ? t.unsure : t.staying}</strong> {t.chance(Math.round((1 - leaves) * 10))}
      </p>
      <p>{deliveries === 0 ? t.expectNothing : t.expect(deliveries, formats.money({ amountMinor: Math.round(expectedMinor / 500) * 500, currency: 'EUR' }))}</p>
      {why.length > 0 && (
        <>
          <h3>{t.why}</h3>
          <ul>
            {why.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
      <h3>{t.whatFor}</h3>
      <p>{t.use}</p>
      <p class="small soft">{t.asOf(formats.day(at))}</p>
    </>
  );
}
