/** What AWS would bill of a run, by name and in the unit that is billed. */
export const BILLED = [
  /** CONNECT, SUBSCRIBE, PUBLISH either way and a client's PUBACK, each 5 kB begun. */
  'iot.messages',
  'iot.connectionMinutes',
  /** A rule that heard a message, and each of its actions, each 5 kB begun. */
  'iot.ruleExecutions',
  'iot.ruleActions',
  /** Of device shadows, each kB begun. */
  'iot.shadowOperations',
  /** Sending, receiving and deleting, each 64 kB begun; a receive and a deletion take up to ten messages. */
  'sqs.requests',
  'lambda.requests',
  /** Configured memory × measured duration, each invocation rounded up to a millisecond. */
  'lambda.gbSeconds',
  'dynamodb.writeUnits',
  'dynamodb.readUnits',
  /** Put on the bus, each 64 kB begun. */
  'events.published',
  /** Each 512 kB begun. */
  'http.requests',
  'logs.bytes',
  'secrets.calls',
  'ses.emails',
  'cloudfront.requests',
  'cloudfront.bytes',
] as const;
export type Billed = (typeof BILLED)[number];

/** What is not billed by itself but needed to work a bill out. */
export const FACTS = [
  /** By which tables grew. */
  'dynamodb.storedBytes',
  /** Writes that were asked for, whatever they took: those that changed an item, and those that failed their condition. */
  'dynamodb.writes',
  /** Of `logs.bytes`: lines that a deployment writes only a sample of. */
  'logs.sampledBytes',
  /** Messages handed to a function in a batch. */
  'lambda.messages',
  /** How often a schedule fired. */
  'events.scheduled',
] as const;
export type Counted = Billed | (typeof FACTS)[number];

/** @param by the stage that it is done for, or `things` and `apps` for what only the broker sees */
export type Count = (what: Counted, amount: number, by: string) => void;

export const NOTHING_COUNTED: Count = () => undefined;
