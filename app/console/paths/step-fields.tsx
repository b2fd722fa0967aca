/** The fields of one step that is no branch. */
import { shippedCandidates } from '../../../shared/journey/next-best/candidates.ts';
import { actionName } from '../../../shared/journey/next-best/next-best-wording.ts';
import { reachChannels } from '../../../shared/journey/outreach/words.ts';
import { Select, Switch } from '../../design/choice.tsx';
import { NumberField, TextField } from '../../design/field.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { shownNumber, typedNumber } from '../fields/typed-number.ts';
import { words } from './builder-words.ts';
import { ContentFields } from './content-fields.tsx';
import { DurationField } from './duration-field.tsx';
import { useFaults } from '../fields/faults.tsx';
import { contentsUsed, freshContentName, newWait, type Definition, type Step, type Wait } from './path-shape.ts';
import { Toggles } from '../fields/toggles.tsx';

const waits = ['passed', 'before-deadline', 'share-of-time'] as const;
const deadlines = ['expiresAt', 'runsOutAt', 'promisedAt'] as const;

interface WaitProps {
  readonly step: Wait;
  readonly at: string;
  readonly onChange: (step: Wait) => void;
}

export function WaitFields({ step, at, onChange }: WaitProps) {
  const t = useWords(words);
  return (
    <div class="form-fields">
      <Select
        label={t.waitKind}
        value={step.until}
        options={waits.map((value) => ({ value, label: t.waitKinds[value] }))}
        onChange={(until) => onChange(newWait(until))}
      />
      {step.until !== 'share-of-time' && (
        <DurationField label={t.howLong} minutes={step.minutes} at={`${at}.minutes`} onChange={(minutes) => onChange({ ...step, minutes })} />
      )}
      {step.until !== 'passed' && <Deadline step={step} at={at} onChange={onChange} />}
    </div>
  );
}

function Deadline({ step, at, onChange }: Omit<WaitProps, 'step'> & { readonly step: Exclude<Wait, { until: 'passed' }> }) {
  const t = useWords(words);
  const fault = useFaults();
  return (
    <>
      {step.until === 'share-of-time' && (
        <NumberField
          label={t.share}
          unit="%"
          value={shownNumber(Math.round(step.share * 100))}
          error={fault(`${at}.share`)}
          onChange={(typed) => onChange({ ...step, share: typedNumber(typed) / 100 })}
        />
      )}
      <Toggles
        label={t.deadline}
        at={`${at}.deadline`}
        options={deadlines.map((value) => ({ value, label: t.deadlines[value] }))}
        chosen={step.deadline}
        onChange={(deadline) => onChange({ ...step, deadline })}
      />
      <DurationField
        label={t.otherwiseAfter}
        minutes={step.otherwiseMinutes}
        at={`${at}.otherwiseMinutes`}
        onChange={(otherwiseMinutes) => onChange({ ...step, otherwiseMinutes })}
      />
    </>
  );
}

interface MessageProps {
  readonly step: Extract<Step, { step: 'message' }>;
  readonly at: string;
  readonly draft: Definition;
  readonly onChange: (step: Step) => void;
  readonly setContent: (name: string, content: Definition['contents'][string]) => void;
}
const FRESH = '';

export function MessageFields({ step, at, draft, onChange, setContent }: MessageProps) {
  const t = useWords(words);
  const names = [...new Set(contentsUsed(draft.steps))];
  const content = draft.contents[step.content];
  return (
    <div class="stack-tight">
      <Toggles
        isOrdered
        label={t.channels}
        hint={t.channelsHint}
        at={`${at}.channels`}
        options={reachChannels.map((value) => ({ value, label: t.channelNames[value] }))}
        chosen={step.channels}
        onChange={(channels) => onChange({ ...step, channels })}
      />
      {names.length > 1 && (
        <Select
          label={t.whichWords}
          value={step.content}
          options={[...names.map((value) => ({ value, label: value })), { value: FRESH, label: t.freshWords }]}
          onChange={(name) => onChange({ ...step, content: name === FRESH ? freshContentName(draft) : name })}
        />
      )}
      {content !== undefined && <ContentFields name={step.content} content={content} onChange={(changed) => setContent(step.content, changed)} />}
      <Switch
        label={t.urgent}
        hint={t.urgentHint}
        checked={step.urgent === true}
        onChange={(isOn) => {
          const { urgent: _before, ...others } = step;
          onChange(isOn ? { ...others, urgent: true } : others);
        }}
      />
    </div>
  );
}

interface DoneProps {
  readonly step: Extract<Step, { step: 'task' | 'recommend' }>;
  readonly at: string;
  readonly onChange: (step: Step) => void;
}

export function DoneFields({ step, at, onChange }: DoneProps) {
  const t = useWords(words);
  const fault = useFaults();
  const because = (text: string) => onChange({ ...step, because: text });
  return (
    <div class="form-fields">
      {step.step === 'task' ? (
        <TextField
          label={t.taskName}
          hint={t.taskHint}
          value={step.task}
          maxLength={40}
          error={fault(`${at}.task`)}
          onChange={(task) => onChange({ ...step, task })}
        />
      ) : (
        <Select
          label={t.actionName}
          hint={t.actionHint}
          value={step.action}
          error={fault(`${at}.action`)}
          options={[{ value: '', label: t.choose }, ...shippedCandidates.map(({ action }) => ({ value: action, label: actionName(action, language.value) }))]}
          onChange={(action) => onChange({ ...step, action })}
        />
      )}
      <TextField label={t.because} value={step.because} maxLength={160} error={fault(`${at}.because`)} onChange={because} />
    </div>
  );
}
