import type { ComponentChildren } from 'preact';
import type { Tone } from './tone.ts';

interface CardProps {
  readonly title?: ComponentChildren;
  readonly tone?: Tone | undefined;
  readonly id?: string | undefined;
  readonly children?: ComponentChildren;
}

export const Card = ({ title, tone = 'plain', id, children }: CardProps) => (
  <section class={`card card-${tone}`} id={id}>
    {title !== undefined && <h2>{title}</h2>}
    {children}
  </section>
);

export const Notice = ({ tone, children }: { readonly tone: Tone; readonly children?: ComponentChildren }) => (
  <div class={`notice notice-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
    {children}
  </div>
);

/** Nothing is here yet, said so that one knows what to do about it. */
export const Empty = ({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) => (
  <div class="empty">
    <h2>{title}</h2>
    {children}
  </div>
);

export const Tag = ({ tone = 'plain', children }: { readonly tone?: Tone | undefined; readonly children?: ComponentChildren }) => (
  <span class={`tag tag-${tone}`}>{children}</span>
);
