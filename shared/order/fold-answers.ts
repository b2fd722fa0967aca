/**
 * What all answers of a shop together say. The result depends on the set of answers and never on their arrival: they are sorted by the shop's own
 * counter, and what is cumulative only grows.
 */
import type { Quote } from '../event-parts.ts';
import { earliest, unreachable, type Gtin, type Instant, type Money } from '../values.ts';
import { backOrdered, hearQuestion, hearResponse } from './fold-response.ts';
import { goingOn, over, withNamed, type Agreed, type Folded } from './folded.ts';
import { isAllHere, linesAsOrdered, packsInstead, type LineProgress } from './line-progress.ts';
import { owedMinor } from './perk/paid-for.ts';
import { withLots, type LotLine } from './lot.ts';
import { answerProblem, type Answer, type AnswerOf, type Answers, type HeardAnswer } from './response.ts';
import type { Substitution } from './substitution.ts';

/**
 * In the order of the shop's counter (equal numbers: by message id). Delivered beats everything, because goods in the house are a fact. A no is final,
 * rejected and cancelled alike, because the goods are bought elsewhere from then on: whatever says yes afterwards is only noted, and what comes all the
 * same is owed nothing for. A later `accepted` keeps the lines that were changed before, because it names none.
 */
export function foldAnswers(quote: Quote, answers: Answers, substitutions: readonly Substitution[] = []): Folded {
  const heard = Object.entries(answers)
    .sort(([idA, a], [idB, b]) => a.answer.data.sequence - b.answer.data.sequence || (idA < idB ? -1 : 1))
    .map(([, entry]) => entry);
  const none: Folded = { standing: 'unanswered', lines: linesAsOrdered(quote), problems: [] };
  return concluded(
    quote,
    heard.reduce<Folded>((folded, entry) => hear({ quote, substitutions }, folded, entry), none),
  );
}

/** May come at any time, also after everything has come. */
const AFTERWARDS: readonly Answer['type'][] = ['order.delivered', 'order.returned', 'order.refunded', 'payment.declined'];

function hear(agreed: Agreed, before: Folded, { answer, receivedAt }: HeardAnswer): Folded {
  // What asks, or refuses to be asked, moves nothing by itself and may come at any time.
  if (answer.type === 'order.cancel-refused') return before;
  if (answer.type === 'order.substitution-offered') return hearQuestion(agreed, before, answer.data.questionId);
  const impossible = answerProblem(agreed.quote, answer, agreed.substitutions);
  if (impossible === undefined && isAfterRefusal(before) && isYes(answer)) return hearUnwanted(agreed.quote, before, { answer, receivedAt });
  const isTooLate = before.standing === 'delivered' && (!AFTERWARDS.includes(answer.type) || isPart(answer));
  const contradiction = impossible ?? (isTooLate ? 'after-delivery' : undefined);
  if (contradiction !== undefined) return withProblem(before, answer, contradiction);
  // When the shop says so, but never after we heard it, whatever the shop's clock shows.
  return heardAs(agreed, before, answer, earliest(answer.timestamp, receivedAt));
}

function heardAs(
  agreed: Agreed,
  before: Folded,
  answer: Exclude<Answer, AnswerOf<'order.cancel-refused' | 'order.substitution-offered'>>,
  at: Instant,
): Folded {
  const { quote } = agreed;
  switch (answer.type) {
    case 'order.accepted':
      return { ...goingOn(before), deliveryAt: answer.data.deliveryAt };
    case 'order.responded':
      return hearResponse(agreed, before, answer);
    case 'order.changed': {
      const lines = withNamed(quote, before.lines, 'current', answer.data.lines);
      return { ...goingOn(before), lines, deliveryAt: answer.data.deliveryAt, changeReason: answer.data.reason };
    }
    case 'order.back-ordered':
      return { ...goingOn(before), lines: backOrdered(quote, before.lines, answer) };
    case 'order.shipped':
      return {
        ...goingOn(before),
        ...lotsOf(before, answer.data.lines),
        standing: 'shipped',
        ...(answer.data.tracking !== undefined && { tracking: answer.data.tracking }),
      };
    case 'order.rejected':
      return over(before, 'rejected', answer.data.reason);
    case 'order.cancelled':
      return over(before, 'cancelled', answer.data.reason);
    case 'order.delivered':
      return answer.data.complete === false ? hearPart(quote, before, answer, at) : hearDelivery(quote, before, answer, at);
    case 'order.returned': {
      const { lines, problems } = growing(quote, before, 'returned', answer);
      return { ...before, lines, problems, returnedAt: at };
    }
    case 'order.refunded':
      return hearRefund(before, answer, at);
    case 'payment.declined':
      return hearPaymentDeclined(before, answer, at);
    default:
      return unreachable(answer);
  }
}

