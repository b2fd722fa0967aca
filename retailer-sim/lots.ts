/** Out of which lot a shop packs an article: its warehouse begins a new one each week. */

const WEEK = 7 * 86_400_000;

export const lotOf = (gtin: string, shipAt: string): string => `L${Math.floor(Date.parse(shipAt) / WEEK)}-${gtin.slice(-4)}`;

/** The lines with their lots, where the shop names them. */
export const withLots = <Line extends { readonly gtin: string }>(lines: readonly Line[], shipAt: string, namesLots: boolean): (Line & { lot?: string })[] =>
  lines.map((line) => (namesLots ? { ...line, lot: lotOf(line.gtin, shipAt) } : line));
