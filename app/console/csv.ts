/** A table as a spreadsheet reads it (RFC 4180): with a mark at its beginning, by which it is known as UTF-8. */

type Cell = string | number;

/** A cell that begins like a formula would be reckoned by a spreadsheet: an apostrophe makes it text (OWASP, CSV injection). */
const tamed = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
const cellText = (cell: Cell): string => {
  const text = typeof cell === 'number' ? String(cell) : tamed(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csvText = (columns: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  `\ufeff${[columns, ...rows].map((row) => row.map(cellText).join(',')).join('\r\n')}\r\n`;
