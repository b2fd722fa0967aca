/** The steps of a path, one below the other: put in, taken out, moved; what stands in a branch stands inside it. */
import { useWords } from '../../words/use-words.ts';
import { AskedForm } from './asked-form.tsx';
import { words } from './builder-words.ts';
import { FaultLine } from '../fields/faults.tsx';
import { Moves, withMoved } from '../fields/moves.tsx';
import { newStep, type Definition, type Step, type StepKind } from './path-shape.ts';
import { DoneFields, MessageFields, WaitFields } from './step-fields.tsx';

const kinds: readonly StepKind[] = ['wait', 'message', 'branch', 'task', 'recommend'];
/** The schema knows four branches within each other; the innermost offers no further one. */
const DEPTH = 4;

interface StepsProps {
  readonly steps: readonly Step[];
  readonly at: string;
  /** What the steps are called to whoever hears them: `2`, `2 yes 1`. */
  readonly named: string;
  readonly depth?: number;
  readonly draft: Definition;
  readonly onChange: (steps: Step[]) => void;
  readonly setContent: (name: string, content: Definition['contents'][string]) => void;
}

export function StepsForm({ steps, at, named, depth = 0, draft, onChange, setContent }: StepsProps) {
  const t = useWords(words);
  const moved = (index: number, by: -1 | 1) => onChange(withMoved(steps, index, by));
  return (
    <>
      <ol class="path-steps">
        {steps.map((step, index) => {
          const name = `${named}${index + 1}`;
          return (
            // Their order is all that tells them apart; the kind, so that a wait never takes over what was typed into a message.
            <li key={`${index} ${step.step}`} class={`form-step path-${step.step}`}>
              <div class="form-head">
                <strong>{`${name} · ${t.stepKinds[step.step]}`}</strong>
                <Moves
                  names={{ up: t.up(name), down: t.down(name), out: t.withoutStep(name) }}
                  isFirst={index === 0}
                  isLast={index === steps.length - 1}
                  move={(by) => moved(index, by)}
                  remove={() => onChange(steps.toSpliced(index, 1))}
                />
              </div>
              <StepFields
                step={step}
                at={`${at}.${index}`}
                named={name}
                depth={depth}
                draft={draft}
                setContent={setContent}
                onChange={(changed) => onChange(steps.map((one, place) => (place === index ? changed : one)))}
              />
            </li>
          );
        })}
      </ol>
      <FaultLine at={at} />
      <div class="form-add" role="group" aria-label={t.addStep(named.trim())}>
        <span class="small soft">{t.add}</span>
        {kinds
          .filter((kind) => kind !== 'branch' || depth < DEPTH)
          .map((kind) => (
            <button key={kind} type="button" class="console-plain" onClick={() => onChange([...steps, newStep(kind, draft)])}>
              {t.stepKinds[kind]}
            </button>
          ))}
      </div>
    </>
  );
}

interface StepProps extends Omit<StepsProps, 'steps' | 'onChange'> {
  readonly step: Step;
  readonly depth: number;
  readonly onChange: (step: Step) => void;
}

function StepFields({ step, at, named, depth, draft, setContent, onChange }: StepProps) {
  const t = useWords(words);
  switch (step.step) {
    case 'wait':
      return <WaitFields step={step} at={at} onChange={onChange} />;
    case 'message':
      return <MessageFields step={step} at={at} draft={draft} onChange={onChange} setContent={setContent} />;
    case 'task':
    case 'recommend':
      return <DoneFields step={step} at={at} onChange={onChange} />;
    case 'branch':
      return (
        <>
          <AskedForm asked={step.if} at={`${at}.if`} onChange={(asked) => onChange({ ...step, if: asked })} />
          {(['then', 'otherwise'] as const).map((arm) => (
            <section key={arm} class={`path-inner path-inner-${arm}`} aria-label={`${named} ${t.arms[arm]}`}>
              <h4>{t.arms[arm]}</h4>
              {step[arm].length === 0 && <p class="small soft">{t.emptyArm}</p>}
              <StepsForm
                steps={step[arm]}
                at={`${at}.${arm}`}
                named={`${named} ${t.arms[arm]} `}
                depth={depth + 1}
                draft={draft}
                setContent={setContent}
                onChange={(inner) => onChange({ ...step, [arm]: inner })}
              />
            </section>
          ))}
        </>
      );
    default:
      return step satisfies never;
  }
}