/** Nothing where no lot is named. */
function lotsOf(before: Folded, lines: readonly LotLine[] = []): Pick<Folded, 'lots'> {
  const lots = withLots(before.lots, lines);
  return lots.length === 0 ? {} : { lots };
}

/** Says that the shop goes on with an order. */
const isYes = (answer: Answer): boolean =>
  ['order.accepted', 'order.changed', 'order.back-ordered', 'order.shipped', 'order.delivered'].includes(answer.type) ||
  (answer.type === 'order.responded' && answer.data.response !== 'rejected');

const isAfterRefusal = ({ standing, takenAfterRefusal }: Folded): boolean =>
  standing === 'rejected' || standing === 'cancelled' || takenAfterRefusal === 'delivered';

/** Of goods that nobody ordered any more only those in the house count, and nothing is owed for them (BGB §241a (1)). */
function hearUnwanted(quote: Quote, before: Folded, heard: HeardAnswer): Folded {
  const { answer } = heard;
  const noted = withProblem(before, answer, 'after-refusal');
  if (answer.type !== 'order.delivered')
    return { ...noted, takenAfterRefusal: answer.type === 'order.shipped' ? 'shipped' : (before.takenAfterRefusal ?? 'accepted') };
  const { lines } = growing(quote, before, 'fulfilled', answer);
  const came = earliest(answer.timestamp, heard.receivedAt);
  const charged = answer.data.totalMinor === 0 ? [] : [`charged ${answer.data.totalMinor} cents for what it had refused`];
  const total = { ...quote.total, amountMinor: 0 };
  const deliveredAt = before.deliveredAt ?? came;
  const there = { ...lotsOf(before, answer.data.lines), standing: 'delivered', lines, total, deliveredAt } as const;
  return { ...before, ...there, takenAfterRefusal: 'delivered', problems: [...before.problems, ...charged] };
}

const isPart = (answer: Answer): boolean => answer.type === 'order.delivered' && answer.data.complete === false;

const withProblem = (before: Folded, { type, data: { sequence } }: Answer, problem: string): Folded => ({
  ...before,
  problems: [...before.problems, `${type} ${sequence}: ${problem}`],
});

/** What only grows: less than before is a contradiction, and what was said before stands. */
function growing(quote: Quote, before: Folded, field: 'fulfilled' | 'returned', answer: AnswerOf<'order.delivered' | 'order.returned'>) {
  const said = withNamed(quote, before.lines, field, answer.data.lines);
  const most = (now: number | undefined, then: number | undefined): number => Math.max(now ?? 0, then ?? 0);
  const isLess = said.some(
    (line, index) => (line[field] ?? 0) < (before.lines[index]?.[field] ?? 0) || packsInstead(line, field) < packsInstead(before.lines[index], field),
  );
  const lines = said.map((line, index): LineProgress => {
    const then = before.lines[index];
    const substitute = line.substitute && { substitute: { ...line.substitute, [field]: most(line.substitute[field], then?.substitute?.[field]) } };
    return { ...line, [field]: most(line[field], then?.[field]), ...substitute };
  });
  return { lines, problems: isLess ? withProblem(before, answer, 'moves-backwards').problems : before.problems };
}

/** Something has come, and more will. */
function hearPart(quote: Quote, before: Folded, answer: AnswerOf<'order.delivered'>, at: Instant): Folded {
  const grown = growing(quote, before, 'fulfilled', answer);
  const total = { ...quote.total, amountMinor: Math.max(before.total?.amountMinor ?? 0, answer.data.totalMinor) };
  const isThere = grown.lines.some((line) => line.fulfilled > 0 || packsInstead(line, 'fulfilled') > 0);
  return { ...goingOn(before), ...grown, ...lotsOf(before, answer.data.lines), standing: 'shipped', total, ...(isThere && { partAt: at }) };
}

