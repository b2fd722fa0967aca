import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { gtinProblem } from '../../shared/gtin.ts';
import { useResource } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { newId } from '../api/ids.ts';
import { asProblem, type ApiProblem } from '../api/problem.ts';
import { Button } from '../design/button.tsx';
import { Card, Empty, Notice } from '../design/card.tsx';
import { Stepper } from '../design/choice.tsx';
import { TextField } from '../design/field.tsx';
import { Page } from '../design/page.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { decide } from '../offline/queue.ts';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import './list.css';
import { words } from './words.ts';

type Entry = Answer<'readList'>['entries'][number];
type Turn = 'bought' | 'removed' | 'open';
/** What has just been done, as long as it can be taken back at once. */
interface Done {
  readonly entry: Entry;
  readonly to: 'bought' | 'removed';
}

export default function ListPage() {
  const t = useWords(words);
  const { householdId, mayAct } = useHousehold();
  const { data, problem, reload } = useResource('readList', { params: { householdId } });
  const [done, setDone] = useState<Done>();
  const [outcome, setOutcome] = useState<'kept' | ApiProblem>();
  const told = async (work: () => Promise<{ readonly kind: 'sent' | 'kept' }>) => {
    setOutcome(undefined);
    try {
      if ((await work()).kind === 'kept') setOutcome('kept');
      await reload();
    } catch (error) {
      setOutcome(asProblem(error));
    }
  };
  const turn = (entry: Entry, state: Turn, seen = entry.turn) => {
    const input = { params: { householdId, entryId: entry.entryId }, body: { state, turn: seen } };
    setDone(state === 'open' ? undefined : { entry, to: state });
    void told(() => decide('turnListItem', input, { about: entry.text, href: urls.list }));
  };
  const entries = data?.entries ?? [];
  const open = entries.filter(({ state }) => state === 'open');
  return (
    <Page title={t.title} lead={t.lead}>
      {mayAct ? <AddForm told={told} /> : <p class="soft">{t.guests}</p>}
      {outcome !== undefined && <Outcome outcome={outcome} />}
      {done !== undefined && <TakeBack done={done} onUndo={() => turn(done.entry, 'open', done.entry.turn + 1)} />}
      {data === undefined && (problem === undefined ? <Loading /> : <Trouble problem={problem} retry={() => void reload()} />)}
      {data !== undefined && (
        <Card>
          {open.length === 0 ? (
            <Empty title={t.emptyTitle}>
              <p>{t.emptyText}</p>
            </Empty>
          ) : (
            <ul class="list-entries">
              {open.map((entry) => (
                <OpenEntry key={entry.entryId} {...{ entry, turn }} />
              ))}
            </ul>
          )}
        </Card>
      )}
      <Closed entries={entries} turn={turn} />
    </Page>
  );
}

function Outcome({ outcome }: { readonly outcome: 'kept' | ApiProblem }) {
  const t = useWords(words);
  if (outcome === 'kept') return <Notice tone="warn">{t.keptOffline}</Notice>;
  return outcome.code === 'list-full' ? <Notice tone="warn">{t.full}</Notice> : <Trouble problem={outcome} />;
}

function AddForm({ told }: { readonly told: (work: () => Promise<{ readonly kind: 'sent' | 'kept' }>) => Promise<void> }) {
  const t = useWords(words);
  const { householdId } = useHousehold();
  // From the page that scans: a product that is no supply of the house.
  const { gtin: scanned = '' } = useLocation().query;
  const [gtin, setGtin] = useState(gtinProblem(scanned) === undefined ? scanned : '');
  const [text, setText] = useState('');
  const [quantity, setQuantity] = useState(1);
  const add = () => {
    const trimmed = text.trim();
    if (trimmed === '') return;
    const input = { params: { householdId, entryId: newId('ent') }, body: { text: trimmed, quantity, ...(gtin !== '' && { gtin }) } };
    setText('');
    setQuantity(1);
    setGtin('');
    void told(() => decide('addListItem', input, { about: trimmed, href: urls.list }));
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <TextField label={t.what} hint={gtin === '' ? undefined : `${t.fromScan} (${gtin})`} value={text} onChange={setText} maxLength={80} />
      <div class="line-up">
        <Stepper label={t.howMany} value={quantity} min={1} max={99} onChange={setQuantity} />
        <Button type="submit" disabled={text.trim() === ''}>
          {t.add}
        </Button>
      </div>
    </form>
  );
}

interface EntryProps {
  readonly entry: Entry;
  readonly turn: (entry: Entry, state: Turn) => void;
}

function OpenEntry({ entry, turn }: EntryProps) {
  const t = useWords(words);
  const { mayAct, overview, member } = useHousehold();
  const adder = overview.members.find(({ memberId }) => memberId === entry.addedBy);
  const text = entry.quantity === 1 ? entry.text : `${entry.quantity} × ${entry.text}`;
  return (
    <li class="list-entry">
      <label class="list-tick">
        <input type="checkbox" checked={false} disabled={!mayAct} aria-label={t.bought(text)} onChange={() => turn(entry, 'bought')} />
        <span>{text}</span>
        {(entry.supply !== undefined || (adder !== undefined && adder.memberId !== member.memberId)) && (
          <span class="list-about">
            {entry.supply !== undefined && t.isSupply(entry.supply.name)} {adder !== undefined && adder.memberId !== member.memberId && t.addedBy(adder.name)}
          </span>
        )}
      </label>
      {mayAct && (
        <button type="button" class="list-remove" aria-label={t.remove(text)} onClick={() => turn(entry, 'removed')}>
          ×
        </button>
      )}
    </li>
  );
}

function TakeBack({ done, onUndo }: { readonly done: Done; readonly onUndo: () => void }) {
  const t = useWords(words);
  return (
    <Notice tone="good">
      <div class="line-up">
        <span>{done.to === 'bought' ? t.boughtNow(done.entry.text) : t.removedNow(done.entry.text)}</span>
        <Button kind="quiet" onClick={onUndo}>
          {t.undo}
        </Button>
      </div>
    </Notice>
  );
}

/** Of the many that were closed, those that somebody may still think of. */
const CLOSED_SHOWN = 20;

function Closed({ entries, turn }: { readonly entries: readonly Entry[]; readonly turn: EntryProps['turn'] }) {
  const t = useWords(words);
  const { mayAct } = useHousehold();
  const closed = [...entries].filter(({ state }) => state !== 'open').sort((a, b) => (a.touchedAt < b.touchedAt ? 1 : -1));
  if (closed.length === 0) return null;
  return (
    <details>
      <summary>{t.done}</summary>
      <ul class="list-entries">
        {closed.slice(0, CLOSED_SHOWN).map((entry) => (
          <li key={entry.entryId} class="list-entry">
            <span>
              <span class="list-done">{entry.text}</span> <span class="small soft">{entry.state === 'open' ? '' : t.states[entry.state]}</span>
            </span>
            {mayAct && (
              <button type="button" class="button button-quiet" aria-label={`${t.undo}: ${entry.text}`} onClick={() => turn(entry, 'open')}>
                {t.undo}
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
