import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

interface PageProps {
  readonly title: string;
  /** Where the page above this one is, and what it is called. */
  readonly back?: string | undefined;
  readonly backLabel?: string | undefined;
  readonly lead?: ComponentChildren;
  readonly children?: ComponentChildren;
}

let pagesShown = 0;

/** What the pages that one comes from are called. */
const placeOf = (back: string, places: Readonly<Record<string, string>>): string | undefined => places[back];

/** One page: its name in the window and as the heading, to which whoever listens or types is led. */
export function Page({ title, back, backLabel, lead, children }: PageProps) {
  const t = useWords(words);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Nachschub`;
  }, [title]);
  useEffect(() => {
    // The first page of a visit begins at the top of the document, as any page does.
    if (pagesShown > 0) heading.current?.focus({ preventScroll: true });
    pagesShown += 1;
  }, []);
  return (
    <div class="page">
      <div class="page-head">
        {back !== undefined && (
          <a class="page-back" href={back}>
            <span aria-hidden="true">‹</span> {backLabel ?? placeOf(back, t.places) ?? t.back}
          </a>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead !== undefined && <div class="page-lead">{lead}</div>}
      </div>
      <div class="page-body">{children}</div>
    </div>
  );
}
