/** The picture of a path: beginning → wait → question → message → success. */
import type { ComponentChildren } from 'preact';
import { conditionInWords } from '../../../shared/journey/standing/condition-wording.ts';
import { phaseNames } from '../../../shared/journey/phase/phase-wording.ts';
import { wordInWords } from '../../../shared/journey/standing/known-wording.ts';
import { typeInWords } from '../../../shared/journey/type-wording.ts';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { words as builder } from './builder-words.ts';
import { isSaid } from '../fields/where-form.tsx';
import type { Asked, Definition, Step } from './path-shape.ts';
import { words } from './paths-words.ts';

export function Chain({ definition }: { readonly definition: Definition }) {
  const t = useWords(words);
  const { trigger, success, steps } = definition;
  const { times } = trigger;
  return (
    <ol class="path-chain">
      <Link tone="begin" kind={t.begins}>
        {momentsInWords(trigger.on)}
        {times !== undefined && ` · ${t.times(times.count, times.withinDays)}`}
      </Link>
      <Steps steps={steps} definition={definition} />
      <Link tone="success" kind={t.succeeds}>
        {momentsInWords(success.flatMap(({ on }) => on))}
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
  const b = useWords(builder);
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
          {t.quoted(definition.contents[step.content]?.[language.value].title ?? step.content)} ·{' '}
          {step.channels.map((channel) => b.channelNames[channel]).join(', ')}
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
          <span>{askedInWords(step.if, b)}</span>
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

const momentsInWords = (names: readonly string[]): string =>
  names.length === 0 ? '…' : [...new Set(names)].map((name) => typeInWords(name, language.value)).join(', ');
const percent = (share: number): string => `${Math.round(share * 100)} %`;

function askedInWords(asked: Asked, b: (typeof builder)['en']): string {
  const speaks = language.value;
  if ('health' in asked) {
    const { atLeast, atMost } = asked.health;
    return `${b.askedKinds.health} ${[atLeast !== undefined && `≥ ${percent(atLeast)}`, atMost !== undefined && `≤ ${percent(atMost)}`].filter(Boolean).join(', ')}`;
  }
  if ('segments' in asked) return `${b.askedKinds.segments}: ${asked.segments.join(', ')}`;
  if ('phases' in asked) return `${b.askedKinds.phases}: ${asked.phases.map((phase) => phaseNames[phase][speaks]).join(', ')}`;
  if ('tiers' in asked) return `${b.askedKinds.tiers}: ${asked.tiers.map((tier) => wordInWords(tier, speaks)).join(', ')}`;
  if ('consent' in asked) return `${b.askedKinds.consent}: ${b.consents[asked.consent]}`;
  return isSaid(asked.where) ? conditionInWords(asked.where, speaks) : '…';
}
