/** Sample messages in the shop's own log of deliveries, beside the real ones and marked: whoever reads the log sees everything that came over the wire. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { deliverySchema, messageTypeSchema, type Delivery } from '../../../shared/retailer/delivery.ts';
import type { Attempt } from '../../../shared/webhook/attempts.ts';
import { SAMPLE_HOUSEHOLD } from '../../../shared/retailer/test-orders.ts';
import { messageIdSchema, type Instant, type OrderId, type RetailerId } from '../../../shared/values.ts';
import type { Access } from '../cloud/control.ts';
import { inWords } from '../conformance/answer-in-words.ts';
import { groupBy } from '../../../shared/group.ts';
import { REGION } from '../template/identity.ts';
import type { Exchange, Sample, Sent } from './exchange.ts';
import { refusalOf } from './verdict.ts';

const ANSWER_CHARACTERS = 500;

/** One delivery for each message, with an attempt for each time it was sent. @param now product time */
export function samplesAsDeliveries(
  retailerId: RetailerId,
  { sample, orderId, exchanges }: Pick<Sent, 'sample' | 'orderId' | 'exchanges'>,
  now: Instant,
): Delivery[] {
  return [...groupBy(exchanges, ({ id }) => id)].map(([id, sent]) => asDelivery({ sample, retailerId, orderId, id, sent }, now));
}

interface Message {
  readonly sample: Sample;
  readonly retailerId: RetailerId;
  readonly orderId: OrderId;
  readonly id: string;
  readonly sent: readonly Exchange[];
}

function asDelivery({ sample, retailerId, orderId, id, sent }: Message, now: Instant): Delivery {
  const attempts = sent.map((exchange) => attemptOf(sample, exchange, now));
  const isTaken = attempts.some(({ outcome }) => outcome === 'delivered');
  return deliverySchema.parse({
    ...{ messageId: messageIdSchema.parse(id), householdId: SAMPLE_HOUSEHOLD, orderId, retailerId, type: messageTypeSchema.parse(sent[0]?.type) },
    ...{ body: sent[0]?.body, createdAt: now, acceptBefore: now, attempts, sample: true },
    // Nobody sends it again by itself.
    ...(isTaken ? { status: 'delivered', deliveredAt: now } : { status: 'abandoned', abandonedAt: now, reason: 'attempts-exhausted' }),
  });
}

function attemptOf(sample: Sample, { answer, timestamp }: Exchange, now: Instant): Attempt {
  const isTaken = answer.kind === 'answered' && answer.status >= 200 && answer.status <= 299;
  const said = answer.kind === 'answered' && answer.body !== '' ? { answer: answer.body.slice(0, ANSWER_CHARACTERS) } : {};
  return {
    ...{ at: now, outcome: isTaken ? 'delivered' : 'failed' },
    ...(answer.kind === 'answered'
      ? { httpStatus: answer.status, detail: refusalOf(sample, answer) ?? (isTaken ? '' : `answered ${answer.status}`) }
      : { detail: inWords(answer).en }),
    exchange: { timestamp, millis: answer.millis, ...said },
  };
}

/** Into the table of a run on this machine, as the product stores a delivery that is over: it says nothing, and is never due. */
export async function keepSamples({ endpointUrl, accessKeyId, secretAccessKey, tables }: Access, deliveries: readonly Delivery[]): Promise<void> {
  const client = new DynamoDBClient({ endpoint: endpointUrl, region: REGION, credentials: { accessKeyId, secretAccessKey } });
  try {
    for (const state of deliveries) {
      const key = { pk: `RT#${state.retailerId}`, sk: `DELIVERY#${state.messageId}` };
      const item = { ...key, version: 1, writer: randomUUID(), events: [], state };
      await DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }).send(
        new PutCommand({ TableName: tables.retailers, Item: item }),
      );
    }
  } finally {
    client.destroy();
  }
}
