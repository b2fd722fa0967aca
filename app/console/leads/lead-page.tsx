/** One lead with its story, and what becomes of it. Opened for a reason, which stands with it. */
import './leads.css';
import { useState } from 'preact/hooks';
import { send, useResource } from '../../api/client.ts';
import type { Answer } from '../../api/contract-types.ts';
import { useSending } from '../../api/use-sending.ts';
import { Button } from '../../design/button.tsx';
import { Card, Notice, Tag } from '../../design/card.tsx';
import { TextField } from '../../design/field.tsx';
import { Meter } from '../../design/meter.tsx';
import { Page } from '../../design/page.tsx';
import { Loading } from '../../design/states.tsx';
import { urls } from '../../urls.ts';
import { useParam } from '../../use-param.ts';
import { useFormats } from '../../words/formats.ts';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { DataTable } from '../data-table.tsx';
import { LeadFacts, nameOf, ScoreTag } from './lead-list.tsx';
import { isReason, leadReason } from './lead-reason.ts';
import { words } from './leads-words.ts';
import { SayWhy } from './say-why.tsx';

type LeadAnswer = Answer<'readLead'>;
const REASON_MOST = 100;

export default function LeadPage() {
  const t = useWords(words);
  const leadId = useParam('leadId');
  const [isSaid, setIsSaid] = useState(() => isReason(leadReason.value));
  return (
    <Page title={t.pageTitle} lead={t.pageLead(nameOf(leadId, t))} back={urls.leads} backLabel={t.back}>
      {isSaid ? (
        <Opened leadId={leadId} reason={leadReason.value.trim()} />
      ) : (
        <Card>
          <SayWhy show={() => setIsSaid(true)} />
        </Card>
      )}
    </Page>
  );
}

function Opened({ leadId, reason }: { readonly leadId: string; readonly reason: string }) {
  const read = useResource('readLead', { params: { leadId }, query: { reason, language: language.value } });
  const [decided, setDecided] = useState<LeadAnswer>();
  const data = decided ?? read.data;
  if (data === undefined) return read.problem === undefined ? <Loading /> : <ConsoleTrouble problem={read.problem} retry={() => void read.reload()} />;
  return (
    <div class="console-figures">
      <Standing page={data} />
      <Decide leadId={leadId} page={data} done={setDecided} />
      {data.lead.householdId === undefined && <Forget leadId={leadId} />}
      <Story story={data.story} />
    </div>
  );
}

function Standing({ page: { lead, handOverAt } }: { readonly page: LeadAnswer }) {
  const t = useWords(words);
  return (
    <Card title={t.stageNames[lead.stage]}>
      <p>
        <ScoreTag score={lead.score} />{' '}
        {lead.score !== undefined && (
          <>
            <Tag>
              {t.fit} {lead.score.fit}
            </Tag>{' '}
            <Tag>
              {t.interest} {lead.score.interest}
            </Tag>
          </>
        )}
      </p>
      {lead.score !== undefined && <Meter label={t.score} value={lead.score.points / 100} text={t.scoreText(lead.score.points, handOverAt)} />}
      <div class="console-leaving">
        <LeadFacts one={lead} />
      </div>
      <Campaigns campaigns={lead.campaigns} />
      {lead.householdId !== undefined && (
        <p>
          <a href={urls.agent(lead.householdId)}>{t.household}</a>
        </p>
      )}
    </Card>
  );
}

function Campaigns({ campaigns }: Pick<LeadAnswer['lead'], 'campaigns'>) {
  const t = useWords(words);
  const formats = useFormats();
  if (campaigns.length === 0) return null;
  return (
    <>
      <h3>{t.campaigns}</h3>
      <ul class="console-list">
        {campaigns.map(({ campaign, name, at, said }) => (
          <li key={campaign}>
            <strong>{name}</strong> {said === undefined ? t.keptOut(formats.day(at)) : t.addressed(said.title, said.where, formats.day(at))}
          </li>
        ))}
      </ul>
    </>
  );
}

interface DecideProps {
  readonly leadId: string;
  readonly page: LeadAnswer;
  readonly done: (page: LeadAnswer) => void;
}

function Decide({ leadId, page: { lead }, done }: DecideProps) {
  const t = useWords(words);
  const [reason, setReason] = useState('');
  const [isDone, setIsDone] = useState(false);
  const { busy, problem, run } = useSending();
  const isOver = lead.stage === 'won' || lead.consent === 'withdrawn';
  const decide = (decision: 'hand-over' | 'close') =>
    run(async () => {
      done(await send('decideLead', { params: { leadId }, body: { decision, reason: reason.trim(), language: language.value } }));
      setReason('');
      setIsDone(true);
    });
  if (isOver)
    return (
      <Card title={t.decide}>
        <p class="soft">{t.overNow}</p>
      </Card>
    );
  const isOff = !isReason(reason);
  return (
    <Card title={t.decide}>
      <div class="stack-tight">
        <TextField label={t.reasonLabel} hint={t.reasonHint} value={reason} maxLength={REASON_MOST} onChange={setReason} />
        <div class="lead-actions">
          {lead.stage !== 'handed-over' && (
            <Button busy={busy} disabled={isOff} onClick={() => void decide('hand-over')}>
              {t.handOver}
            </Button>
          )}
          {lead.stage !== 'lost' && (
            <Button kind="quiet" busy={busy} disabled={isOff} onClick={() => void decide('close')}>
              {t.close}
            </Button>
          )}
        </div>
        {problem !== undefined && <ConsoleTrouble problem={problem} />}
        {isDone && problem === undefined && <Notice tone="good">{t.decided}</Notice>}
      </div>
    </Card>
  );
}

/** Opens to be read first: there is no way back. */
function Forget({ leadId }: { readonly leadId: string }) {
  const t = useWords(words);
  const [reason, setReason] = useState('');
  const [isDone, setIsDone] = useState(false);
  const { busy, problem, run } = useSending();
  const forget = () => run(async () => send('forgetLead', { params: { leadId }, query: { reason: reason.trim() } }).then(() => setIsDone(true)));
  if (isDone) return <Notice tone="good">{t.forgotten}</Notice>;
  return (
    <Card>
      <details class="console-details">
        <summary>{t.forget}</summary>
        <div class="stack-tight">
          <TextField label={t.reasonLabel} hint={t.forgetHint} value={reason} maxLength={REASON_MOST} onChange={setReason} />
          <div>
            <Button kind="danger" busy={busy} disabled={!isReason(reason)} onClick={() => void forget()}>
              {t.forget}
            </Button>
          </div>
          {problem !== undefined && <ConsoleTrouble problem={problem} />}
        </div>
      </details>
    </Card>
  );
}

function Story({ story }: Pick<LeadAnswer, 'story'>) {
  const t = useWords(words);
  const formats = useFormats();
  return (
    <Card title={t.story}>
      <ol class="lead-story">
        {story.map(({ at, text, where, initiator }) => (
          <li key={`${at} ${text}`} class={`lead-by-${initiator}`}>
            <p>{text}</p>
            <p class="small soft">
              <time dateTime={at}>{formats.dayAndTime(at)}</time> · {where} · {t.byNames[initiator]}
            </p>
          </li>
        ))}
      </ol>
      <DataTable
        {...{ caption: t.story, fileName: 'lead-story', isFolded: true, columns: [t.when, t.what, t.channel, t.by] }}
        rows={story.map(({ at, text, where, initiator }) => [formats.dayAndTime(at), text, where, t.byNames[initiator]])}
      />
    </Card>
  );
}
