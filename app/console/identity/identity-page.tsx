/** Who is who around a household: people, browsers and devices with how it is known, and putting it right. */
import { useState } from 'preact/hooks';
import { useResource } from '../../api/client.ts';
import { Card, Tag } from '../../design/card.tsx';
import { Loading } from '../../design/states.tsx';
import type { Tone } from '../../design/tone.ts';
import { useFormats } from '../../words/formats.ts';
import { useWords } from '../../words/use-words.ts';
import { useParam } from '../../use-param.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { HouseholdFrame } from '../household-frame.tsx';
import { reasonFor } from '../look-reason.ts';
import { Circle } from './circle.tsx';
import { Decide, type Asked } from './decide.tsx';
import { words } from './identity-words.ts';
import { nameInWords, nodeInWords, type IdentityView } from './nodes.ts';

export default function IdentityPage() {
  return <HouseholdFrame>{() => <WhoIsWho />}</HouseholdFrame>;
}

function WhoIsWho() {
  const t = useWords(words);
  const householdId = useParam('householdId');
  const why = reasonFor(householdId);
  const { data, problem, reload } = useResource('readIdentity', why && { params: { householdId }, query: why });
  const [asked, ask] = useState<Asked>({ decision: 'link', from: undefined, to: undefined });
  if (data === undefined) return problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />;
  const choose = (next: Asked) => {
    ask(next);
    document.querySelector('#decide')?.scrollIntoView();
  };
  return (
    <div class="console-reading">
      <div class="console-read">
        <Card title={t.title}>
          <p class="small soft">{t.lead}</p>
          <Circle identity={data} householdId={householdId} />
        </Card>
        <Pairs identity={data} ask={choose} />
      </div>
      <div class="console-read">
        <Persons identity={data} />
        <Members identity={data} />
        <Decide identity={data} householdId={householdId} asked={asked} ask={ask} reload={reload} />
      </div>
    </div>
  );
}

function Persons({ identity: { persons, shared } }: { readonly identity: IdentityView }) {
  const t = useWords(words);
  const inWords = (name: string): string => nameInWords(name, t.nodes);
  return (
    <Card title={t.persons}>
      {persons.length === 0 && <p class="soft">{t.personsNone}</p>}
      <ul class="console-list">
        {persons.map(({ name, ids }) => (
          <li key={name}>
            <strong>{inWords(name)}</strong>
            <span class="small soft">
              {ids
                .filter((id) => id !== name)
                .map(inWords)
                .join(', ')}
            </span>
          </li>
        ))}
      </ul>
      {shared.length > 0 && <h3>{t.shared}</h3>}
      <ul class="console-list">
        {shared.map(({ ids, device, usedBy }) => (
          <li key={ids.join(' ')}>
            <strong>{[...ids, ...(device === undefined ? [] : [device])].map(inWords).join(', ')}</strong>
            <span class="small soft">{usedBy.length === 0 ? t.usedByNobody : t.usedBy(usedBy.map(inWords).join(', '))}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Members({ identity: { members } }: { readonly identity: IdentityView }) {
  const t = useWords(words);
  const formats = useFormats();
  if (members.length === 0) return null;
  return (
    <Card title={t.members}>
      <ul class="console-list">
        {members.map(({ member, since, until }) => (
          <li key={`${member} ${since}`}>
            <span>{nameInWords(member, t.nodes)}</span>
            <span class="small soft">
              {until === undefined ? t.since(formats.dayAndTime(since)) : t.sinceUntil(formats.dayAndTime(since), formats.dayAndTime(until))}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const tones: Readonly<Record<IdentityView['pairs'][number]['state'], Tone>> = { linked: 'good', unlinked: 'plain', blocked: 'bad', refused: 'warn' };

function Pairs({ identity: { pairs }, ask }: { readonly identity: IdentityView; readonly ask: (asked: Asked) => void }) {
  const t = useWords(words);
  const formats = useFormats();
  return (
    <Card title={t.pairs}>
      <ul class="console-list">
        {pairs.map(({ from, to, state, at, evidence, reason }) => (
          <li key={`${nodeInWords(from, t.nodes)} ${to === undefined ? '' : nodeInWords(to, t.nodes)}`}>
            <span>
              <Tag tone={tones[state]}>{to === undefined ? t.blockedAlone : t.states[state]}</Tag> <strong>{nodeInWords(from, t.nodes)}</strong>
              {to !== undefined && <> – {nodeInWords(to, t.nodes)}</>}
            </span>
            <span class="small soft">
              {formats.dayAndTime(at)}
              {evidence !== undefined && <>, {evidence.kind === 'decided' ? t.decided(evidence.by, evidence.reason) : t[evidence.kind](evidence.source)}</>}
              {reason !== undefined && <>: {reason}</>}
            </span>
            {to !== undefined && state !== 'blocked' && (
              <span class="segment-actions">
                <button type="button" class="console-plain" onClick={() => ask({ decision: state === 'linked' ? 'unlink' : 'link', from, to })}>
                  {state === 'linked' ? t.part : t.joinAgain}
                </button>
                <button type="button" class="console-plain" onClick={() => ask({ decision: 'block', from, to })}>
                  {t.never}
                </button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
