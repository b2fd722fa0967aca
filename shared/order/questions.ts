/** What an answer of a shop asks: may something else come instead of a line, or of packs of it? */
import type { Quote } from '../event-parts.ts';
import { euros, questionIdSchema, type Gtin, type QuestionId } from '../values.ts';
import type { Answer, AnswerOf, ResponseLine } from './response.ts';
import type { Asked } from './substitution.ts';

export interface Question extends Asked {
  /** Nobody is asked: rules allow it at once, or it is refused. */
  readonly isAdded: boolean;
}

/** Always the same for the same answer, so that a repeat asks nothing new. */
export function questionsOf(quote: Quote, answer: Answer): Question[] {
  if (answer.type === 'order.substitution-offered') {
    const { questionId, gtin, offered, quantity, answerBefore } = answer.data;
    return [{ questionId, gtin, offered: priced(offered), quantity, answerBefore, isAdded: false }];
  }
  if (answer.type !== 'order.responded') return [];
  const lines = answer.data.lines ?? [];
  return lines.flatMap((line): Question[] => {
    if (line.response === 'added') {
      const { addedTo: gtin, offered, quantity } = line;
      const asked = { questionId: addedId(offered.gtin), gtin, offered: priced(offered), quantity, answerBefore: answer.timestamp };
      return [{ ...asked, replaces: missing(quote, lines, gtin), isAdded: true }];
    }
    if (line.response === 'accepted' || line.substitute === undefined) return [];
    const { offered, ...asked } = line.substitute;
    return [{ ...asked, gtin: line.gtin, replaces: missing(quote, lines, line.gtin), offered: priced(offered), isAdded: false }];
  });
}

/** Those of a whole order response; what is asked by itself is folded where it stands. */
export const questionIdsOf = ({ data: { lines = [] } }: AnswerOf<'order.responded'>): QuestionId[] =>
  lines.flatMap((line) => {
    if (line.response === 'added') return [addedId(line.offered.gtin)];
    return line.response === 'accepted' || line.substitute === undefined ? [] : [line.substitute.questionId];
  });

/** Added once to an order, whatever the response is called. */
const addedId = (gtin: Gtin): QuestionId => questionIdSchema.parse(`added-${gtin}`);

/** Packs of the product's first line that the response leaves out. */
function missing({ lineItems }: Quote, lines: readonly ResponseLine[], gtin: Gtin): number {
  const [first] = lineItems.filter((item) => item.gtin === gtin);
  const ordered = lineItems.reduce((sum, item) => (item.gtin === gtin ? sum + item.quantity : sum), 0);
  const coming = lines.reduce((sum, line) => (line.response === 'changed' && line.gtin === gtin ? sum + line.quantity : sum), 0);
  const isNamed = lines.some((line) => (line.response === 'changed' || line.response === 'not-accepted') && line.gtin === gtin);
  return isNamed ? Math.min(first?.quantity ?? 0, Math.max(0, ordered - coming)) : 0;
}

const priced = ({ unitPriceMinor, ...product }: AnswerOf<'order.substitution-offered'>['data']['offered']): Asked['offered'] => {
  const { brand, ...known } = product;
  return { ...known, ...(brand !== undefined && { brand }), unitPrice: euros(unitPriceMinor) };
};
