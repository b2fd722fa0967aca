/** From orders and messages to what a screen shows, cut to what fits. The same store gives the same display, to the byte. */
import type { OrderIn } from '../order/order-state.ts';
import { summedPerks } from '../order/perk/apply-perks.ts';
import { unitPrice } from '../order/unit-price.ts';
import { orderButtonTexts, WORDING_VERSION, type Language } from '../order/order-button.ts';
import type { Survey } from '../journey/survey/survey.ts';
import { surveyLimits } from '../journey/survey/survey-rules.ts';
import { surveyScale, surveyWording } from '../journey/survey/survey-wording.ts';
import { addDuration, duration, type DeviceType, type Instant } from '../values.ts';
import { CARDS_MAX, DISPLAY_BYTES_MAX, NOTES_KEPT, NOTES_MAX, type Card, type Display, type KeptNote, type Note, type Question } from './display.ts';

type WaitingOrder = OrderIn<'awaiting-approval'>;

export interface DisplayContent {
  /** Orders that wait for a person. */
  readonly waiting: readonly { readonly order: WaitingOrder; readonly shop: string }[];
  readonly notes: readonly Note[];
  readonly language: Language;
  /** How something went, where this screen may ask that. */
  readonly survey?: Survey | undefined;
}

/** The cards that end first, the messages that came last. */
export function displayOf({ waiting, notes, language, survey }: DisplayContent): Display {
  const cards = [...waiting]
    .sort((a, b) => compare(a.order.expiresAt, b.order.expiresAt) || compare(a.order.orderId, b.order.orderId))
    .slice(0, CARDS_MAX)
    .map(({ order, shop }) => cardOf(order, shop, language));
  // A question that was answered would only puzzle whoever reads it.
  const open = new Set(waiting.map(({ order }) => order.orderId));
  // So would one that names goods and a price from before somebody changed the order.
  const isOutdated = (note: Note) => notes.some((other) => outdates(other, note));
  const told = notes.filter((note) => !QUESTIONS.includes(note.kind) || (note.orderId !== undefined && open.has(note.orderId) && !isOutdated(note)));
  return fit({ cards, notes: latestNotes(told, NOTES_MAX), ...(survey !== undefined && { question: questionOf(survey, language) }) });
}

const outdates = (change: Note, { kind, orderId, at }: Note): boolean =>
  change.kind === 'order-requoted' && change.orderId === orderId && (change.at > at || (change.at === at && kind !== 'order-requoted'));

/** What may stand on this kind of screen: what is for all of them, and what is for it. */
export const notesFor = (notes: readonly KeptNote[], type: DeviceType): Note[] =>
  notes.flatMap(({ on, ...note }) => (on === undefined || on === type ? [note] : []));

/** The newest first; one for each id. */
export const latestNotes = <Kept extends Note>(notes: readonly Kept[], count: number): Kept[] =>
  [...new Map(notes.map((note) => [note.messageId, note])).values()].sort((a, b) => compare(b.at, a.at) || compare(a.messageId, b.messageId)).slice(0, count);

/** What is older is no news any more to somebody who comes home. */
const NEWS_LASTS = duration(24, 'hours');
const QUESTIONS = ['approval-requested', 'approval-reminder', 'order-requoted'];

/** For a device that was away: the questions that still wait, and the day's news; the oldest first. Questions that were answered are not repeated. */
export function missedNotes({ questions, notes }: { readonly questions: readonly Note[]; readonly notes: readonly Note[] }, now: Instant): Note[] {
  const open = questions.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > now);
  const news = notes.filter(({ kind, at }) => !QUESTIONS.includes(kind) && addDuration(at, NEWS_LASTS) > now);
  return latestNotes([...open, ...news], NOTES_KEPT).reverse();
}

/** As the app's own map has it (`app/urls.ts`). */
export const approvalPath = (orderId: string): string => `/app/approvals/${orderId}`;

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function cardOf({ orderId, quote, expiresAt }: WaitingOrder, shop: string, language: Language): Card {
  const lines = quote.lineItems.map(({ title, quantity, unitPrice: price, pack }) => {
    const { amountMinor, per } = unitPrice(price, pack);
    return { title, quantity, unitPriceMinor: price.amountMinor, basePriceMinor: amountMinor, basePer: per };
  });
  const perks = summedPerks(quote).map(({ kind, fundedBy, saves }) => ({ kind, fundedBy, savesMinor: saves.amountMinor }));
  return {
    ...{ orderId, quoteHash: quote.hash, shop, language, currency: quote.total.currency, lines, moreLines: 0 },
    appPath: approvalPath(orderId),
    deliveryFeeMinor: quote.deliveryFee.amountMinor,
    ...(perks.length > 0 && { perks }),
    totalMinor: quote.total.amountMinor,
    deliveryBy: addDuration(expiresAt, duration(quote.leadTimeDays, 'days')),
    ...{ expiresAt, wordingVersion: WORDING_VERSION, buttonText: orderButtonTexts[language][0] },
  };
}

const bytesOf = (display: Display): number => new TextEncoder().encode(JSON.stringify(display)).length;

/** Takes away the last line of the longest card until all fits, then the oldest message. */
function fit(display: Display): Display {
  let shown = display;
  while (bytesOf(shown) > DISPLAY_BYTES_MAX) shown = shorten(shown);
  return shown;
}

function questionOf({ surveyId, kind, askedAt }: Survey, language: Language): Question {
  return {
    surveyId,
    language,
    ...surveyWording[language][kind],
    ...surveyScale[kind],
    expiresAt: addDuration(askedAt, duration(surveyLimits.openDays, 'days')),
  };
}

/** A question how it went is the first to give way: orders and messages cannot wait. */
function shorten({ question, ...shown }: Display): Display {
  return question === undefined ? shortened(shown) : shown;
}

function shortened({ cards, notes }: Display): Display {
  const longest = cards.reduce((most, { lines }, index) => (lines.length > (cards[most]?.lines.length ?? 0) ? index : most), 0);
  if ((cards[longest]?.lines.length ?? 0) > 0) return { cards: cards.map((card, index) => (index === longest ? withoutLastLine(card) : card)), notes };
  return notes.length > 0 ? { cards, notes: notes.slice(0, -1) } : { cards: cards.slice(0, -1), notes };
}

/** Who has not seen every line cannot say yes to it here, so the button goes with the line. */
function withoutLastLine(card: Card): Card {
  const { buttonText: _button, ...rest } = card;
  return { ...rest, lines: card.lines.slice(0, -1), moreLines: card.moreLines + 1 };
}
