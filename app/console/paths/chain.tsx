/** The picture of a path: beginning → wait → question → message → success. */
import type { ComponentChildren } from 'preact';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import type { Definition, Step } from './path-shape.ts';
import { words } from './paths-words.ts';

export function Chain({ definition }: { readonly definition: Definition }) {
  const t = useWords(words);
  const { trigger, success, steps } = definition;
  const { times } = trigger;
  return (
    <ol class="path-chain">
      <Link tone="begin" kind={t.begins}>
        {trigger.on.join(', ')}
        {times !== undefined && ` · ${t.times(times.count, times.withinDays)}`}
      </Link>
      <Steps steps={steps} definition={definition} />
      <Link tone="success" kind={t.succeeds}>
        {[...new Set(success.flatMap(({ on }) => on))].join(', ')}
      </Link>
    </ol>
  );
}

function Link({ tone, kind, children }: { readonly tone: string; readonly kind: string; readonly children: ComponentChildren }) {
  return (
    <li class={`path-link path-${tone}`}>
      <span class="path-kind">{kind}</span>
      <span>{children}</span>
    </li>
  );
}

function Steps({ steps, definition }: { readonly steps: readonly Step[]; readonly definition: Definition }) {
  return (
    <>
      {steps.map((step, index) => (
        <OneStep key={index} step={step} definition={definition} />
      ))}
    </>
  );
}

function OneStep({ step, definition }: { readonly step: Step; readonly definition: Definition }) {
  const t = useWords(words);
  switch (step.step) {
    case 'wait':
      return (
        <Link tone="wait" kind={t.waits}>
          {step.until === 'passed' ? t.minutes(step.minutes) : step.until === 'share-of-time' ? t.untilShare(step.share) : t.before(t.minutes(step.minutes))}
        </Link>
      );
    case 'message':
      return (
        <Link tone="message" kind={t.says}>
          “{definition.contents[step.content]?.[language.value].title ?? step.content}” · {step.channels.join(', ')}
        </Link>
      );
    case 'task':
      return (
        <Link tone="task" kind={t.task}>
          {step.task}
        </Link>
      );
    case 'recommend':
      return (
        <Link tone="task" kind={t.recommends}>
          {step.action}
        </Link>
      );
    case 'branch':
      return (
        <li class="path-link path-branch">
          <span class="path-kind">{t.asks}</span>
          <span>{askedInWords(step.if)}</span>
          {[[t.yes, step.then] as const, [t.otherwise, step.otherwise] as const].map(([label, inner]) => (
            <div key={label} class="path-arm">
              <span class="path-kind">{label}</span>
              <ol class="path-chain">{inner.length === 0 ? <li class="soft">–</li> : <Steps steps={inner} definition={definition} />}</ol>
            </div>
          ))}
        </li>
      );
  }
}

function askedInWords(asked: Extract<Step, { step: 'branch' }>['if']): string {
  if ('health' in asked)
    return `health ${[asked.health.atLeast !== undefined && `≥ ${asked.health.atLeast}`, asked.health.atMost !== undefined && `≤ ${asked.health.atMost}`].filter(Boolean).join(' ')}`;
  if ('segments' in asked) return asked.segments.join(', ');
  if ('phases' in asked) return asked.phases.join(', ');
  if ('tiers' in asked) return asked.tiers.join(', ');
  if ('consent' in asked) return asked.consent;
  return JSON.stringify(asked.where);
}
