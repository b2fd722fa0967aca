/** What is worth mending, the dearest first: taken up by a team with a measure, and judged by what was before and after. */
import { useState } from 'preact/hooks';
import { effectInWords } from '../../shared/journey/improve/improve-wording.ts';
import { shippedModels } from '../../shared/journey/target/shipped-models.ts';
import { deviationKindSchema } from '../../shared/journey/target/model.ts';
import { deviationNames, stepName } from '../../shared/journey/target/target-wording.ts';
import { send, useResource } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Empty, Tag } from '../design/card.tsx';
import { TextField } from '../design/field.tsx';
import { Page } from '../design/page.tsx';
import { Loading } from '../design/states.tsx';
import { useFormats } from '../words/formats.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { ConsoleTrouble } from './console-trouble.tsx';
import { words } from './figures-words.ts';
import { periodOf } from './period.tsx';

type Finding = Answer<'readReport'>['findings'][number];
type Improvement = Answer<'listImprovements'>['improvements'][number];
type Command = Parameters<typeof send<'improve'>>[1]['body']['command'];
const DAYS = 91;

export default function ImprovePage() {
  const t = useWords(words);
  const report = useResource('readReport', { query: periodOf(DAYS) });
  const known = useResource('listImprovements', {});
  const problem = report.problem ?? known.problem;
  const findings = report.data?.findings.filter(({ times }) => times > 0);
  // What was mended no longer occurs, and is still told.
  const mended = known.data?.improvements.filter(({ findingId }) => findings?.every((finding) => finding.findingId !== findingId)) ?? [];
  return (
    <Page title={t.improve} lead={t.improveLead}>
      {findings === undefined && (problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void report.reload()} />)}
      {findings?.length === 0 && <Empty title={t.nothingToImprove} />}
      {findings?.map((finding) => (
        <OneFinding
          key={finding.findingId}
          finding={finding}
          improvement={known.data?.improvements.find((one) => one.findingId === finding.findingId)}
          reload={known.reload}
        />
      ))}
      {mended.map((improvement) => (
        <Mended key={improvement.findingId} improvement={improvement} />
      ))}
    </Page>
  );
}

interface OneProps {
  readonly finding: Finding;
  readonly improvement: Improvement | undefined;
  readonly reload: () => Promise<void>;
}

const titleOf = (findingId: string): string => {
  const [name = '', step = '', kind = ''] = findingId.split('/');
  const model = shippedModels.find((one) => one.model === name);
  const deviation = deviationKindSchema.safeParse(kind);
  return `${model?.name[language.value] ?? name}: ${model === undefined ? step : stepName(model, step, language.value)} – ${deviation.success ? deviationNames[deviation.data][language.value] : kind}`;
};

function Mended({ improvement }: { readonly improvement: Improvement }) {
  const t = useWords(words);
  return (
    <Card title={titleOf(improvement.findingId)}>
      <p class="soft">{t.gone}</p>
      {improvement.status === 'taken-up' && (
        <p>
          <Tag tone="warn">{t.takenUp(improvement.owner)}</Tag> {improvement.measure}
        </p>
      )}
      <Past improvement={improvement} />
    </Card>
  );
}

/** Who did what, when, and what came of it. */
function Past({ improvement: { past } }: { readonly improvement: Improvement }) {
  const t = useWords(words);
  const formats = useFormats();
  return (
    <ul class="console-list">
      {past.map((one) => (
        <li key={one.closedAt}>
          <span>
            <Tag tone={one.status === 'dropped' ? 'plain' : one.effect.verdict === 'better' ? 'good' : one.effect.verdict === 'worse' ? 'bad' : 'plain'}>
              {one.owner}
            </Tag>{' '}
            {one.measure}
          </span>
          <span class="small soft">
            {formats.day(one.takenUpAt)} – {formats.day(one.closedAt)}:{' '}
            {one.status === 'dropped'
              ? t.dropped(one.because)
              : `${effectInWords(one.effect, language.value)} (${t.ofJourneys(one.before.journeys, one.after.journeys)}); ${t.saved(formats.money({ amountMinor: one.effect.savedMinor, currency: 'EUR' }))}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function OneFinding({ finding, improvement, reload }: OneProps) {
  const t = useWords(words);
  const formats = useFormats();
  const { busy, problem, run } = useSending(reload);
  const act = (command: Command) => run(() => send('improve', { body: { findingId: finding.findingId, command } }));
  const euros = (amountMinor: number): string => formats.money({ amountMinor, currency: 'EUR' });
  return (
    <Card title={titleOf(finding.findingId)}>
      <p>{t.found(finding.having, formats.percent(finding.share), euros(finding.costMinor), euros(finding.yearMinor))}</p>
      {improvement?.status === 'taken-up' ? (
        <>
          <p>
            <Tag tone="warn">{t.takenUp(improvement.owner)}</Tag> {improvement.measure}
          </p>
          <p class="small soft">
            {t.before(formats.percent(improvement.before.having / Math.max(1, improvement.before.journeys)), improvement.before.journeys)}
          </p>
          <div class="segment-actions">
            <Button busy={busy} onClick={() => void act({ type: 'close' })}>
              {t.close}
            </Button>
          </div>
          <Drop busy={busy} act={(because) => void act({ type: 'drop', because })} />
        </>
      ) : (
        <TakeUp busy={busy} act={(owner, measure) => void act({ type: 'take-up', owner, measure })} />
      )}
      {improvement !== undefined && <Past improvement={improvement} />}
      {problem !== undefined && <ConsoleTrouble problem={problem} />}
    </Card>
  );
}

function Drop({ busy, act }: { readonly busy: boolean; readonly act: (because: string) => void }) {
  const t = useWords(words);
  const [because, setBecause] = useState('');
  return (
    <details class="console-details">
      <summary>{t.drop}</summary>
      <form
        class="stack-tight"
        onSubmit={(event) => {
          event.preventDefault();
          if (because.trim() !== '') act(because.trim());
        }}
      >
        <TextField label={t.dropBecause} value={because} onChange={setBecause} maxLength={500} />
        <div>
          <Button type="submit" kind="quiet" busy={busy} disabled={because.trim() === ''}>
            {t.drop}
          </Button>
        </div>
      </form>
    </details>
  );
}

function TakeUp({ busy, act }: { readonly busy: boolean; readonly act: (owner: string, measure: string) => void }) {
  const t = useWords(words);
  const [owner, setOwner] = useState('');
  const [measure, setMeasure] = useState('');
  const isTeam = /^[a-z][a-z0-9-]{0,39}$/.test(owner);
  return (
    <details class="console-details">
      <summary>{t.takeUp}</summary>
      <form
        class="stack-tight"
        onSubmit={(event) => {
          event.preventDefault();
          if (isTeam && measure.trim() !== '') act(owner, measure.trim());
        }}
      >
        <TextField label={t.owner} hint={t.ownerHint} value={owner} onChange={setOwner} maxLength={40} />
        <TextField label={t.measure} value={measure} onChange={setMeasure} maxLength={500} lines={2} />
        <div>
          <Button type="submit" busy={busy} disabled={!isTeam || measure.trim() === ''}>
            {t.takeUp}
          </Button>
        </div>
      </form>
    </details>
  );
}
