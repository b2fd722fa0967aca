import type { ComponentChildren } from 'preact';
import type { Instant } from '../../shared/values.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

export interface Step {
  readonly title: ComponentChildren;
  readonly at?: Instant | undefined;
  readonly state: 'done' | 'now' | 'next';
  readonly text?: ComponentChildren;
}

/** What happened, what happens now and what is still to come, from top to bottom. */
export function Steps({ items }: { readonly items: readonly Step[] }) {
  const t = useWords(words);
  const formats = useFormats();
  return (
    <ol class="steps">
      {items.map(({ title, at, state, text }, index) => (
        <li key={index} class={`step step-${state}`} aria-current={state === 'now' ? 'step' : undefined}>
          <div class="step-title">
            {title} <span class="only-heard">({t[state]})</span>
          </div>
          {at !== undefined && (
            <time class="small soft" dateTime={at}>
              {formats.dayAndTime(at)}
            </time>
          )}
          {text !== undefined && <div class="small">{text}</div>}
        </li>
      ))}
    </ol>
  );
}
