import { useResource } from '../api/client.ts';
import { Card } from '../design/card.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './looks-words.ts';

const SHOWN = 10;

/** When somebody of the company has looked at this household, and for what. */
export function Looks() {
  const t = useWords(words);
  const formats = useFormats();
  const { householdId } = useHousehold();
  const { data, problem, reload } = useResource('readLooks', { params: { householdId } });
  return (
    <Card title={t.title}>
      <p class="small soft">{t.text}</p>
      {problem !== undefined && data === undefined && <Trouble problem={problem} retry={() => void reload()} />}
      {data !== undefined && data.looks.length === 0 && <p>{t.none}</p>}
      {data !== undefined && data.looks.length > 0 && (
        <ul class="stack-tight">
          {data.looks.slice(0, SHOWN).map(({ lookId, at, kind, purpose, reason }) => (
            <li key={lookId}>
              <time dateTime={at}>{formats.dayAndTime(at)}</time>: {t.kinds[kind]}, {t.purposes[purpose]}
              {reason !== undefined && kind === 'page' && <span class="soft"> – {t.quoted(reason)}</span>}
            </li>
          ))}
        </ul>
      )}
      {data !== undefined && data.looks.length > SHOWN && <p class="small soft">{t.more(data.looks.length - SHOWN)}</p>}
    </Card>
  );
}
