/** The envelope of an event as EventBridge makes it. */
import { randomUUID } from 'node:crypto';

export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** To the second. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface Origin {
  readonly account: string;
  readonly region: string;
}

export interface EventFields {
  readonly detailType: string;
  readonly source: string;
  readonly atMillis: number;
  readonly resources: readonly string[];
  readonly detail: BusEvent['detail'];
}

export const envelop = ({ account, region }: Origin, { detailType, source, atMillis, resources, detail }: EventFields): BusEvent => ({
  version: '0',
  id: randomUUID(),
  'detail-type': detailType,
  source,
  account,
  time: `${new Date(atMillis).toISOString().slice(0, 19)}Z`,
  region,
  resources,
  detail,
});

/** What a rule with a schedule sends to targets without an input of their own. */
export const scheduledEvent = (origin: Origin, ruleArn: string, atMillis: number): BusEvent =>
  envelop(origin, { detailType: 'Scheduled Event', source: 'aws.events', atMillis, resources: [ruleArn], detail: {} });
