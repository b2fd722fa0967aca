/** One path: its chain, how it goes, and what keeps messages back. */
import { rejectedInWords } from '../../../shared/journey/next-best/rejected-wording.ts';
import type { Answer } from '../../api/contract-types.ts';
import { Button } from '../../design/button.tsx';
import { Card } from '../../design/card.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { Bars } from '../bars.tsx';
import { Chain } from './chain.tsx';
import { isDefinition, type Definition } from './path-shape.ts';
import { words } from './paths-words.ts';

export type Listed = Answer<'listPaths'>['paths'][number];
export type Numbers = Listed['numbers'];

interface PathCardProps {
  readonly listed: Listed;
  readonly busy: boolean;
  readonly onSwitch: () => void;
  readonly onEdit: (definition: Definition) => void;
  readonly onCopy: (definition: Definition) => void;
}

export function PathCard({ listed, busy, onSwitch, onEdit, onCopy }: PathCardProps) {
  const t = useWords(words);
  const { definition, on, version, numbers, path } = listed;
  if (!isDefinition(definition)) return null;
  return (
    <Card title={definition.name[language.value]}>
      <p class="soft">
        {definition.goal[language.value]} <span class="small">{`${path} · ${on ? t.on : t.off} · ${t.version(version)}`}</span>
      </p>
      <Chain definition={definition} />
      <PathNumbers numbers={numbers} />
      <div class="line-up">
        <Button kind="quiet" busy={busy} onClick={onSwitch}>
          {on ? t.switchOff : t.switchOn}
        </Button>
        <Button kind="quiet" onClick={() => onEdit(definition)}>
          {t.edit}
        </Button>
        <Button kind="quiet" onClick={() => onCopy(definition)}>
          {t.copy}
        </Button>
      </div>
    </Card>
  );
}

const points = (share: number): string => (share * 100).toFixed(1);

export function PathNumbers({ numbers }: { readonly numbers: Numbers }) {
  const t = useWords(words);
  const { entered, waiting, messaged, succeeded, exited, lapsed, tasks, held, putOff, treated, control, lift } = numbers;
  const bars = [
    ...[
      { key: 'entered', label: t.entered, value: entered },
      { key: 'waiting', label: t.waiting, value: waiting },
      { key: 'messaged', label: t.messaged, value: messaged },
    ],
    { key: 'succeeded', label: t.succeeded, value: succeeded, tone: 'good' as const },
    ...[
      { key: 'exited', label: t.exited, value: exited },
      { key: 'lapsed', label: t.lapsed, value: lapsed },
      { key: 'tasks', label: t.tasks, value: tasks },
    ],
  ].map((bar) => ({ ...bar, text: String(bar.value) }));
  return (
    <>
      <Bars bars={bars.filter(({ key, value }) => key !== 'tasks' || value > 0)} most={entered} />
      <Reasons title={t.held} counts={held} />
      <Reasons title={t.putOff} counts={putOff} />
      <p class="small">
        <strong>{t.lift}: </strong>
        {lift === undefined
          ? t.noLift
          : `${t.treated} ${treated.having}/${treated.of}, ${t.control} ${control.having}/${control.of}: ${t.difference(points(lift.value), points(lift.low), points(lift.high))}`}
      </p>
    </>
  );
}

function Reasons({ title, counts }: { readonly title: string; readonly counts: Readonly<Record<string, number>> }) {
  const t = useWords(words);
  const rows = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (rows.length === 0) return null;
  return (
    <p class="small">
      <strong>{title}: </strong>
      {rows.map(([because, many]) => `${t.reasons[because] ?? rejectedInWords(because, language.value)} (${many})`).join(', ')}
    </p>
  );
}
