/** The copy of everything: read page by page, put together here, and handed over as files. Nothing of it is kept. */
import { useEffect, useState } from 'preact/hooks';
import { csvOf } from '../../shared/household/export.ts';
import { send } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { asProblem, type ApiProblem } from '../api/problem.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

type Page = Answer<'exportHousehold'>;
type Entry = { kind: string; id: string; state?: unknown; events: unknown[] };
interface Copy {
  readonly householdId: string;
  readonly exportedAt: string;
  readonly entries: readonly Entry[];
}
interface File {
  readonly name: string;
  readonly label: string;
  readonly href: string;
}

/** Far more than any household has: pages that never end would be a mistake of ours. */
const PAGES_MAX = 500;

async function readEverything(householdId: string, onRead: (count: number) => void): Promise<Copy> {
  const entries: Entry[] = [];
  for (let cursor: string | undefined, page = 0; page < PAGES_MAX; page += 1) {
    const answer: Page = await send('exportHousehold', { params: { householdId }, query: cursor === undefined ? {} : { cursor } });
    if (typeof answer === 'string') throw new Error('expected JSON');
    entries.push(...answer.entries);
    onRead(entries.length);
    if (answer.next === undefined) return { householdId, exportedAt: answer.exportedAt, entries };
    cursor = answer.next;
  }
  throw new Error('the pages never ended');
}

const file = (name: string, label: string, text: string, type: string): File => ({ name, label, href: URL.createObjectURL(new Blob([text], { type })) });

function filesOf(copy: Copy, t: (typeof words)['en'] | (typeof words)['de']): { json: File; tables: File[] } {
  const kinds = [...new Set(copy.entries.map(({ kind }) => kind))];
  return {
    json: file('nachschub.json', t.everything, JSON.stringify(copy, undefined, 2), 'application/json'),
    tables: kinds.map((kind) => {
      const ofKind = copy.entries.filter((entry) => entry.kind === kind).map(({ id, state, events }) => ({ kind, id, state, events }));
      return file(`nachschub-${kind}.csv`, t.asTable(t.kinds[kind] ?? kind, ofKind.length), csvOf(ofKind), 'text/csv');
    }),
  };
}

export function TakeHome() {
  const t = useWords(words);
  const { householdId, mayAct } = useHousehold();
  const [count, setCount] = useState<number>();
  const [copy, setCopy] = useState<Copy>();
  const [problem, setProblem] = useState<ApiProblem>();
  const [files, setFiles] = useState<ReturnType<typeof filesOf>>();
  useEffect(() => {
    if (copy === undefined) return undefined;
    const made = filesOf(copy, t);
    setFiles(made);
    return () => {
      for (const { href } of [made.json, ...made.tables]) URL.revokeObjectURL(href);
    };
  }, [copy, t]);
  const prepare = async () => {
    setProblem(undefined);
    setCopy(undefined);
    setCount(0);
    try {
      setCopy(await readEverything(householdId, setCount));
    } catch (error) {
      setProblem(asProblem(error));
    }
    setCount(undefined);
  };
  return (
    <Card title={t.take} id="copy">
      <p class="soft">{t.takeText}</p>
      <div>
        <Button kind="quiet" busy={count !== undefined} disabled={!mayAct} why={t.guestsTake} onClick={() => void prepare()}>
          {t.prepare}
        </Button>
      </div>
      {count !== undefined && <p role="status">{t.preparing(count)}</p>}
      {problem !== undefined && <Trouble problem={problem} retry={() => void prepare()} />}
      {copy !== undefined && files !== undefined && (
        <>
          <Notice tone="good">{t.ready(copy.entries.length)}</Notice>
          <div>
            <a class="button button-primary" href={files.json.href} download={files.json.name}>
              {files.json.label}
            </a>
          </div>
          <h3>{t.tables}</h3>
          <Rows>
            {files.tables.map(({ name, label, href }) => (
              <Row
                key={name}
                label={
                  <a class="file" href={href} download={name}>
                    {label}
                  </a>
                }
              />
            ))}
          </Rows>
        </>
      )}
    </Card>
  );
}
