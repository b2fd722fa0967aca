/** Those of a stage, the warmest first, with why they are there: shown when it is said what for. */
import { useState } from 'preact/hooks';
import type { LeadStage } from '../../../shared/journey/lead/lead-stages.ts';
import { send } from '../../api/client.ts';
import type { Answer } from '../../api/contract-types.ts';
import { useSending } from '../../api/use-sending.ts';
import { Card, Tag } from '../../design/card.tsx';
import { urls } from '../../urls.ts';
import { useFormats } from '../../words/formats.ts';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { DataTable } from '../data-table.tsx';
import { More } from '../more.tsx';
import { leadReason } from './lead-reason.ts';
import { words } from './leads-words.ts';
import { SayWhy } from './say-why.tsx';

type List = Answer<'listLeads'>;
export type LeadView = List['leads'][number];

export function LeadList({ stage }: { readonly stage: LeadStage }) {
  const t = useWords(words);
  const [found, setFound] = useState<List>();
  const { busy, problem, run } = useSending();
  const show = (from: number) =>
    run(async () => setFound(await send('listLeads', { body: { stage, reason: leadReason.value.trim(), from, language: language.value } })));
  return (
    <Card title={t.list(t.stageNames[stage])}>
      <SayWhy busy={busy} show={() => void show(0)} />
      {problem !== undefined && <ConsoleTrouble problem={problem} />}
      {found !== undefined && <Found stage={stage} found={found} more={(from) => void show(from)} />}
    </Card>
  );
}

/** Two that look alike are told apart by the end of their names. */
const TAIL = 6;
export function nameOf(leadId: string, t: (typeof words)['en']): string {
  return t.someone(leadId.startsWith('lead_email') ? t.contact.email : t.contact.phone, leadId.slice(-TAIL));
}

function Found({ stage, found: { leads, next }, more }: { readonly stage: LeadStage; readonly found: List; readonly more: (from: number) => void }) {
  const t = useWords(words);
  const formats = useFormats();
  return (
    <div aria-live="polite" class="stack-tight">
      {leads.length === 0 && <p class="soft">{t.nobody}</p>}
      {leads.map((one) => (
        <One key={one.leadId} one={one} />
      ))}
      {leads.length > 0 && (
        <DataTable
          {...{ caption: t.list(t.stageNames[stage]), fileName: `leads-${stage}`, isFolded: true }}
          columns={[t.leads, t.stage, t.score, t.fit, t.interest, t.standing, t.reasons, t.began, t.channel, t.heard]}
          rows={leads.map(({ leadId, score, why, began, heardAt }) => [
            ...[leadId, t.stageNames[stage], score?.points ?? '', score?.fit ?? '', score?.interest ?? '', why, (score?.reasons ?? []).join('; ')],
            ...[`${began.text}, ${formats.day(began.at)}`, began.channel, formats.day(heardAt)],
          ])}
        />
      )}
      <More {...{ next, label: t.more, more }} />
    </div>
  );
}

const One = ({ one }: { readonly one: LeadView }) => {
  const t = useWords(words);
  return (
    <article class="console-leaving">
      <h3>
        <a href={urls.lead(one.leadId)}>{nameOf(one.leadId, t)}</a> <ScoreTag score={one.score} />
      </h3>
      <LeadFacts one={one} />
    </article>
  );
};

export function ScoreTag({ score }: Pick<LeadView, 'score'>) {
  const t = useWords(words);
  return score === undefined ? <Tag>{t.noPoints}</Tag> : <Tag tone="good">{t.points(score.points)}</Tag>;
}

export function LeadFacts({ one: { why, began, heardAt, score } }: { readonly one: LeadView }) {
  const t = useWords(words);
  const formats = useFormats();
  return (
    <dl>
      <div>
        <dt>{t.standing}</dt>
        <dd>{why}</dd>
      </div>
      <div>
        <dt>{t.began}</dt>
        <dd>
          {t.beganText(began.text, began.channel, formats.day(began.at))}
          {began.campaign !== undefined && <span class="soft">, {t.campaign(began.campaign)}</span>}
        </dd>
      </div>
      <div>
        <dt>{t.heard}</dt>
        <dd>{formats.day(heardAt)}</dd>
      </div>
      {score !== undefined && (
        <div class="lead-points">
          <dt>{t.reasons}</dt>
          <dd>
            <ul>
              {score.reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          </dd>
        </div>
      )}
    </dl>
  );
}
