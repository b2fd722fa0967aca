/** From what a run knows of an order to the steps of its way, in the order of time. Pure. */
import type { EventEnvelope } from '../../../shared/events.ts';
import { factInWords } from './fact-in-words.ts';
import type { Gathered } from './gather.ts';
import type { AppliedReading, LogLine } from './log-lines.ts';

export interface Step {
  /** Product time. */
  readonly at: string;
  readonly title: string;
  readonly details: readonly string[];
}

/** A need is believed after three low readings. */
const READINGS_SHOWN = 3;
/** In one instant, what causes comes before what follows: readings, facts in the order in which they were said, then what is logged. */
const RANK = { reading: 0, fact: 1, attempt: 2, log: 3 } as const;
/** Lines that the steps are made from. */
const EVERYWHERE = new Set(['said', 'worked off', 'readings']);
type Ranked = Step & { readonly rank: number };

export function stepsOf(gathered: Gathered): Step[] {
  const facts = factsOf(gathered);
  const told = facts.filter((event) => event.type === 'supply.low');
  const all: Ranked[] = [
    ...told.flatMap((low) => readingsBefore(low, gathered.readings)).map((reading) => ({ ...readingStep(reading), rank: RANK.reading })),
    ...facts.map((event) => ({ ...factStep(event, gathered), rank: RANK.fact })),
    ...attemptSteps(gathered, facts).map((step) => ({ ...step, rank: RANK.attempt })),
    ...notable(gathered, facts).map((step) => ({ ...step, rank: RANK.log })),
  ];
  return all.sort((a, b) => (a.at === b.at ? a.rank - b.rank : a.at < b.at ? -1 : 1)).map(({ at, title, details }) => ({ at, title, details }));
}

/** The needs' own facts up to this order, everything about the order, and what came of it in the supplies. */
function factsOf({ stored: { order }, events }: Gathered): EventEnvelope[] {
  const needs = new Set<string>(order.quote.lineItems.map(({ needId }) => needId));
  const isAbout = (event: EventEnvelope): boolean => {
    if ('orderId' in event.data) return event.data.orderId === order.orderId;
    return event.type === 'supply.low' && needs.has(event.data.needId) && event.time <= order.proposedAt;
  };
  return events.filter(isAbout).sort(asTheyWereSaid);
}

/** `<aggregate>/<version>/<index>`: of one aggregate the version tells the order, also within one instant. */
const versionOf = ({ id }: EventEnvelope): number => Number(id.split('/').at(-2));
const asTheyWereSaid = (a: EventEnvelope, b: EventEnvelope): number => (a.time === b.time ? versionOf(a) - versionOf(b) : a.time < b.time ? -1 : 1);

function readingsBefore(low: Extract<EventEnvelope, { type: 'supply.low' }>, readings: readonly AppliedReading[]): AppliedReading[] {
  return readings
    .filter(({ supplyId, appliedAt }) => supplyId === low.data.supplyId && appliedAt <= low.time)
    .sort((a, b) => (a.sampledAt < b.sampledAt ? -1 : 1))
    .slice(-READINGS_SHOWN);
}

const readingStep = ({ thing, bootId, seq, sampledAt, receivedAt, appliedAt, supplyId }: AppliedReading): Step => ({
  at: appliedAt,
  title: `${thing} was heard: reading ${seq} of boot ${bootId}`,
  details: [`sampled ${sampledAt}, received ${receivedAt}, applied to ${supplyId} by ingest-telemetry`],
});

function factStep(event: EventEnvelope, gathered: Gathered): Step {
  const { log, touchpoints } = gathered;
  const said = log.find(({ events }) => events?.some(({ id }) => id === event.id) === true);
  const heard = [
    ...new Set(log.filter(({ message, event: heardEvent }) => message === 'worked off' && heardEvent?.id === event.id).map(({ service }) => service)),
  ];
  const touchpoint = touchpoints.find(({ messageId }) => messageId === event.id);
  return {
    at: event.time,
    title: `${event.type}${said === undefined ? '' : `, said by ${said.service}`}`,
    details: [
      ...factInWords(event, gathered.stored),
      ...(heard.length === 0 ? [] : [`worked off by ${heard.sort().join(', ')}`]),
      ...(touchpoint === undefined ? [] : [`touchpoint: ${touchpoint.phase}, ${touchpoint.channel}, begun by ${touchpoint.initiator}`]),
    ],
  };
}

/** Those that no fact tells: an attempt that failed says so itself. */
function attemptSteps({ delivery }: Gathered, facts: readonly EventEnvelope[]): Step[] {
  if (delivery === undefined) return [];
  const told = new Set(facts.flatMap((event) => (event.type === 'webhook.failed' ? [event.data.attempt] : [])));
  return delivery.attempts.flatMap(({ at, outcome, httpStatus, detail }, index) => {
    if (told.has(index + 1)) return [];
    const answer = [httpStatus === undefined ? '' : `, answered ${httpStatus}`, detail === '' ? '' : ` (${detail})`].join('');
    return [{ at, title: `webhook attempt ${index + 1}: ${outcome}`, details: [`${delivery.messageId} to ${delivery.retailerId}${answer}`] }];
  });
}

/** Log lines that are no step of their own: warnings, errors and what a function found worth a sentence, from the first fact on. */
function notable({ log, stored: { order } }: Gathered, facts: readonly EventEnvelope[]): Step[] {
  const [first, last] = [facts[0]?.time, facts.at(-1)?.time];
  const concerns = (line: LogLine): boolean => line['orderId'] === undefined || line['orderId'] === order.orderId;
  return log
    .filter((line) => !EVERYWHERE.has(line.message) && concerns(line))
    .filter(({ productTime }) => first !== undefined && last !== undefined && productTime >= first && productTime <= last)
    .map(({ productTime, service, level, message, ...details }) => ({
      at: productTime,
      title: `${service} logged ${level}: ${message}`,
      details: reasonIn(details),
    }));
}

const reasonIn = (facts: Readonly<Record<string, unknown>>): string[] => {
  const { reason, result, by, error } = facts;
  const said = error instanceof Object && 'message' in error ? error.message : undefined;
  return [reason, result, by, said].flatMap((word) => (typeof word === 'string' ? [word] : []));
};
