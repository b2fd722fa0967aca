/** The edge towards devices: from queue records to readings whose sender is proved, or to a reason why not. */
import type { SQSRecord } from 'aws-lambda';
import { ingestedTelemetrySchema, readingSchema, TELEMETRY_BYTES_MAX, type Reading } from '../../shared/device/telemetry.ts';
import { textWithoutOptional } from '../../shared/device/optional-fields.ts';
import { digest } from '../../shared/digest.ts';
import { instantOf, thingNameSchema, type Instant, type ThingName } from '../../shared/values.ts';

export interface UnderstoodReading {
  readonly recordId: string;
  readonly thing: ThingName;
  readonly reading: Reading;
  readonly payload: string;
  /** When the broker took it. */
  readonly receivedAt: Instant;
}

export interface RefusedReading {
  readonly recordId: string;
  readonly thing: ThingName;
  /** Names this reading for ever, so that its repeat is not quarantined twice. */
  readonly key: string;
  readonly bootId: number;
  readonly seq: number;
  readonly payload: string;
  readonly reason: string;
}

/** As much of the payload as a person needs to see what was wrong. */
const PAYLOAD_CHARACTERS_MAX = 4_096;
/** Who wrote to our queue without a thing's name did not come through the rule. */
const NOBODY = thingNameSchema.parse('unknown');

export const readingKey = ({ bootId, seq }: { bootId: number; seq: number }): string => `${bootId}-${seq}`;

export function readTelemetry(records: readonly SQSRecord[]): { understood: UnderstoodReading[]; refused: RefusedReading[] } {
  const understood: UnderstoodReading[] = [];
  const refused: RefusedReading[] = [];
  for (const record of records) {
    const result = readOne(record);
    if ('reading' in result) understood.push(result);
    else refused.push(result);
  }
  return { understood, refused };
}

function readOne({ messageId: recordId, body }: SQSRecord): UnderstoodReading | RefusedReading {
  const refuse = (thing: ThingName, payload: string, reason: string): RefusedReading => ({
    ...{ recordId, thing, key: digest(payload, 32), bootId: 0, seq: 0, reason },
    // Whoever consented to what is not known yet, and what nobody can use needs no optional field.
    payload: textWithoutOptional(payload).slice(0, PAYLOAD_CHARACTERS_MAX),
  });
  const wrapped = ingestedTelemetrySchema.safeParse(parseJson(body));
  if (!wrapped.success) return refuse(NOBODY, body, `expected what the rule wraps; ${firstIssue(wrapped.error.issues)}`);
  const { thing, clientId, payload: encoded } = wrapped.data;
  const bytes = Buffer.from(encoded, 'base64');
  const payload = bytes.toString('utf8');
  if (clientId !== thing) return refuse(thing, payload, 'the topic names another thing than the connection');
  if (bytes.length > TELEMETRY_BYTES_MAX) return refuse(thing, payload, `expected at most ${TELEMETRY_BYTES_MAX} bytes, got ${bytes.length}`);
  const reading = readingSchema.safeParse(parseJson(payload));
  if (!reading.success) return refuse(thing, payload, `expected a reading; ${firstIssue(reading.error.issues)}`);
  return { recordId, thing, reading: reading.data, payload, receivedAt: instantOf(wrapped.data.receivedAt) };
}

/** Undefined for text that is no JSON: the schema then says what it expected. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const firstIssue = ([issue]: readonly { path: readonly PropertyKey[]; message: string }[]): string =>
  issue === undefined ? 'got something else' : `${issue.path.map(String).join('.') || 'payload'}: ${issue.message}`.slice(0, 150);
