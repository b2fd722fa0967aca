/** Who looks at the company's pages and when: before the sign-up without a name, afterwards with one, and two people on one tablet. */
import { duration, instantOf, type Instant, type MemberId } from '../../shared/values.ts';
import { drawsOf, pick, type Draw } from '../random.ts';
import type { Errand } from './errands.ts';

/** As a tracker in a browser sends it (Segment's tracking API). */
export interface WebMessage {
  readonly messageId: string;
  readonly type: 'page' | 'track' | 'identify';
  readonly anonymousId: string;
  readonly userId?: string;
  readonly name?: string;
  readonly event?: string;
  readonly timestamp: Instant;
  readonly properties?: Readonly<Record<string, string | number | boolean>>;
  readonly traits?: { readonly email: string };
  readonly context?: {
    readonly campaign?: { readonly name: string; readonly source: string; readonly medium: string };
    readonly channel?: 'e-mail';
    readonly traits?: { readonly email: string };
  };
}
export interface Visit {
  /** When it is sent; what happened before the beginning is sent with it. Product milliseconds. */
  readonly at: number;
  readonly messages: readonly WebMessage[];
}

const DAY = duration(1, 'days');
const PAGES = ['Home', 'How it works', 'Fridges', 'Heating', 'Prices', 'Questions'] as const;
type Campaign = NonNullable<NonNullable<WebMessage['context']>['campaign']>;
const CAMPAIGNS: [Campaign, Campaign] = [
  { name: 'spring-fresh', source: 'newsletter', medium: 'email' },
  { name: 'never-run-out', source: 'search', medium: 'cpc' },
];
/** Before the beginning: the first look so many days ago, and looks in all. */
const BEFORE = { days: 40, looks: [2, 5] } as const;
/** Of those who sign up. */
const ASKS_FIRST = 0.4;
/** Afterwards somebody looks every so many days. */
const EVERY_DAYS = [5, 12] as const;

const between = (draw: Draw, [least, most]: readonly [number, number]): number => least + draw() * (most - least);

export interface Visitor {
  readonly seed: number;
  readonly anonymousId: string;
  readonly userId: MemberId;
  /** Told at the sign-up, so that the shop at the corner and the survey tool are found to know the same person. */
  readonly email?: string | undefined;
  readonly startsAt: number;
}

/** What is known by an address stands with a name that nobody outside can tell. */
function nodeOf({ userId, anonymousId, traits, context }: WebMessage): string {
  if (userId !== undefined) return `PERSON#userId:${userId}`;
  return (traits ?? context?.traits) === undefined ? `ANON#${anonymousId}` : 'PERSON#email:';
}

export const asErrand = ({ at, messages }: Visit): Errand => ({
  ...{ at, source: 'src_website' },
  messages: messages.map((body) => {
    const { messageId, type } = body;
    return { messageId, type, node: nodeOf(body), body };
  }),
});

/** One look: a page or two, perhaps a product; @param userId once it is known who looks */
export function look(
  { seed, anonymousId }: Pick<Visitor, 'seed' | 'anonymousId'>,
  number: number,
  at: number,
  userId: string | undefined,
  isFirst: boolean,
): WebMessage[] {
  const draw = drawsOf(seed, 'visit', anonymousId, number);
  const who = { anonymousId, ...(userId !== undefined && { userId }) };
  const id = (part: string) => `${anonymousId}-${String(number)}-${part}`;
  const campaign = isFirst ? { context: { campaign: pick(draw, CAMPAIGNS) } } : {};
  const product: WebMessage = {
    ...who,
    ...{ messageId: id('product'), type: 'track', event: 'Product Viewed', timestamp: instantOf(at + duration(4, 'minutes')) },
    properties: { product: pick(draw, ['fridge-sensor', 'tank-sensor']) },
  };
  return [
    { ...who, messageId: id('page'), type: 'page', name: pick(draw, PAGES), timestamp: instantOf(at), ...campaign },
    { ...who, messageId: id('next'), type: 'page', name: pick(draw, PAGES), timestamp: instantOf(at + duration(2, 'minutes')) },
    ...(draw() < 0.5 ? [product] : []),
  ];
}

/** A form with a tick: who it is, and what they ask for. */
export function askFor({ anonymousId, email }: { anonymousId: string; email: string }, form: 'newsletter' | 'call me', at: number): WebMessage[] {
  const [when, traits, name] = [Math.round(at), { email }, form === 'newsletter' ? 'Newsletter Subscribed' : 'Callback Requested'];
  const who = { anonymousId, context: { traits } };
  const id = `${anonymousId}-${form.replace(' ', '-')}`;
  return [
    { messageId: `${id}-who`, type: 'identify', anonymousId, traits, timestamp: instantOf(when) },
    {
      ...{ ...who, messageId: id, type: 'track', event: name, timestamp: instantOf(when + duration(1, 'minutes')) },
      properties: { form, consent: true, device: 'fridge' },
    },
  ];
}

/** Of one person with one browser, up to a year: without a name before the beginning, then with one. The same seed, the same visits. */
export function visitsOf(visitor: Visitor): Visit[] {
  const { seed, anonymousId, userId, email, startsAt } = visitor;
  const draw = drawsOf(seed, 'visits', anonymousId);
  const looks = Math.round(between(draw, BEFORE.looks));
  const past = Array.from({ length: looks }, (_, index) => {
    const at = Math.round(startsAt - BEFORE.days * DAY * (1 - (index + draw() * 0.8) / looks));
    return look(visitor, index, at, undefined, index === 0);
  }).flat();
  // Some leave their address before they sign up: then we have known them as a lead.
  const asked = email !== undefined && draw() < ASKS_FIRST ? askFor({ anonymousId, email }, 'newsletter', startsAt - draw() * BEFORE.days * 0.3 * DAY) : [];
  const identify: WebMessage = {
    ...{ messageId: `${anonymousId}-known`, type: 'identify', anonymousId, userId, timestamp: instantOf(startsAt) },
    ...(email !== undefined && { traits: { email } }),
  };
  const later: Visit[] = [];
  for (let at = startsAt + between(draw, EVERY_DAYS) * DAY; at < startsAt + 365 * DAY; at += between(draw, EVERY_DAYS) * DAY) {
    const whole = Math.round(at);
    later.push({ at: whole + duration(5, 'minutes'), messages: look(visitor, looks + later.length, whole, userId, false) });
  }
  return [{ at: startsAt, messages: [...past, ...asked, identify] }, ...later];
}

/** Two people who do not live together use one tablet: what is done on it without a name belongs to neither. */
export function tabletOf(seed: number, [first, second]: readonly [MemberId, MemberId], startsAt: number): Visit[] {
  const tablet = { seed, anonymousId: 'anon-tablet', startsAt };
  const on = (day: number, number: number, userId: MemberId, named: boolean): Visit => {
    const at = startsAt + day * DAY;
    const known: WebMessage = {
      messageId: `anon-tablet-${String(number)}-known`,
      type: 'identify',
      anonymousId: 'anon-tablet',
      userId,
      timestamp: instantOf(at),
    };
    const pages = look(tablet, number, at, named ? userId : undefined, false);
    return { at: at + duration(5, 'minutes'), messages: named ? [known, ...pages] : pages };
  };
  return [on(2, 0, first, true), on(3, 1, second, true), on(5, 2, first, false)];
}
