import { useResource } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { Button } from '../design/button.tsx';
import { Empty, Tag } from '../design/card.tsx';
import { Meter } from '../design/meter.tsx';
import { Page } from '../design/page.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { useLongDates } from './dates.ts';
import { either, nameOf, useMandateName, type Named } from './named.ts';
import { SingleStops } from './single-stops.tsx';
import { StopAll } from './stop-all.tsx';
import { words as grantWords } from './grant-words.ts';
import { words } from './words.ts';
import './mandates.css';

type View = Answer<'listMandates'>['mandates'][number];

export default function MandatesPage() {
  const t = useWords(words);
  const { guest } = useWords(grantWords);
  const { householdId, mayAct } = useHousehold();
  const { data, problem, reload } = useResource('listMandates', { params: { householdId } });
  const isLive = ({ standing }: View): boolean => standing !== 'ended' && standing !== 'over';
  const live = data?.mandates.filter(isLive) ?? [];
  const before = data?.mandates.filter((view) => !isLive(view)) ?? [];
  return (
    <Page title={t.title} back={urls.more} lead={t.lead}>
      <StopAll />
      {data === undefined && problem === undefined && <Loading />}
      {data === undefined && problem !== undefined && <Trouble problem={problem} retry={() => void reload()} />}
      {data !== undefined && live.length === 0 && <Empty title={t.noneTitle}>{t.noneText}</Empty>}
      {data !== undefined && live.length > 0 && (
        <Rows>
          {live.map((view) => (
            <MandateRow key={view.mandate.mandateId} view={view} shops={data.shops} />
          ))}
        </Rows>
      )}
      <div class="line-up">
        <Button href={urls.newMandate} disabled={!mayAct} why={guest}>
          {t.grant}
        </Button>
        <Button kind="quiet" href={urls.statement()}>
          {t.statement}
        </Button>
      </div>
      {data !== undefined && <SingleStops shops={data.shops} />}
      {data !== undefined && before.length > 0 && (
        <>
          <h2>{t.before}</h2>
          <Rows>
            {before.map((view) => (
              <MandateRow key={view.mandate.mandateId} view={view} shops={data.shops} />
            ))}
          </Rows>
        </>
      )}
    </Page>
  );
}

function MandateRow({ view, shops }: { readonly view: View; readonly shops: readonly Named[] }) {
  const t = useWords(words);
  const { money } = useFormats();
  const { date } = useLongDates();
  const mandateName = useMandateName(view.mandate.gtins.length > 0);
  const { mandate, standing, spent, reserved } = view;
  const used = spent.amountMinor + reserved.amountMinor;
  const text = t.spentOf(money({ ...spent, amountMinor: used }), money(mandate.perMonthMax));
  return (
    <Row
      label={mandateName(mandate)}
      href={urls.mandate(mandate.mandateId)}
      aside={<Tag tone={standing === 'active' ? 'good' : 'plain'}>{t.standing[standing]}</Tag>}
    >
      {either(mandate.retailers.map((retailerId) => nameOf(shops, retailerId)))}, {t.until(date(mandate.endsAt))}
      {standing === 'active' && <Meter label={t.figures} value={used / mandate.perMonthMax.amountMinor} text={text} />}
    </Row>
  );
}
