/** What a household takes home: every item that is held of it, as data, and the same as a table. Without zod, because the app assembles the files. */

export interface ExportEntry {
  /** `order`, `supply` … or `other` for what has no name yet: never left out. */
  readonly kind: string;
  /** Its key among its kind. */
  readonly id: string;
  readonly state: unknown;
  /** What was announced of it, the latest last. */
  readonly events: readonly unknown[];
}

const HEAD = ['kind', 'id', 'field', 'value'] as const;

/**
 * RFC 4180 with one row per figure: the columns are the same for every kind and page, so files can be joined, and nothing that is
 * nested has to be left out. @param withHead false for a page that goes on where another ended
 */
export function csvOf(entries: readonly ExportEntry[], withHead = true): string {
  const rows = entries.flatMap(({ kind, id, state, events }) => [
    ...leaves(state).map(([field, value]) => [kind, id, field, value]),
    ...leaves(events, 'events').map(([field, value]) => [kind, id, field, value]),
  ]);
  return [...(withHead ? [[...HEAD]] : []), ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function leaves(value: unknown, at = ''): [field: string, value: string][] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object') return [[at, typeof value === 'string' ? value : JSON.stringify(value)]];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, at === '' ? name : `${at}.${name}`));
}

/** A spreadsheet would run what begins like a formula: it gets an apostrophe in front (OWASP, “CSV Injection”). */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
