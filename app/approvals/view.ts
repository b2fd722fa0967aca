/** An order as the approval screen shows it, and how two quotes of it differ. */
import type { Answer } from '../api/contract-types.ts';
import type { words } from './words.ts';

export type OrderView = Answer<'readOrder'>;
export type Quote = OrderView['order']['quote'];
export type Line = Quote['lineItems'][number];
export type Alternatives = Answer<'readAlternatives'>;
export type Words = (typeof words)['en'] | (typeof words)['de'];

/** What is different, a line each; empty when the goods are the same. */
export function differences(was: Quote, is: Quote, t: Words): string[] {
  const before = (line: Line) => was.lineItems.find(({ needId, gtin }) => needId === line.needId && gtin === line.gtin);
  const still = (line: Line) => is.lineItems.some(({ needId, gtin }) => needId === line.needId && gtin === line.gtin);
  const now = is.lineItems.flatMap((line) => {
    const old = before(line);
    if (old === undefined) return [t.newLine(line.quantity, line.title)];
    return old.quantity === line.quantity ? [] : [t.newQuantity(line.title, old.quantity, line.quantity)];
  });
  return [...now, ...was.lineItems.filter((line) => !still(line)).map(({ title }) => t.goneLine(title))];
}

/** "3 × Weidemilch 1 l, 1 × Fassbutter": what a decision on its way is called. */
export const goodsOf = ({ lineItems }: Quote): string => lineItems.map(({ quantity, title }) => `${quantity} × ${title}`).join(', ');

type Refusals = Words['refused'];
const isKnown = (code: string, refused: Refusals): code is keyof Refusals => code in refused;
/** Why the API did not take it, in the reader's words. */
export const refusalText = (code: string, t: Words): string => (isKnown(code, t.refused) ? t.refused[code] : t.refusedElse);
