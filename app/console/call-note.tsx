import { useRef, useState } from 'preact/hooks';
import { now } from '../api/clock.ts';
import { send } from '../api/client.ts';
import { newId } from '../api/ids.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { Select } from '../design/choice.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './agent-words.ts';
import { ConsoleTrouble } from './console-trouble.tsx';
import type { Shown } from './household-frame.tsx';

const TOPICS = ['order', 'device', 'bill', 'account', 'advice', 'complaint', 'other'] as const;
const DIRECTIONS = ['they-called', 'we-called'] as const;
const NO_CASE: string = 'none';
const MOODS = ['neutral', 'glad', 'annoyed'] as const;

/** A call becomes a touchpoint: what it was about by a word of a list, never what was said. */
export function CallNote({ data, reload }: Shown) {
  const t = useWords(words);
  const formats = useFormats();
  const [about, setAbout] = useState<(typeof TOPICS)[number]>('order');
  const [direction, setDirection] = useState<(typeof DIRECTIONS)[number]>('they-called');
  const [mood, setMood] = useState<(typeof MOODS)[number]>('neutral');
  const [isNoted, setNoted] = useState(false);
  const going = data.about.cases.filter(({ status }) => status !== 'solved');
  const [chosen, setCase] = useState<string>();
  // Whoever calls while something is open mostly calls about that.
  const caseId = chosen ?? going[0]?.caseId ?? NO_CASE;
  const callId = useRef(newId('call'));
  const { busy, problem, run } = useSending(reload);
  const { householdId } = data.about.household;
  const note = async () => {
    const body = { callId: callId.current, at: now(), about, direction, mood, ...(caseId !== NO_CASE && { caseId }) };
    if (!(await run(() => send('noteCall', { params: { householdId }, body })))) return;
    callId.current = newId('call');
    setNoted(true);
  };
  return (
    <Card title={t.call}>
      <div class="console-trio">
        <Select
          label={t.callDirection}
          value={direction}
          onChange={setDirection}
          options={DIRECTIONS.map((value) => ({ value, label: t.directions[value] }))}
        />
        <Select label={t.callAbout} value={about} onChange={setAbout} options={TOPICS.map((value) => ({ value, label: t.callTopics[value] }))} />
        <Select label={t.callMood} value={mood} onChange={setMood} options={MOODS.map((value) => ({ value, label: t.moods[value] }))} />
      </div>
      {going.length > 0 && (
        <Select
          label={t.callCase}
          value={caseId}
          onChange={setCase}
          options={[
            ...going.map((one) => ({ value: one.caseId, label: `${t.caseKinds[one.kind]}, ${formats.day(one.openedAt)}` })),
            { value: NO_CASE, label: t.callNoCase },
          ]}
        />
      )}
      {problem !== undefined && <ConsoleTrouble problem={problem} />}
      {isNoted && <Notice tone="good">{t.callDone}</Notice>}
      <div>
        <Button kind="quiet" busy={busy} onClick={() => void note()}>
          {t.callGo}
        </Button>
      </div>
    </Card>
  );
}
