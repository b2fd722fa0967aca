/** What happens outside and matters at home: what stands now, whom it concerns, what was done about it; and putting one down. */
import { send, useResource } from '../../api/client.ts';
import type { Answer } from '../../api/contract-types.ts';
import { useSending } from '../../api/use-sending.ts';
import { Card, Empty } from '../../design/card.tsx';
import { Page } from '../../design/page.tsx';
import { Loading } from '../../design/states.tsx';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { DataTable } from '../data-table.tsx';
import { PutDown } from './put-down.tsx';
import { SignalLine } from './signal-card.tsx';
import { words } from './signals-words.ts';

type View = Answer<'listSignals'>;

export default function SignalsPage() {
  const t = useWords(words);
  const { data, problem, reload } = useResource('listSignals', {});
  const sending = useSending();
  const change = (what: () => Promise<unknown>, taken?: () => void) =>
    void sending.run(async () => {
      await what();
      taken?.();
      await reload();
    });
  return (
    <Page title={t.title} lead={t.lead}>
      {data === undefined && (problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />)}
      {sending.problem !== undefined && <ConsoleTrouble problem={sending.problem} />}
      {data !== undefined && (
        <div class="columns">
          <div class="stack">
            <Standing view={data} busy={sending.busy} end={(signalId) => change(() => send('endSignal', { params: { signalId } }))} />
            <Done view={data} />
          </div>
          <PutDown busy={sending.busy} put={(signal, taken) => change(() => send('putSignal', { body: signal }), taken)} />
        </div>
      )}
    </Page>
  );
}

interface StandingProps {
  readonly view: View;
  readonly busy: boolean;
  readonly end: (signalId: string) => void;
}

function Standing({ view: { signals, lookedAt }, busy, end }: StandingProps) {
  const t = useWords(words);
  if (signals.length === 0)
    return (
      <Empty title={t.none}>
        <p>{t.noneText}</p>
      </Empty>
    );
  return (
    <Card>
      <ul class="stack">
        {signals.map((listed) => (
          <SignalLine key={listed.signal.signalId} {...{ listed, busy }} lookedAt={lookedAt.households} end={() => end(listed.signal.signalId)} />
        ))}
      </ul>
      <p class="small soft">{t.sample(lookedAt.households, lookedAt.of)}</p>
    </Card>
  );
}

function Done({ view: { actions } }: { readonly view: View }) {
  const t = useWords(words);
  return (
    <Card title={t.done}>
      <p class="small soft">{t.doneLead}</p>
      {actions.length === 0 ? (
        <p>{t.nothingDone}</p>
      ) : (
        <DataTable
          caption={t.done}
          fileName="signals"
          columns={[t.action, t.recommended, t.shown, t.taken]}
          rows={actions.map(({ action, recommended, shown, taken }) => [t.actions[action] ?? action, recommended, shown, taken])}
        />
      )}
    </Card>
  );
}
