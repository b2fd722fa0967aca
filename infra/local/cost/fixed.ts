/** What a deployment costs by the month although nothing happens, read off its template. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { costOf, monthly, prices } from './prices.ts';
import type { TallyContent } from './tally.ts';

export interface FixedCost {
  readonly name: string;
  readonly usd: number;
}

export interface Deployment {
  readonly alarms: number;
  readonly dashboards: number;
  readonly secrets: number;
  readonly keys: number;
  readonly tables: number;
  /** Queues that Lambda polls. */
  readonly polledQueues: number;
  /** As a deployment has them: the local cloud looks less often, at fewer partitions. */
  readonly looksPerMonth: number;
  readonly shards: number;
  /** What Lambda itself logs of an invocation. */
  readonly platformLogBytes: number;
  /** Of each function. */
  readonly memoryGigabytes: number;
  /** Of the lines that are sampled, the share that a deployment writes; 0 to 1. */
  readonly logSample: number;
}

const DAYS_PER_MONTH = 365 / 12;
const DAY_SECONDS = 86_400;
/** An idle queue is asked by five pollers, each waiting up to 20 s for an answer (Lambda developer guide, “Using Lambda with Amazon SQS”; nobody promises the figure). */
const POLLERS = 5;
const POLL_SECONDS = 20;
/** `platform.start` and `platform.report` of Lambda's JSON log format, with what CloudWatch counts beside each event. */
const PLATFORM_LOG_BYTES = 640;

export function fixedCosts({ living, metrics }: TallyContent, deployment: Deployment): FixedCost[] {
  const { alarms, dashboards, secrets, keys, tables, polledQueues, looksPerMonth, shards } = deployment;
  const fired = Object.values(living['events.scheduled'] ?? {}).reduce((sum, amount) => sum + amount, 0);
  const gbSecondsPerLook = fired === 0 ? 0 : (living['lambda.gbSeconds']?.['run-due'] ?? 0) / fired;
  const polls = polledQueues * POLLERS * ((DAY_SECONDS * DAYS_PER_MONTH) / POLL_SECONDS);
  const looks =
    costOf(prices['lambda.requests'], looksPerMonth) +
    costOf(prices['lambda.gbSeconds'], looksPerMonth * gbSecondsPerLook) +
    costOf(prices['dynamodb.readUnits'], looksPerMonth * tables * shards * 0.5);
  return [
    { name: `${alarms} alarms`, usd: costOf(monthly.alarm, alarms) },
    { name: `${metrics.length} metrics that the run wrote`, usd: costOf(monthly.metric, metrics.length) },
    { name: `pollers of ${polledQueues} queues that find nothing`, usd: costOf(prices['sqs.requests'], polls) },
    { name: `${dashboards} dashboard${dashboards === 1 ? '' : 's'}`, usd: costOf(monthly.dashboard, dashboards) },
    { name: 'the look at what is due', usd: looks },
    { name: `${keys} key${keys === 1 ? '' : 's'}`, usd: costOf(monthly.key, keys) },
    { name: `${secrets} secret${secrets === 1 ? '' : 's'}`, usd: costOf(monthly.secret, secrets) },
  ];
}

const templateSchema = z.object({
  Parameters: z.record(z.string(), z.looseObject({ Default: z.union([z.string(), z.number()]).optional() })).default({}),
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) })),
});
type Resource = z.infer<typeof templateSchema>['Resources'][string];
const queueSourceSchema = z.object({ EventSourceArn: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }) });
/** The one that puts files into a bucket while the stack is deployed has another format. */
const functionSchema = z.object({
  MemorySize: z.number(),
  LoggingConfig: z.object({ LogFormat: z.literal('JSON'), SystemLogLevel: z.string().optional() }),
});

/** Of the templates in an assembly. */
export function readDeployment(assemblyDirectory: string): Deployment {
  const templates = readdirSync(assemblyDirectory)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => templateSchema.parse(JSON.parse(readFileSync(path.join(assemblyDirectory, file), 'utf8'))));
  const resources = templates.flatMap(({ Resources }) => Object.values(Resources));
  const defaultOf = (name: string): string => String(templates.find(({ Parameters }) => name in Parameters)?.Parameters[name]?.Default ?? '');
  const having = (type: string): Resource[] => resources.filter(({ Type }) => Type === type);
  const functions = having('AWS::Lambda::Function').flatMap(({ Properties }) => functionSchema.safeParse(Properties).data ?? []);
  return {
    alarms: having('AWS::CloudWatch::Alarm').length,
    dashboards: having('AWS::CloudWatch::Dashboard').length,
    secrets: having('AWS::SecretsManager::Secret').length,
    keys: having('AWS::KMS::Key').length,
    tables: having('AWS::DynamoDB::GlobalTable').length,
    polledQueues: having('AWS::Lambda::EventSourceMapping').filter(({ Properties }) => queueSourceSchema.safeParse(Properties).success).length,
    looksPerMonth: (DAY_SECONDS * DAYS_PER_MONTH) / secondsOf(defaultOf('DueRate')),
    shards: Number(defaultOf('DueShards')),
    logSample: Number(defaultOf('ReadingsLogged')) / 100,
    platformLogBytes: functions.every(({ LoggingConfig }) => LoggingConfig.SystemLogLevel === 'WARN') ? 0 : PLATFORM_LOG_BYTES,
    memoryGigabytes: Math.max(0, ...functions.map(({ MemorySize }) => MemorySize)) / 1_024,
  };
}

/** `rate(15 minutes)` in seconds. */
function secondsOf(rate: string): number {
  const [, amount = '', unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(rate) ?? [];
  const seconds = { minute: 60, hour: 3_600, day: DAY_SECONDS }[unit];
  if (seconds === undefined) throw new Error(`expected a rate such as rate(1 minute), got ${rate}`);
  return Number(amount) * seconds;
}
