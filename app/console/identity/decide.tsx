/** Puts right who is who: what would change hands is shown first, and only then decided. */
import { useState } from 'preact/hooks';
import { idTypeNames, type IdType } from '../../../shared/journey/identity/id-type.ts';
import { nameOf, type Node } from '../../../shared/journey/identity/identity-record.ts';
import { send } from '../../api/client.ts';
import type { Answer } from '../../api/contract-types.ts';
import { useSending } from '../../api/use-sending.ts';
import { Button } from '../../design/button.tsx';
import { Card, Notice } from '../../design/card.tsx';
import { Choice, Select } from '../../design/choice.tsx';
import { TextField } from '../../design/field.tsx';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { DataTable } from '../data-table.tsx';
import { reasonFor } from '../look-reason.ts';
import { words } from './identity-words.ts';
import { nameInWords, nodeInWords, nodesOf, type IdentityView } from './nodes.ts';

export type Decision = 'link' | 'unlink' | 'block';
export interface Asked {
  readonly decision: Decision;
  readonly from: Node | undefined;
  readonly to: Node | undefined;
}
const DECISIONS: readonly Decision[] = ['link', 'unlink', 'block'];
const [NOBODY, TYPED] = ['', '+'];

interface DecideProps {
  readonly identity: IdentityView;
  readonly householdId: string;
  readonly asked: Asked;
  readonly ask: (asked: Asked) => void;
  readonly reload: () => Promise<void>;
}

export function Decide({ identity, householdId, asked, ask, reload }: DecideProps) {
  const t = useWords(words);
  const [found, setFound] = useState<{ readonly of: string; readonly preview: Answer<'decideIdentity'> }>();
  const { busy, problem, run } = useSending();
  const { decision, from, to } = asked;
  const isWhole = from !== undefined && (to !== undefined || decision === 'block');
  const key = JSON.stringify(asked);
  const go = (preview: boolean) =>
    run(async () => {
      if (from === undefined) return;
      const answer = await send('decideIdentity', {
        params: { householdId },
        body: { ...reasonFor(householdId), decision, from, ...(to !== undefined && { to }), preview },
      });
      setFound({ of: key, preview: answer });
      if (!preview) await reload();
    });
  const shown = found?.of === key ? found.preview : undefined;
  return (
    <Card title={t.decideTitle} id="decide">
      <Choice
        label={t.decision}
        value={decision}
        onChange={(next) => ask({ ...asked, decision: next })}
        options={DECISIONS.map((value) => {
          const [label, hint] = t.decisions[value];
          return { value, label: label ?? value, hint };
        })}
      />
      <div class="segment-names">
        <Picked label={t.from} identity={identity} householdId={householdId} node={from} pick={(node) => ask({ ...asked, from: node })} />
        <Picked label={t.to} identity={identity} householdId={householdId} node={to} pick={(node) => ask({ ...asked, to: node })} />
      </div>
      {problem !== undefined && <ConsoleTrouble problem={problem} />}
      {shown !== undefined && <Shown preview={shown} />}
      <div class="segment-actions">
        <Button kind="quiet" busy={busy} disabled={!isWhole} onClick={() => void go(true)}>
          {t.preview}
        </Button>
        {shown !== undefined && !shown.decided && shown.refused.length === 0 && (
          <Button busy={busy} onClick={() => void go(false)}>
            {t.decide}
          </Button>
        )}
      </div>
    </Card>
  );
}

interface PickedProps {
  readonly label: string;
  readonly identity: IdentityView;
  readonly householdId: string;
  readonly node: Node | undefined;
  readonly pick: (node: Node | undefined) => void;
}

function Picked({ label, identity, householdId, node, pick }: PickedProps) {
  const t = useWords(words);
  const nodes = nodesOf(identity, householdId);
  const [type, setType] = useState<IdType>('userId');
  const [isTyped, setTyped] = useState(false);
  const name = node === undefined ? NOBODY : nameOf(node);
  return (
    <div class="stack-tight">
      <Select
        label={label}
        value={isTyped ? TYPED : name}
        options={[
          { value: NOBODY, label: t.nobody },
          ...nodes.map((one) => ({ value: nameOf(one), label: nodeInWords(one, t.nodes) })),
          { value: TYPED, label: t.typed },
        ]}
        onChange={(value) => {
          setTyped(value === TYPED);
          pick(nodes.find((one) => nameOf(one) === value));
        }}
      />
      {isTyped && (
        <>
          <Select label={t.type} value={type} options={idTypeNames.map((value) => ({ value, label: t.nodes[value] }))} onChange={setType} />
          <TextField
            label={t.value}
            value={node?.node === 'id' ? node.value : ''}
            maxLength={254}
            onChange={(value) => pick(value === '' ? undefined : { node: 'id', type, value })}
          />
        </>
      )}
    </div>
  );
}

function Shown({ preview: { decided, changes, changing, refused } }: { readonly preview: Answer<'decideIdentity'> }) {
  const t = useWords(words);
  const whose = ({ person, device, visitor, householdId }: (typeof changes)[number]['before']): string =>
    [person, device, visitor].flatMap((name) => (name === undefined ? [] : [nameInWords(name, t.nodes)])).join(', ') +
      (householdId === undefined ? '' : ` (${householdId})`) || t.notKnown;
  if (decided) return <Notice tone="good">{t.done}</Notice>;
  return (
    <div class="stack-tight" aria-live="polite">
      {refused.map(({ recordId, reason }) => (
        <Notice key={recordId} tone="bad">
          {t.refused(reason)}
        </Notice>
      ))}
      <p>
        <strong>{t.changing(changing)}</strong>
      </p>
      {changes.length > 0 && (
        <DataTable
          caption={t.preview}
          fileName="changes"
          columns={[t.touchpoint, t.before, t.after]}
          rows={changes.map(({ touchpointId, before, after }) => [touchpointId, whose(before), whose(after)])}
        />
      )}
    </div>
  );
}
