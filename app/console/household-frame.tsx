/** One household of the console: why somebody looks, then who it is and which page of it. */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useResource } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { Tag } from '../design/card.tsx';
import { Loading } from '../design/states.tsx';
import { urls } from '../urls.ts';
import { useParam } from '../use-param.ts';
import { useFormats } from '../words/formats.ts';
import { language, timeZone } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { words as agentWords } from './agent-words.ts';
import { ConsoleTrouble } from './console-trouble.tsx';
import { reasonFor, takeReasonBack } from './look-reason.ts';
import { WhyForm } from './why-form.tsx';
import { words } from './words.ts';

export type AgentPage = Answer<'readAgentPage'>;

export interface Shown {
  readonly data: AgentPage;
  readonly reload: () => Promise<void>;
}

interface FrameProps {
  /** How far the map, the mood and what was promised reach back: some months, or as long as anything is kept. */
  readonly span?: 'lately' | 'all';
  readonly children: (shown: Shown) => ComponentChildren;
}

export function HouseholdFrame({ span = 'lately', children }: FrameProps) {
  const householdId = useParam('householdId');
  const reason = reasonFor(householdId);
  if (reason === undefined) return <WhyForm householdId={householdId} />;
  return (
    <Looking householdId={householdId} span={span}>
      {children}
    </Looking>
  );
}

function Looking({ householdId, span, children }: Required<FrameProps> & { readonly householdId: string }) {
  const t = useWords(words);
  const why = reasonFor(householdId);
  const query = why && { ...why, language: language.value, ...(span === 'all' && { span }) };
  const { data, problem, reload } = useResource('readAgentPage', query && { params: { householdId }, query });
  const name = data?.about.household.name;
  useEffect(() => {
    if (name !== undefined) document.title = `${name} · Nachschub`;
    if (data !== undefined) timeZone.value = data.about.household.timeZone;
  }, [name, data]);
  if (data === undefined) {
    return (
      <div class="page">
        {problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />}
        {problem !== undefined && (
          <p>
            <button type="button" class="console-plain" onClick={() => takeReasonBack(householdId)}>
              {t.otherReason}
            </button>
          </p>
        )}
      </div>
    );
  }
  return (
    <div class="console-household">
      <Head data={data} />
      {children({ data, reload })}
    </div>
  );
}

function Head({ data: { about, journey, look } }: { readonly data: AgentPage }) {
  const t = useWords(words);
  const a = useWords(agentWords);
  const formats = useFormats();
  const { path } = useLocation();
  const { householdId, name, address } = about.household;
  const tabs = [
    [urls.agent(householdId), t.tabs.page],
    [urls.story(householdId), t.tabs.story],
    [urls.map(householdId), t.tabs.map],
    [urls.identity(householdId), t.tabs.who],
  ] as const;
  const { health, value } = journey.standing;
  return (
    <div class="console-head">
      <div class="console-who">
        <h1>{name}</h1>
        <span class="soft">
          {address.street}, {address.postalCode} {address.city} · {about.household.language.toUpperCase()} · <span class="console-id">{householdId}</span>
        </span>
        <span class="console-tags">
          <Tag tone={about.tier.tier === undefined ? 'plain' : 'accent'}>{a.tier[about.tier.tier ?? 'none']}</Tag>
          <Tag tone={health?.score === undefined ? 'plain' : health.score < LOW ? 'bad' : 'good'}>
            {health?.score === undefined ? a.healthUnknown : a.health(formats.percent(health.score))}
          </Tag>
          {value !== undefined && <Tag>{a.value[value]}</Tag>}
          {journey.isFan && <Tag tone="good">{a.fan}</Tag>}
        </span>
      </div>
      <div class="console-sub">
        <nav aria-label={name}>
          {tabs.map(([href, label]) => (
            <a key={href} href={href} aria-current={path === href ? 'page' : undefined}>
              {label}
            </a>
          ))}
        </nav>
        <p class="small soft">
          {t.because(t.whyShort[look.purpose], look.reason ?? look.caseId ?? '')}{' '}
          <button type="button" class="console-plain" onClick={() => takeReasonBack(householdId)}>
            {t.otherReason}
          </button>
        </p>
      </div>
    </div>
  );
}
/** Below this a relationship needs somebody. */
const LOW = 0.5;
