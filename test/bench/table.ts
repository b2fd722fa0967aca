/** Figures as a person reads them. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en-GB');
export const times = (value: number): string => `${value.toFixed(2)} ×`;
export const millis = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

/** The first column to the left, figures to the right. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('   ')
      .trimEnd();
  return [line(heads), widths.map((width) => '─'.repeat(width)).join('   '), ...rows.map(line)].join('\n');
}

export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
