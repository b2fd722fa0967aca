import { useLocation } from 'preact-iso';
import { useRef, useState } from 'preact/hooks';
import type { SendInput } from '../api/contract-types.ts';
import { send } from '../api/client.ts';
import { newId } from '../api/ids.ts';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { Choice } from '../design/choice.tsx';
import { TextField } from '../design/field.tsx';
import { Trouble } from '../design/states.tsx';
import { OfferDraft } from '../drafts/begun-elsewhere.tsx';
import { useDraft } from '../drafts/use-draft.ts';
import { useHousehold } from '../household.tsx';
import { useSending } from '../api/use-sending.ts';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

const KINDS = ['missing', 'damaged', 'wrong', 'late', 'other'] as const;
type Kind = (typeof KINDS)[number];
/** A device is neither late nor missing from an order. */
const DEVICE_KINDS = ['damaged', 'wrong', 'other'] as const satisfies readonly Kind[];
const TEXT_MAX = 1_000;
type About = SendInput<'openCase'>['body']['about'];

/** Of an order or a device: what it is about is known and not asked for. */
export function ReportProblem({ about }: { readonly about: About }) {
  const t = useWords(words);
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <ReportForm about={about} onClose={() => setOpen(false)} />;
  return (
    <Card title={t.report}>
      <p class="soft">{about.kind === 'device' ? t.deviceText : t.reportText}</p>
      <div>
        <Button kind="quiet" onClick={() => setOpen(true)}>
          {t.report}
        </Button>
      </div>
    </Card>
  );
}

function ReportForm({ about, onClose }: { readonly about: About; readonly onClose: () => void }) {
  const t = useWords(words);
  const { route } = useLocation();
  const { householdId } = useHousehold();
  const { form, change, clear, isReady, elsewhere } = useDraft(draftIdOf(about), { kind: about.kind === 'device' ? 'damaged' : 'missing', text: '' });
  const ids = useRef({ caseId: newId('case'), noteId: newId('note') });
  const { busy, problem, run } = useSending(() => Promise.resolve());
  if (!isReady) return null;
  if (elsewhere !== undefined) return <OfferDraft {...elsewhere} />;
  const options: readonly { readonly value: Kind; readonly label: string }[] =
    about.kind === 'device' ? DEVICE_KINDS.map((value) => ({ value, label: t.deviceKinds[value] })) : KINDS.map((value) => ({ value, label: t.kinds[value] }));
  const kind = options.find(({ value }) => value === form.kind)?.value ?? 'other';
  const report = () =>
    run(async () => {
      const { caseId, noteId } = ids.current;
      await send('openCase', { params: { householdId, caseId }, body: { about, kind, noteId, text: form.text.trim() } });
      await clear();
      route(urls.case(caseId));
    });
  return (
    <Card title={t.report}>
      <Choice label={t.kind} value={kind} options={options} onChange={(next) => change({ kind: next })} />
      <TextField
        label={t.text}
        hint={t.textHint(TEXT_MAX - form.text.length)}
        lines={4}
        maxLength={TEXT_MAX}
        value={form.text}
        onChange={(text) => change({ text })}
      />
      {problem !== undefined && <Trouble problem={problem} />}
      <div class="line-up">
        <Button busy={busy} disabled={form.text.trim() === ''} onClick={() => void report()}>
          {t.send}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t.cancel}
        </Button>
      </div>
    </Card>
  );
}

const draftIdOf = (about: About): string => `case-${about.kind === 'order' ? about.orderId : about.thing}`.slice(0, 64);
