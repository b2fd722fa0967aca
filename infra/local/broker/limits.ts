/** What AWS IoT Core's message broker takes at most (its quota page), judged here before anything else looks at a packet. */
import { basicIngestOf, isBasicIngest } from './basic-ingest.ts';
import { topicProblem } from './topic-filter.ts';

/** 128 KB. What a device may say is less, and judged where telemetry is ingested. */
export const PAYLOAD_BYTES_MAX = 131_072;
/** A CONNECT holds a will's payload, its topic, names and a token besides; a PUBLISH only a topic. */
export const PACKET_BYTES_MAX = PAYLOAD_BYTES_MAX + 8_192;
/** Subscriptions of one connection. */
export const SUBSCRIPTIONS_MAX = 50;
const CLIENT_ID_BYTES_MAX = 128;
const KEEP_ALIVE_SECONDS = { min: 30, max: 1_200 };

type Publish = Readonly<{ topic: string; payload: string | Buffer; qos: number; retain: boolean }>;

/** Why no message may look like this, whoever sends it; also asked of wills, when a client connects. */
export function publishProblem({ topic, payload, qos, retain }: Publish): string | undefined {
  const heard = isBasicIngest(topic) ? basicIngestOf(topic)?.topic : topic;
  if (heard === undefined) return 'expected $aws/rules/<rule>/<topic>';
  const problem = topicProblem(heard);
  if (problem !== undefined) return `expected ${problem}`;
  if (qos > 1) return 'QoS 2 is not offered';
  if (retain) return 'retained messages are not offered';
  return Buffer.byteLength(payload) > PAYLOAD_BYTES_MAX ? `a payload has at most ${PAYLOAD_BYTES_MAX} bytes` : undefined;
}

/** A client id stands in topics (presence) and in policies, so nothing in it may mean anything there. */
export function clientIdProblem(clientId: string): string | undefined {
  if (clientId === '' || Buffer.byteLength(clientId) > CLIENT_ID_BYTES_MAX) return `a client id has 1 to ${CLIENT_ID_BYTES_MAX} bytes`;
  return /[+#*$/\p{Cc}\uFFFD]/u.test(clientId) ? 'a client id has no + # * $ / or control characters' : undefined;
}

/** As AWS treats it: below 30 s counts as 30, and 0 (never) or more than 1,200 s as 1,200. The connection is cut at one and a half times this. */
export function keepAliveSeconds(asked: number): number {
  if (asked === 0) return KEEP_ALIVE_SECONDS.max;
  return Math.min(Math.max(asked, KEEP_ALIVE_SECONDS.min), KEEP_ALIVE_SECONDS.max);
}
