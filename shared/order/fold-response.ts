/** What an order response of a shop, a back-order or an agreed substitute does to the lines of an order. */
import type { LineReason, Quote } from '../event-parts.ts';
import type { Gtin } from '../values.ts';
import { goingOn, over, type Agreed, type Folded } from './folded.ts';
import { packsPerLine, type LineProgress } from './line-progress.ts';
import { questionIdsOf } from './questions.ts';
import type { AnswerOf, AnsweredLine, ResponseLine } from './response.ts';
import { acceptedIn, lineIndexOf } from './substitution.ts';

export function hearResponse(agreed: Agreed, before: Folded, answer: AnswerOf<'order.responded'>): Folded {
  const { response, lines: said = [], deliveryAt, note } = answer.data;
  const reasons = [...new Set(said.flatMap((line) => ('reason' in line ? [line.reason] : [])))].join(', ');
  const why = note ?? (reasons === '' ? undefined : reasons);
  if (response === 'rejected') return over({ ...before, lines: withReasons(agreed.quote, before.lines, said) }, 'rejected', why ?? 'rejected by the shop');
  const asked = questionIdsOf(answer).reduce<Folded>((folded, questionId) => hearQuestion(agreed, folded, questionId), goingOn(before));
  const named = said.flatMap((line): AnsweredLine[] => {
    if (line.response === 'added') return [];
    if (line.response === 'accepted') return [{ gtin: line.gtin, quantity: orderedBesideSubstitutes(agreed.quote, asked.lines, line.gtin) }];
    return [{ gtin: line.gtin, quantity: line.response === 'changed' ? line.quantity : 0 }];
  });
  // What something else stands for was settled with its question.
  const packs = packsPerLine(agreed.quote.lineItems, asked.lines, named).map(({ own }, index) => (asked.lines[index]?.substitute ? undefined : own));
  const lines = asked.lines.map((line, index) => (packs[index] === undefined ? line : { ...line, current: packs[index] }));
  return {
    ...asked,
    lines: withReasons(agreed.quote, lines, said),
    ...(deliveryAt !== undefined && { deliveryAt }),
    ...(why !== undefined && { changeReason: why }),
  };
}

const orderedBesideSubstitutes = ({ lineItems }: Quote, lines: readonly LineProgress[], gtin: Gtin): number =>
  lineItems.reduce((sum, item, index) => (item.gtin === gtin && lines[index]?.substitute === undefined ? sum + item.quantity : sum), 0);

function withReasons({ lineItems }: Quote, lines: readonly LineProgress[], said: readonly ResponseLine[]): LineProgress[] {
  const reasons = new Map<Gtin, LineReason | undefined>(
    said.flatMap((line) => (line.response === 'added' ? [] : [[line.gtin, 'reason' in line ? line.reason : undefined] as const])),
  );
  return lines.map(({ reason: before, ...line }, index) => {
    const gtin = lineItems[index]?.gtin;
    const reason = gtin !== undefined && reasons.has(gtin) ? reasons.get(gtin) : before;
    return { ...line, ...(reason !== undefined && { reason }) };
  });
}

export function backOrdered(quote: Quote, lines: readonly LineProgress[], { data }: AnswerOf<'order.back-ordered'>): LineProgress[] {
  const packs = packsPerLine(quote.lineItems, lines, data.lines);
  return lines.map(({ backOrdered: before, reason, ...line }, index) => {
    const gtin = quote.lineItems[index]?.gtin;
    const count = packs[index]?.own;
    const expectedAt = data.lines.findLast((one) => one.gtin === gtin)?.expectedAt;
    const now = count === undefined || expectedAt === undefined ? before : count === 0 ? undefined : { packs: count, expectedAt };
    const why = count === undefined ? reason : (data.reason ?? reason);
    return { ...line, ...(now && { backOrdered: now }), ...(why !== undefined && { reason: why }) };
  });
}

/** From its question on an accepted substitute stands in the place of the packs that it is for; what the shop says later of either holds. */
export function hearQuestion({ quote, substitutions }: Agreed, before: Folded, questionId: string): Folded {
  const accepted = acceptedIn(substitutions).find((each) => each.questionId === questionId);
  const at = accepted && lineIndexOf(quote, accepted.gtin);
  if (accepted === undefined || at === undefined || before.lines[at]?.substitute !== undefined) return before;
  const { gtin, pack, unitPrice } = accepted.offered;
  const substitute = { gtin, pack, unitPrice, current: accepted.quantity, fulfilled: 0 };
  const rest = (line: LineProgress): number => (accepted.replaces === undefined ? 0 : Math.max(0, line.ordered - accepted.replaces));
  return { ...before, lines: before.lines.map((line, index) => (index === at ? { ...line, current: rest(line), substitute } : line)) };
}
