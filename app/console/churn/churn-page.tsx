/** Who may leave: how likely, what their silence is, why, and whether such forecasts come true. A list only for a reason. */
import { useResource } from '../../api/client.ts';
import type { Answer } from '../../api/contract-types.ts';
import { Card, Empty } from '../../design/card.tsx';
import { Page } from '../../design/page.tsx';
import { Loading } from '../../design/states.tsx';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/use-words.ts';
import { Bars } from '../bars.tsx';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { DataTable } from '../data-table.tsx';
import { Calibration } from './calibration.tsx';
import { words } from './churn-words.ts';
import { Leaving } from './leaving.tsx';

type Churn = Answer<'readChurn'>;

export default function ChurnPage() {
  const t = useWords(words);
  const { data, problem, reload } = useResource('readChurn', {});
  return (
    <Page title={t.title} lead={t.lead}>
      {data === undefined && (problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />)}
      {data !== undefined && (data.report.households === 0 ? <Empty title={t.none} /> : <Figures churn={data} />)}
    </Page>
  );
}

const Figures = ({ churn }: { readonly churn: Churn }) => (
  <div class="console-figures">
    <Chances report={churn.report} />
    <Readings report={churn.report} />
    <Causes report={churn.report} />
    <Truth churn={churn} />
    <Leaving />
  </div>
);

type Report = Churn['report'];
const RISK_FROM = 5;
const tenthName = (tenth: number): string => `${tenth * 10}–${tenth * 10 + 10} %`;

function Chances({ report: { tenths, households, expectedMinor } }: { readonly report: Report }) {
  const t = useWords(words);
  const formats = useFormats();
  const rows = tenths.map((many, tenth) => ({ tenth, many })).reverse();
  return (
    <Card title={t.chances}>
      <p class="small soft">{t.chancesLead(households, formats.money({ amountMinor: expectedMinor, currency: 'EUR' }))}</p>
      <Bars
        bars={rows.map(({ tenth, many }) => ({
          ...{ key: String(tenth), label: tenthName(tenth), value: many, text: String(many) },
          tone: tenth >= RISK_FROM ? 'bad' : 'good',
        }))}
      />
      <DataTable
        caption={t.chances}
        fileName="chances"
        isFolded
        columns={[t.chance, t.households]}
        rows={rows.map(({ tenth, many }) => [tenthName(tenth), many])}
      />
    </Card>
  );
}

function Readings({ report: { readings } }: { readonly report: Report }) {
  const t = useWords(words);
  const named = [...readings].sort((a, b) => b.households - a.households).map(({ reading, households }) => ({ name: t.readingNames[reading], households }));
  return (
    <Card title={t.readings}>
      <Bars bars={named.map(({ name, households }) => ({ key: name, label: name, value: households, text: String(households) }))} />
      <DataTable
        caption={t.readings}
        fileName="readings"
        isFolded
        columns={[t.reading, t.households]}
        rows={named.map(({ name, households }) => [name, households])}
      />
    </Card>
  );
}

function Causes({ report: { causes } }: { readonly report: Report }) {
  const t = useWords(words);
  const names: Readonly<Record<string, string>> = t.causeNames;
  const named = causes.map(({ cause, households }) => ({ name: names[cause] ?? cause, households }));
  return (
    <Card title={t.causes}>
      <p class="small soft">{causes.length === 0 ? t.noCauses : t.causesLead}</p>
      {causes.length > 0 && (
        <Bars bars={named.map(({ name, households }) => ({ key: name, label: name, value: households, text: String(households), tone: 'bad' }))} />
      )}
      {causes.length > 0 && (
        <DataTable
          caption={t.causes}
          fileName="causes"
          isFolded
          columns={[t.cause, t.households]}
          rows={named.map(({ name, households }) => [name, households])}
        />
      )}
    </Card>
  );
}

function Truth({ churn: { report, model } }: { readonly churn: Churn }) {
  const t = useWords(words);
  const formats = useFormats();
  const { calibration } = report;
  const name = model.model === 'cnbdk' ? `MBG/CNBD-${model.k}` : model.model === 'mbgnbd' ? 'MBG/NBD' : 'BG/NBD';
  return (
    <Card title={t.calibration}>
      <p class="small soft">{calibration.length === 0 ? t.calibrationNone : t.calibrationLead}</p>
      {calibration.length > 0 && <Calibration points={calibration} />}
      {calibration.length > 0 && (
        <DataTable
          {...{ caption: t.calibration, fileName: 'calibration', isFolded: true, columns: [t.foretold, t.happened, t.of] }}
          rows={calibration.map(({ foretold, left, of }) => [formats.percent(foretold), formats.percent(left), of])}
        />
      )}
      <h3>{t.model}</h3>
      <p>{model.fittedAt === undefined ? t.modelPrior(name) : t.modelText(name, model.households, formats.day(model.fittedAt))}</p>
      <p class="small soft">
        {t.modelVersion(model.version)} · r {formats.number(model.parameters.r)}, α {formats.number(model.parameters.alpha)}, a{' '}
        {formats.number(model.parameters.a)}, b {formats.number(model.parameters.b)}
      </p>
    </Card>
  );
}
