/** The limits of a mandate and what proves that somebody granted them. */
import type { Answer } from '../api/contract-types.ts';
import { Card } from '../design/card.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { useHousehold } from '../household.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { useLongDates } from './dates.ts';
import { either, listed, nameOf, useCategoryName, useProductNames, type Named } from './named.ts';
import { words } from './words.ts';

type Mandate = Answer<'readMandate'>['view']['mandate'];

export function Limits({ mandate, shops }: { readonly mandate: Mandate; readonly shops: readonly Named[] }) {
  const t = useWords(words);
  const { money } = useFormats();
  const { moment } = useLongDates();
  const categoryName = useCategoryName();
  const productNames = useProductNames(mandate.gtins.length > 0);
  const { categories = [], retailers, perOrderMax, perMonthMax, ordersPerWeekMax, validFrom, endsAt } = mandate;
  return (
    <Card title={t.limits}>
      <Rows>
        <Row label={t.what}>{listed([...categories.map(categoryName), ...productNames(mandate.gtins)])}</Row>
        <Row label={t.shops}>{either(retailers.map((retailerId) => nameOf(shops, retailerId)))}</Row>
        <Row label={t.perOrder} aside={money(perOrderMax)} />
        <Row label={t.perMonth} aside={money(perMonthMax)} />
        <Row label={t.frequency}>{t.frequencyText(ordersPerWeekMax)}</Row>
        <Row label={t.from}>{moment(validFrom)}</Row>
        <Row label={t.ends}>{moment(endsAt)}</Row>
      </Rows>
    </Card>
  );
}

export function Proof({ mandate }: { readonly mandate: Mandate }) {
  const t = useWords(words);
  const { moment } = useLongDates();
  const { overview } = useHousehold();
  const nameOfMember = (memberId: string): string => overview.members.find((member) => member.memberId === memberId)?.name ?? memberId;
  const { evidence, ending } = mandate;
  return (
    <Card title={t.proof}>
      <Rows>
        <Row label={t.grantedBy}>{nameOfMember(evidence.memberId)}</Row>
        <Row label={t.grantedAt}>{moment(evidence.grantedAt)}</Row>
        <Row label={t.wording}>
          {evidence.wordingVersion}, {evidence.language}
        </Row>
        <Row label={t.hash}>
          <code class="fingerprint">{evidence.termsHash}</code>
        </Row>
        {ending !== undefined && (
          <Row label={t.endedAs[ending.because]}>
            {nameOfMember(ending.memberId)}, {moment(ending.at)}
          </Row>
        )}
      </Rows>
    </Card>
  );
}
