/** A household's story, read by the chapter: each costs what happened in it, and not what happened before. */
import { z } from 'zod';
import type { Summary } from '../../shared/journey/fold/summary.ts';
import type { Language } from '../../shared/journey/message-wording.ts';
import { chapterAt, chapterKeys, endOfBeginning, stretchOf, type ChapterKey } from '../../shared/journey/story/chapters.ts';
import { secondHandThings } from '../../shared/journey/story/second-hand.ts';
import type { StoryFacts } from '../../shared/journey/story/story-facts.ts';
import { chapterOf, ordersToldOf } from '../../shared/journey/story/story.ts';
import { firstsOf } from '../../shared/journey/story/told.ts';
import type { Touchpoint } from '../../shared/journey/touchpoint.ts';
import { addDuration, duration, earliest, instantSchema, latest, type CaseId, type Instant, type OrderId } from '../../shared/values.ts';
import { shopNames } from '../household-api/shop-names.ts';
import { householdPk, keys, kinds } from '../runtime/aggregates.ts';
import { list, load } from '../runtime/store.ts';
import { knownAround } from '../runtime/who-is-who.ts';
import { touchpointsBetween } from '../update-journey/journey-of.ts';
import type { HouseholdView } from './agent-view.ts';

const sentenceSchema = z.object({
  text: z.string(),
  kind: z.enum(['told', 'summed']),
  at: instantSchema,
  /** How many touchpoints it stands for, and the first of them. */
  count: z.int().min(1),
  evidence: z.array(z.string()),
});
export const chapterSchema = z.object({ key: z.string(), title: z.string(), from: instantSchema, to: instantSchema, sentences: z.array(sentenceSchema) });
type ChapterView = z.infer<typeof chapterSchema>;

const EVIDENCE_SHOWN = 20;
const TOUCHPOINTS_AT_ONCE = 1_000;
const NEXT_MONTH_DAYS = 45;

export interface Teller {
  readonly household: Pick<HouseholdView['household'], 'householdId' | 'createdAt'>;
  readonly summary: Summary | undefined;
  readonly names: StoryFacts;
  readonly language: Language;
  readonly now: Instant;
}

/** What it calls its things, those included that have gone. Orders are named where they are told of. */
export async function namesOf({ householdId, timeZone }: HouseholdView['household']): Promise<StoryFacts> {
  const pk = householdPk(householdId);
  const [known, devices, supplies] = await Promise.all([
    knownAround([`household:${householdId}`]),
    list(kinds.device, pk, 'DEVICE#'),
    list(kinds.supply, pk, 'SUPPLY#'),
  ]);
  const records = known.flatMap(({ records: of }) => of);
  const secondHand = secondHandThings(records, householdId);
  return {
    timeZone,
    devices: Object.fromEntries(devices.map(({ state: { thing, name } }) => [thing, { name, secondHand: secondHand.has(thing) }])),
    supplies: Object.fromEntries(supplies.map(({ state: { supplyId, name } }) => [supplyId, name])),
    orders: {},
  };
}

/**
 * Chapters in which anything happened, the oldest first.
 * @param before the chapter before which to read; without one, the newest
 */
export async function readChapters(teller: Teller, most: number, before?: ChapterKey): Promise<{ chapters: ChapterView[]; earlier?: ChapterKey }> {
  const all = chapterKeys(calendarOf(teller)).filter((key) => mayHold(key, teller.summary));
  const keysLeft = before === undefined ? all : all.slice(all.indexOf(before) + 1);
  const chapters: ChapterView[] = [];
  for (const [index, key] of keysLeft.entries()) {
    const chapter = await readChapter(teller, key);
    if (chapter !== undefined) chapters.unshift(chapter);
    if (chapters.length === most && index < keysLeft.length - 1) return { chapters, earlier: key };
  }
  return { chapters };
}

const calendarOf = ({ household, summary, names: { timeZone }, now }: Teller) => ({
  ...{ timeZone, now },
  end: endOfBeginning(household.createdAt, firstsBy(summary).get('order.delivered')),
});

function firstsBy(summary: Summary | undefined): ReadonlyMap<string, Instant> {
  const firsts = new Map<string, Instant>();
  for (const [name, at] of Object.entries(summary?.first ?? {})) {
    const type = name.slice(0, name.lastIndexOf('@'));
    firsts.set(type, earliest(at, firsts.get(type) ?? at));
  }
  return firsts;
}

