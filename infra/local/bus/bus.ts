/** Event buses: PutEvents, rules and their targets. */
import { z } from 'zod';
import type { AwsHandler } from '../aws-request.ts';
import { PAYLOAD_UNIT_BYTES, unitsOf } from '../cost/units.ts';
import { AwsError, jsonAnswer, parseBody } from '../endpoint/aws-answer.ts';
import { envelop, type BusEvent, type Origin } from './event.ts';
import { compilePattern, type Matches } from './pattern.ts';
import { compileTargets, type Deliver, type DeliverEvent, type Target } from './target.ts';

export interface BusDefinition {
  readonly name: string;
  readonly arn: string;
}

export interface RuleDefinition {
  readonly name: string;
  readonly busName: string;
  readonly pattern: unknown;
  readonly targets: readonly Target[];
}

export interface BusOptions extends Origin {
  readonly buses: readonly BusDefinition[];
  readonly rules: readonly RuleDefinition[];
  readonly deliver: Deliver;
  /** Product time in milliseconds, for events that do not say when they happened. */
  readonly now: () => number;
  /** Hears in what steps the events of a call are billed. */
  readonly published?: (caller: string, units: number) => void;
  /** Hears of each event that every target has. */
  readonly took?: (event: BusEvent) => void;
}

export interface Bus {
  /** `AWSEvents.PutEvents`. */
  readonly handle: AwsHandler;
}

interface Rule {
  readonly busName: string;
  readonly matches: Matches;
  readonly deliver: DeliverEvent;
}

type EntryAnswer = { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

const ENTRIES_MAX = 10;
/** Together; 1 MB since January 2026, 256 KB before. */
const ENTRIES_BYTES_MAX = 1_048_576;
/** EventBridge counts a time as this much. */
const TIME_BYTES = 14;

const entrySchema = z.strictObject({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().optional(),
  Resources: z.array(z.string()).default([]),
  /** Seconds since 1970. */
  Time: z.number().optional(),
  TraceHeader: z.string().optional(),
});
type Entry = z.infer<typeof entrySchema>;
const putEventsSchema = z.strictObject({ Entries: z.array(entrySchema).min(1).max(ENTRIES_MAX) });
const detailSchema = z.record(z.string(), z.unknown());

/** @throws Error naming a rule whose bus, pattern or targets are not understood */
export function openBus(options: BusOptions): Bus {
  const busNames = new Map(
    options.buses.flatMap(({ name, arn }) => [
      [name, name],
      [arn, name],
    ]),
  );
  const rules = options.rules.map((rule) => compileRule(rule, busNames, options.deliver));
  return {
    handle: async (request) => {
      const operation = request.headers['x-amz-target']?.replace(/^AWSEvents\./, '') ?? '';
      if (operation !== 'PutEvents') throw new AwsError('UnknownOperationException', `the local cloud does not offer events ${operation}`);
      const { Entries } = parseBody(request, putEventsSchema, 'ValidationException');
      const bytes = Entries.reduce((sum, entry) => sum + bytesOf(entry), 0);
      if (bytes > ENTRIES_BYTES_MAX)
        throw new AwsError('ValidationException', `Total size of the entries in the request is over the limit of ${ENTRIES_BYTES_MAX} bytes.`);
      options.published?.(
        request.caller,
        Entries.reduce((sum, entry) => sum + unitsOf(bytesOf(entry), PAYLOAD_UNIT_BYTES), 0),
      );
      const answers = await Promise.all(Entries.map((entry) => put(entry, options, busNames, rules)));
      return jsonAnswer(request, { FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length, Entries: answers });
    },
  };
}

function compileRule({ name, busName, pattern, targets }: RuleDefinition, busNames: ReadonlyMap<string, string>, deliver: Deliver): Rule {
  const bus = busNames.get(busName);
  if (bus === undefined) throw new Error(`the rule ${name}: there is no event bus ${busName}`);
  try {
    return { busName: bus, matches: compilePattern(pattern), deliver: compileTargets(name, targets, deliver) };
  } catch (cause) {
    throw new Error(`the rule ${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Acknowledged when every matching target has the event durably; otherwise the entry fails and the publisher still has it. */
async function put(entry: Entry, options: BusOptions, busNames: ReadonlyMap<string, string>, rules: readonly Rule[]): Promise<EntryAnswer> {
  const busName = busNames.get(entry.EventBusName ?? 'default');
  // AWS takes an event for a bus that does not exist, and loses it; here that is an error to be seen.
  if (busName === undefined) return refused('ResourceNotFoundException', `Event bus ${entry.EventBusName ?? 'default'} does not exist.`);
  const event = eventOf(entry, options);
  if ('ErrorCode' in event) return event;
  try {
    await Promise.all(rules.filter((rule) => rule.busName === busName && rule.matches(event)).map((rule) => rule.deliver(event)));
    options.took?.(event);
    return { EventId: event.id };
  } catch (error) {
    return refused('InternalFailure', error instanceof Error ? error.message : String(error));
  }
}

function eventOf({ Source, DetailType, Detail, Resources, Time }: Entry, options: BusOptions): BusEvent | Extract<EntryAnswer, { ErrorCode: string }> {
  if (!Source) return missing('Source');
  if (!DetailType) return missing('DetailType');
  if (!Detail) return missing('Detail');
  if (Source.startsWith('aws.')) return refused('NotAuthorizedForSourceException', 'Not authorized for the source.');
  const detail = parseDetail(Detail);
  if (detail === undefined) return refused('MalformedDetail', 'Detail is malformed.');
  return envelop(options, {
    source: Source,
    detailType: DetailType,
    detail,
    resources: Resources,
    atMillis: Time === undefined ? options.now() : Time * 1_000,
  });
}

function parseDetail(text: string): BusEvent['detail'] | undefined {
  try {
    return detailSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const refused = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });
const missing = (name: string) => refused('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);

/** EventBridge User Guide, “Calculating PutEvents event entry size”. */
const bytesOf = ({ Source = '', DetailType = '', Detail = '', Resources, Time }: Entry): number =>
  [Source, DetailType, Detail, ...Resources].reduce((bytes, text) => bytes + Buffer.byteLength(text), Time === undefined ? 0 : TIME_BYTES);
