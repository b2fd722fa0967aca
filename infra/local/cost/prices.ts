/**
 * List prices of AWS in eu-central-1, US dollars without tax, as of November 2026. The only place where prices stand. Free tiers and discounts
 * for volume are left out. `read` says where each comes from: `price list` was read there, `scaled` is us-east-1's price times what
 * Frankfurt costs more for the neighbouring lines; read the page again before you rely on one of those.
 */
import type { Billed } from './billed.ts';

export interface Price {
  readonly usd: number;
  /** So many cost that much. */
  readonly per: number;
  readonly unit: string;
  readonly page: string;
  readonly date: string;
  readonly read: 'price list' | 'scaled';
}

const MILLION = 1_000_000;
/** Billed by 10⁹ bytes in logs and CloudFront, by 2³⁰ in tables; the difference is within what the rest is uncertain by. */
const GIGABYTE = 1_000_000_000;
const pages = {
  iot: 'https://aws.amazon.com/iot-core/pricing/',
  sqs: 'https://aws.amazon.com/sqs/pricing/',
  lambda: 'https://aws.amazon.com/lambda/pricing/',
  dynamodb: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  events: 'https://aws.amazon.com/eventbridge/pricing/',
  http: 'https://aws.amazon.com/api-gateway/pricing/',
  cloudwatch: 'https://aws.amazon.com/cloudwatch/pricing/',
  secrets: 'https://aws.amazon.com/secrets-manager/pricing/',
  kms: 'https://aws.amazon.com/kms/pricing/',
  ses: 'https://aws.amazon.com/ses/pricing/',
  cloudfront: 'https://aws.amazon.com/cloudfront/pricing/',
} as const;
const price = (usd: number, per: number, unit: string, page: keyof typeof pages, read: Price['read'] = 'price list'): Price => ({
  ...{ usd, per, unit, page: pages[page], date: '2026-11', read },
});

/** Of each thing that is counted. */
export const prices: Readonly<Record<Billed, Price>> = {
  'iot.messages': price(1.2, MILLION, 'messages', 'iot'),
  'iot.connectionMinutes': price(0.096, MILLION, 'minutes', 'iot'),
  'iot.ruleExecutions': price(0.18, MILLION, 'rules triggered', 'iot'),
  'iot.ruleActions': price(0.18, MILLION, 'actions', 'iot'),
  'iot.shadowOperations': price(1.5, MILLION, 'shadow operations', 'iot', 'scaled'),
  'sqs.requests': price(0.4, MILLION, 'requests', 'sqs'),
  'lambda.requests': price(0.2, MILLION, 'requests', 'lambda'),
  'lambda.gbSeconds': price(13.33, MILLION, 'GB-seconds on arm64', 'lambda'),
  'dynamodb.writeUnits': price(0.7625, MILLION, 'write units', 'dynamodb'),
  'dynamodb.readUnits': price(0.1525, MILLION, 'read units', 'dynamodb'),
  'events.published': price(1.15, MILLION, 'events', 'events'),
  'http.requests': price(1.2, MILLION, 'requests', 'http', 'scaled'),
  'logs.bytes': price(0.63, GIGABYTE, 'bytes taken in', 'cloudwatch'),
  'secrets.calls': price(0.05, 10_000, 'calls', 'secrets'),
  'ses.emails': price(0.1, 1_000, 'e-mails', 'ses'),
  'cloudfront.requests': price(0.012, 10_000, 'HTTPS requests', 'cloudfront', 'scaled'),
  'cloudfront.bytes': price(0.085, GIGABYTE, 'bytes out', 'cloudfront', 'scaled'),
};

/** By the month, whether or not anybody lives here. */
export const monthly = {
  alarm: price(0.1, 1, 'alarm', 'cloudwatch'),
  metric: price(0.3, 1, 'custom metric', 'cloudwatch'),
  dashboard: price(3, 1, 'dashboard', 'cloudwatch'),
  secret: price(0.4, 1, 'secret', 'secrets'),
  key: price(1, 1, 'key', 'kms'),
  /** Tables, with what point-in-time recovery keeps of them. */
  stored: price(0.306 + 0.2448, GIGABYTE, 'bytes kept', 'dynamodb', 'scaled'),
} as const satisfies Record<string, Price>;

export const costOf = ({ usd, per }: Price, amount: number): number => (usd * amount) / per;
