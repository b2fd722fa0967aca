import type { ComponentChildren } from 'preact';

export const Rows = ({ children }: { readonly children?: ComponentChildren }) => <ul class="rows">{children}</ul>;

interface RowProps {
  readonly label: ComponentChildren;
  readonly href?: string | undefined;
  /** At the end of the line: a sum, a tag, a button. */
  readonly aside?: ComponentChildren;
  readonly children?: ComponentChildren;
}

export function Row({ label, href, aside, children }: RowProps) {
  const inside = (
    <>
      <div>
        <div class="row-label">{label}</div>
        {children !== undefined && <div class="row-text">{children}</div>}
      </div>
      {(aside !== undefined || href !== undefined) && (
        <div class="row-aside">
          {aside}
          {href !== undefined && (
            <span class="row-on" aria-hidden="true">
              ›
            </span>
          )}
        </div>
      )}
    </>
  );
  return (
    <li class="row">
      {href === undefined ? (
        <div class="row-inside">{inside}</div>
      ) : (
        <a class="row-inside" href={href}>
          {inside}
        </a>
      )}
    </li>
  );
}
