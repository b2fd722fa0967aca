/** What has reached this household beyond its orders, with the reason and a way to stop; and what may. */
import { send, useResource } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Choice } from '../design/choice.tsx';
import { Field } from '../design/field.tsx';
import { Page } from '../design/page.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { MailCard } from './mail-card.tsx';
import { WatchCard } from './watch-card.tsx';
import { words } from './words.ts';

type Outreach = Answer<'readOutreach'>;
type Command =
  | { type: 'stop' | 'allow'; kind: string }
  | { type: 'prefer'; channels?: Outreach['channels']; quiet?: Outreach['quiet'] }
  | { type: 'open'; reachId: string }
  | { type: 'watch'; may: boolean }
  | { type: 'allow-mail'; wordingVersion: string; language: 'de' | 'en' }
  | { type: 'end-mail' };

export default function OutreachPage() {
  const t = useWords(words);
  const { householdId, mayAct } = useHousehold();
  const { data, problem, reload } = useResource('readOutreach', { params: { householdId } });
  const sending = useSending(reload);
  const tell = (body: Command) => void sending.run(() => send('changeOutreach', { params: { householdId }, body }));
  const part = { tell, disabled: !mayAct, busy: sending.busy };
  return (
    <Page title={t.title} back={urls.more} backLabel={t.back} lead={t.lead}>
      {data === undefined && (problem === undefined ? <Loading /> : <Trouble problem={problem} retry={() => void reload()} />)}
      {sending.problem !== undefined && <Trouble problem={sending.problem} />}
      {data !== undefined && (
        <div class="columns">
          <Messages outreach={data} {...part} />
          <div class="stack">
            <Kinds outreach={data} {...part} />
            <Preferences outreach={data} {...part} />
            {data.mail !== undefined && <MailCard mail={data.mail} {...part} />}
            <WatchCard watches={data.watches} {...part} />
          </div>
        </div>
      )}
    </Page>
  );
}

interface PartProps {
  readonly outreach: Outreach;
  readonly tell: (body: Command) => void;
  readonly disabled: boolean;
  readonly busy: boolean;
}

/** About safety: nobody can stop them. */
const RECALLS = 'recall';

function Messages({ outreach: { messages, kinds }, tell, disabled, busy }: PartProps) {
  const t = useWords(words);
  const formats = useFormats();
  return (
    <Card title={t.messages}>
      {messages.length === 0 && <p class="soft">{t.none}</p>}
      <ul class="stack">
        {messages.map(({ reachId, kind, channel, at, words: said, reason, link }) => (
          <li key={reachId} class="stack-tight">
            <strong>{said[language.value].title}</strong>
            <span>{said[language.value].text}</span>
            <span class="small soft">
              <time dateTime={at}>{formats.dayAndTime(at)}</time>, {t.on[channel]}. {t.because(reason[language.value])}
            </span>
            <span class="line-up">
              {link !== undefined && (
                <a href={link} onClick={() => tell({ type: 'open', reachId })}>
                  {t.open}
                </a>
              )}
              {kind !== RECALLS && kinds.some((one) => one.kind === kind && !one.isStopped) && (
                <Button kind="quiet" busy={busy} disabled={disabled} onClick={() => tell({ type: 'stop', kind })}>
                  {t.stopThis}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Kinds({ outreach: { kinds, isAllStopped }, tell, disabled, busy }: PartProps) {
  const t = useWords(words);
  return (
    <Card title={t.kinds}>
      <p class="small soft">{t.kindsText}</p>
      {isAllStopped && <Notice tone="warn">{t.allStopped}</Notice>}
      <div>
        <Button
          kind={isAllStopped ? 'quiet' : 'danger'}
          busy={busy}
          disabled={disabled}
          onClick={() => tell({ type: isAllStopped ? 'allow' : 'stop', kind: 'all' })}
        >
          {isAllStopped ? t.allowAll : t.stopAll}
        </Button>
      </div>
      {!isAllStopped && (
        <ul class="stack">
          {kinds
            .filter(({ kind }) => kind !== RECALLS)
            .map(({ kind, name, isStopped }) => (
              <li key={kind} class="stack-tight">
                <span>
                  <strong>{name?.[language.value] ?? t.others[kind] ?? t.unnamed}</strong>
                  {isStopped && <span class="soft"> · {t.stopped}</span>}
                </span>
                <span>
                  <Button kind="quiet" busy={busy} disabled={disabled} onClick={() => tell({ type: isStopped ? 'allow' : 'stop', kind })}>
                    {isStopped ? t.allowThis : t.stopThis}
                  </Button>
                </span>
              </li>
            ))}
        </ul>
      )}
    </Card>
  );
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const screens = ['app', 'tv', 'fridge', 'watch', 'e-mail'] as const;

function Preferences({ outreach: { quiet, channels, mail }, tell, disabled }: PartProps) {
  const t = useWords(words);
  const offered = screens.filter((screen) => screen !== 'e-mail' || mail?.may === true);
  const first = screens.find((screen) => screen === channels[0]) ?? 'anywhere';
  const hour = (which: 'from' | 'to') => (
    <Field label={t[which]}>
      {(bound) => (
        <select
          {...bound}
          class="input"
          disabled={disabled}
          value={quiet[which]}
          onChange={({ currentTarget }) => tell({ type: 'prefer', quiet: { ...quiet, [which]: Number(currentTarget.value) } })}
        >
          {HOURS.map((one) => (
            <option key={one} value={one}>
              {t.hour(one)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
  return (
    <Card title={t.quiet}>
      <div class="line-up">
        {hour('from')}
        {hour('to')}
      </div>
      <Choice
        label={t.where}
        value={first}
        options={[{ value: 'anywhere' as const, label: t.anywhere, disabled }, ...offered.map((value) => ({ value, label: t.on[value], disabled }))]}
        onChange={(value) => tell({ type: 'prefer', channels: value === 'anywhere' ? [] : [value] })}
      />
    </Card>
  );
}
