/** People who look at the company's pages, leave an address, hear from it, and never sign up: some warm, some who say no, some who are never heard of again. */
import { duration, instantOf } from '../../shared/values.ts';
import { drawsOf } from '../random.ts';
import { askFor, look, type Visit, type WebMessage } from './visits.ts';

const PROSPECTS = 6;
const DAY = duration(1, 'days');
/** Within so many days the first look of each falls. */
const FIRST_WITHIN_DAYS = 14;
/** In turn: comes back and asks for a call, comes back now and then, says no, is never heard of again. */
const COURSES = ['warm', 'returns', 'refuses', 'silent'] as const;

/** The same seed, the same people. */
export const prospectsOf = (seed: number, startsAt: number): Visit[] =>
  Array.from({ length: PROSPECTS }, (_, number) => prospect(seed, number, startsAt)).flat();

function prospect(seed: number, number: number, startsAt: number): Visit[] {
  const who = { seed, anonymousId: `anon-prospect-${String(number)}`, email: `prospect-${String(number)}@example.org` };
  const draw = drawsOf(seed, 'prospect', number);
  const course = COURSES[number % COURSES.length] ?? 'silent';
  const first = startsAt + (0.3 + draw() * FIRST_WITHIN_DAYS) * DAY;
  const visit = (day: number, messages: (at: number) => WebMessage[]): Visit => {
    const at = Math.round(first + day * DAY);
    return { at: at + duration(10, 'minutes'), messages: messages(at) };
  };
  const looks = (index: number, day: number) => visit(day, (at) => look(who, index, at, undefined, index === 0));
  const mail = (event: 'Email Delivered' | 'Email Opened' | 'Unsubscribed', day: number) => visit(day, (at) => [ofMail(who, event, at)]);
  const asks = visit(0.02, (at) => askFor(who, 'newsletter', at));
  const begun = [looks(0, 0), asks, mail('Email Delivered', 0.5)];
  if (course === 'silent') return begun;
  if (course === 'refuses') return [...begun, mail('Email Opened', 0.8), mail('Unsubscribed', 3 + draw() * 4)];
  const returns = [mail('Email Opened', 0.7), looks(1, 1.5 + draw()), looks(2, 3.5 + draw() * 2)];
  if (course === 'returns') return [...begun, ...returns, looks(3, 9 + draw() * 5)];
  return [...begun, ...returns, visit(6 + draw(), (at) => askFor(who, 'call me', at))];
}

function ofMail({ anonymousId, email }: { anonymousId: string; email: string }, event: string, at: number): WebMessage {
  const messageId = `${anonymousId}-${event.toLowerCase().replaceAll(' ', '-')}`;
  return {
    messageId,
    type: 'track',
    event,
    anonymousId,
    timestamp: instantOf(at),
    properties: { subject: 'Welcome' },
    context: { channel: 'e-mail', traits: { email } },
  };
}