function hearDelivery(quote: Quote, before: Folded, answer: AnswerOf<'order.delivered'>, at: Instant): Folded {
  // What parts have brought is there; without parts the last word corrects the ones before.
  const parts = before.partAt === undefined ? undefined : growing(quote, before, 'fulfilled', answer);
  const lines = parts?.lines ?? withNamed(quote, before.lines, 'fulfilled', answer.data.lines, 'none');
  const problems = parts?.problems ?? before.problems;
  const total = { ...quote.total, amountMinor: parts ? Math.max(before.total?.amountMinor ?? 0, answer.data.totalMinor) : answer.data.totalMinor };
  const { payment: _, ...going } = before;
  const there = { ...lotsOf(before, answer.data.lines), standing: 'delivered', lines, total, deliveredAt: before.deliveredAt ?? at } as const;
  return { ...going, ...there, problems: [...problems, ...overcharged(quote, lines, total)] };
}

function overcharged(quote: Quote, lines: readonly LineProgress[], { amountMinor }: Money): string[] {
  const owed = owedMinor(quote, lines);
  return amountMinor > owed ? [`charged ${amountMinor} cents, delivered for ${owed}`] : [];
}

function hearRefund(before: Folded, answer: AnswerOf<'order.refunded'>, at: Instant): Folded {
  const { totalMinor, lines: said = [] } = answer.data;
  const known = before.refunded;
  if (known !== undefined && totalMinor < known.total.amountMinor) return withProblem(before, answer, 'moves-backwards');
  const amounts = new Map<Gtin, Money>(known?.lines.map(({ gtin, amount }) => [gtin, amount]));
  for (const { gtin, amountMinor } of said) amounts.set(gtin, { currency: 'EUR', amountMinor: Math.max(amountMinor, amounts.get(gtin)?.amountMinor ?? 0) });
  return { ...before, refunded: { total: { currency: 'EUR', amountMinor: totalMinor }, lines: [...amounts].map(([gtin, amount]) => ({ gtin, amount })), at } };
}

function hearPaymentDeclined(before: Folded, { data: { reason, retryBefore } }: AnswerOf<'payment.declined'>, at: Instant): Folded {
  const payment = { declinedAt: at, reason, ...(retryBefore !== undefined && { retryBefore }) };
  if (retryBefore !== undefined || before.standing === 'delivered') return { ...before, payment };
  return { ...over(before, 'cancelled', 'payment declined'), payment };
}

/** Where nothing more is to come, what has come is the delivery; and what is noted of single lines holds only as far as they go. */
function concluded(quote: Quote, folded: Folded): Folded {
  const isLive = folded.standing === 'accepted' || folded.standing === 'shipped';
  const isHere = isLive && folded.partAt !== undefined && isAllHere(folded.lines);
  const ended: Folded =
    isHere && folded.total !== undefined
      ? { ...folded, standing: 'delivered', deliveredAt: folded.partAt, problems: [...folded.problems, ...overcharged(quote, folded.lines, folded.total)] }
      : folded;
  const tooMuch = ended.lines.some((line) => (line.returned ?? 0) > line.fulfilled || packsInstead(line, 'returned') > packsInstead(line, 'fulfilled'));
  return {
    ...ended,
    lines: ended.lines.map((line) => tidied(line, isLive && !isHere)),
    problems: [...ended.problems, ...(tooMuch ? ['returned more than had come'] : []), ...overRefunded(ended)],
  };
}

const overRefunded = ({ refunded, total }: Folded): string[] =>
  refunded !== undefined && refunded.total.amountMinor > (total?.amountMinor ?? 0)
    ? [`refunded ${refunded.total.amountMinor} cents, charged ${total?.amountMinor ?? 0}`]
    : [];

function tidied({ backOrdered: later, substitute, ...line }: LineProgress, isLive: boolean): LineProgress {
  const waiting = isLive ? Math.min(later?.packs ?? 0, line.current - line.fulfilled) : 0;
  return {
    ...withoutMore(line),
    ...(later && waiting > 0 && { backOrdered: { ...later, packs: waiting } }),
    ...(substitute && { substitute: withoutMore(substitute) }),
  };
}

/** Nothing goes back that had not come. */
function withoutMore<Packs extends { readonly fulfilled: number; readonly returned?: number | undefined }>({ returned, ...packs }: Packs) {
  const back = Math.min(returned ?? 0, packs.fulfilled);
  return { ...packs, ...(back > 0 && { returned: back }) };
}