/** A month of somebody's calendar begins a few hours before or after ours. */
function mayHold(key: ChapterKey, summary: Summary | undefined): boolean {
  if (summary === undefined || !/^\d{4}-\d\d$/.test(key)) return true;
  const begins = instantSchema.parse(`${key}-01T00:00:00.000Z`);
  return [-1, 0, NEXT_MONTH_DAYS].some((days) => summary.months[addDuration(begins, duration(days, 'days')).slice(0, 7)] !== undefined);
}

async function readChapter(teller: Teller, key: ChapterKey): Promise<ChapterView | undefined> {
  const { summary, language } = teller;
  const within = await touchpointsOf(teller, key);
  if (within.length === 0) return undefined;
  const firstAt = firstsBy(summary);
  const firsts = new Set(
    summary === undefined ? (key === 'beginning' ? firstsOf(within) : []) : [...firstsOf(within)].filter(({ type, at }) => firstAt.get(type) === at),
  );
  const told = ordersToldOf(key, within, { firsts, language, facts: teller.names });
  const facts = { ...teller.names, orders: await ordersNamed(teller, told) };
  const chapter = chapterOf(key, within, { firsts, facts, language });
  return {
    ...chapter,
    sentences: chapter.sentences.map(({ evidence, ...rest }) => ({ ...rest, count: evidence.length, evidence: evidence.slice(0, EVIDENCE_SHOWN) })),
  };
}

/** In the order of their own time; with what became later of problems that began here, and without what became here of older ones. */
async function touchpointsOf(teller: Teller, key: ChapterKey): Promise<Touchpoint[]> {
  const calendar = calendarOf(teller);
  const stretch = stretchOf(key, calendar);
  const found = await everythingIn(teller, stretch);
  const cases = await casesIn(teller, found);
  const keyAt = chapterAt(calendar);
  const isOf = ({ caseId, at }: Touchpoint) => keyAt((caseId === undefined ? undefined : cases.get(caseId)?.from) ?? at) === key;
  const within = found.filter(isOf);
  const going = [...cases.values()].filter(({ from, to }) => keyAt(from) === key && to >= stretch.before).map(({ to }) => to);
  const [last, ...others] = going;
  const later =
    last === undefined ? [] : await everythingIn(teller, { from: stretch.before, before: addDuration(latest(last, ...others), duration(1, 'seconds')) });
  return [...within, ...later.filter((one) => one.caseId !== undefined && cases.has(one.caseId) && isOf(one))].sort((a, b) =>
    a.at === b.at ? (a.touchpointId < b.touchpointId ? -1 : 1) : a.at < b.at ? -1 : 1,
  );
}

async function everythingIn({ household }: Teller, { from, before }: { readonly from: Instant; readonly before: Instant }): Promise<Touchpoint[]> {
  const found: Touchpoint[] = [];
  for (let place: string | undefined = before; place !== undefined;) {
    const page: Awaited<ReturnType<typeof touchpointsBetween>> = await touchpointsBetween(household.householdId, {
      from,
      before: place,
      most: TOUCHPOINTS_AT_ONCE,
    });
    found.push(...page.touchpoints);
    place = page.older;
  }
  return found;
}

async function casesIn({ household: { householdId } }: Teller, found: readonly Touchpoint[]): Promise<Map<CaseId, { from: Instant; to: Instant }>> {
  const caseIds = [...new Set(found.flatMap(({ caseId }) => caseId ?? []))];
  const known = await Promise.all(
    caseIds.map(async (caseId) => {
      const traces = (await load(kinds.processTraces, keys.processTraces(householdId, caseId)))?.state.traces ?? {};
      const [first, ...moments] = Object.values(traces).map(({ at }) => at);
      return first === undefined ? [] : ([[caseId, { from: earliest(first, ...moments), to: latest(first, ...moments) }]] as const);
    }),
  );
  return new Map(known.flat());
}

async function ordersNamed({ household: { householdId } }: Teller, orderIds: readonly OrderId[]): Promise<StoryFacts['orders']> {
  const found = await Promise.all(orderIds.map((orderId) => load(kinds.order, keys.order(householdId, orderId))));
  const orders = found.flatMap((stored) => (stored === undefined ? [] : [stored.state.order]));
  const shops = new Map((await shopNames(orders.map(({ retailerId }) => retailerId))).map(({ retailerId, name }) => [retailerId, name]));
  return Object.fromEntries(
    orders.map(({ orderId, retailerId, quote }) => [
      orderId,
      { shop: shops.get(retailerId) ?? retailerId, goods: [...new Set(quote.lineItems.map(({ title }) => title))] },
    ]),
  );
}
