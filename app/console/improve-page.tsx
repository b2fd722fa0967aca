/** What is worth mending, the dearest first: taken up by a team with a measure, and judged by what was before and after. */
import { useState } from 'preact/hooks';
import { shippedModels } from '../../shared/journey/target/shipped-models.ts';
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
    </Page>
  );
}

interface OneProps {
  readonly finding: Finding;
  readonly improvement: Improvement | undefined;
  readonly reload: () => Promise<void>;
}

function OneFinding({ finding, improvement, reload }: OneProps) {
  const t = useWords(words);
  const formats = useFormats();
  const { busy, problem, run } = useSending(reload);
  const model = shippedModels.find((one) => one.model === finding.model);
  const step = model === undefined ? finding.step : stepName(model, finding.step, language.value);
  const act = (command: Command) => run(() => send('improve', { body: { findingId: finding.findingId, command } }));
  const euros = (amountMinor: number): string => formats.money({ amountMinor, currency: 'EUR' });
  return (
    <Card title={`${model?.name[language.value] ?? finding.model}: ${step} – ${deviationNames[finding.kind][language.value]}`}>
      <p>{t.found(finding.having, formats.percent(finding.share), euros(finding.costMinor), euros(finding.yearMinor))}</p>
      {improvement?.status === 'taken-up' ? (
        <>
          <p>
            <Tag tone="warn">{t.takenUp(improvement.owner)}</Tag> {improvement.measure}
          </p>
          <p class="small soft">
            {t.before(formats.percent(improvement.before.having / Math.max(1, improvement.before.journeys)), improvement.before.journeys)}
          </p>
          <Button busy={busy} onClick={() => void act({ type: 'close' })}>
            {t.close}
          </Button>
        </>
      ) : (
        <TakeUp busy={busy} act={(owner, measure) => void act({ type: 'take-up', owner, measure })} />
      )}
      {improvement?.past.map((past) => (
        <p key={past.closedAt} class="small soft">
          {past.measure}: {past.status === 'dropped' ? past.because : t.verdicts[past.effect.verdict]}
        </p>
      ))}
      {problem !== undefined && <ConsoleTrouble problem={problem} />}
    </Card>
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
