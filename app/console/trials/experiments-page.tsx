/** Experiments: each arm with how many entered and reached what it is for, the lift with its interval, and whether anything may be said yet. */
import { typeInWords } from '../../../shared/journey/type-wording.ts';
import { useResource } from '../../api/client.ts';
import type { Answer } from '../../api/contract-types.ts';
import { Card, Tag } from '../../design/card.tsx';
import { Page } from '../../design/page.tsx';
import { Loading } from '../../design/states.tsx';
import { useFormats } from '../../words/formats.ts';
import { LOCALES } from '../../words/formats.ts';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { DataTable } from '../data-table.tsx';
import { IntervalRows } from './interval-rows.tsx';
import { words } from './trials-words.ts';

type One = Answer<'listExperiments'>['experiments'][number];
type Lift = One['result']['lifts'][number];

export default function ExperimentsPage() {
  const t = useWords(words);
  const { data, problem, reload } = useResource('listExperiments', {});
  return (
    <Page title={t.experiments} lead={t.experimentsLead}>
      {data === undefined && (problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />)}
      <div class="console-figures">
        {data?.experiments.map((one) => (
          <Trial key={one.experiment.experiment} one={one} />
        ))}
      </div>
    </Page>
  );
}

function Trial({ one: { experiment, judged, result } }: { readonly one: One }) {
  const t = useWords(words);
  const formats = useFormats();
  const { arms, lifts, running } = result;
  const rates = arms.flatMap(({ arm, rate, reached, entered }) =>
    rate === undefined ? [] : [{ key: arm, label: t.arms[arm] ?? arm, ...rate, text: t.takenText(formats.percent(rate.value), reached, entered) }],
  );
  const money = (amount: number): string => formats.money({ amountMinor: Math.round(amount), currency: 'EUR' });
  return (
    <Card title={experiment.name[language.value]}>
      <p class="small soft">
        {t.outcome(experiment.outcome.map((name) => typeInWords(name, language.value)).join(', '), experiment.windowDays)}{' '}
        {judged === undefined ? t.notJudged : t.judged(dayInWords(judged.from), dayInWords(judged.to))} {running > 0 && t.running(running)}
      </p>
      {rates.length > 0 && <IntervalRows rows={rates} />}
      {lifts.map((lift) => (
        <LiftOf key={lift.arm} lift={lift} />
      ))}
      <DataTable
        caption={experiment.name[language.value]}
        fileName={`experiment-${experiment.experiment}`}
        columns={[t.arm, t.share, t.entered, t.reached, t.rate, t.from, t.to, t.value]}
        rows={arms.map(({ arm, share, entered, reached, rate, minor }) => [
          ...[t.arms[arm] ?? arm, `${share} %`, entered, reached],
          ...(rate === undefined ? ['–', '–', '–'] : [formats.percent(rate.value), formats.percent(rate.low), formats.percent(rate.high)]),
          minor === undefined ? '–' : money(minor.value),
        ])}
      />
    </Card>
  );
}

/** Of a calendar day, wherever it is read. */
const dayInWords = (day: string): string =>
  new Intl.DateTimeFormat(LOCALES[language.value], { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(day));

const tones = { better: 'good', worse: 'bad', 'no-difference-shown': 'plain', 'not-enough-yet': 'warn', uneven: 'bad' } as const;

function LiftOf({ lift: { arm, difference, ratio, verdict, missing } }: { readonly lift: Lift }) {
  const t = useWords(words);
  const points = (value: number): string => (100 * value).toFixed(1);
  const { value, low, high } = difference;
  const tone = verdict === 'better' ? ('good' as const) : verdict === 'worse' ? ('bad' as const) : ('plain' as const);
  return (
    <>
      <IntervalRows
        rows={[{ key: arm, label: t.difference(t.arms[arm] ?? arm), value, low, high, text: t.points(points(value), points(low), points(high)), tone }]}
        least={-0.05}
        most={0.05}
      />
      <p>
        <Tag tone={tones[verdict]}>{t.verdicts[verdict]}</Tag>{' '}
        <span class="small soft">{missing > 0 ? t.missing(missing) : ratio === undefined ? '' : t.by(ratio.value.toFixed(2))}</span>
      </p>
    </>
  );
}
