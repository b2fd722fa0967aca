/** From the counts of a run to what a household's year costs: what it uses by part of the flow, and what is paid although nobody lives here. */
import { BILLED, type Billed } from './billed.ts';
import { sumOf, TELEMETRY_STAGE } from './counted.ts';
import { fixedCosts, type Deployment, type FixedCost } from './fixed.ts';
import { naivePerMessage, type NaiveLine } from './naive.ts';
import { costOf, monthly, prices } from './prices.ts';
import type { TallyContent } from './tally.ts';

export const DAYS_PER_YEAR = 365;
const DAY_MILLIS = 86_400_000;
const DAY_MINUTES = 1_440;
/** Looks every minute, however many households there are. */
const SCHEDULED_STAGE = 'run-due';

/** The parts of a household's year, and the stages that each is made of; a stage that stands nowhere is of the last. */
const PARTS = {
  'telemetry, without connections': [TELEMETRY_STAGE],
  'connections of its devices': ['things', 'follow-presence', 'answer-sync'],
  'buying: needs, orders, shops': [
    ...[
      'review-supply',
      SCHEDULED_STAGE,
      'propose-order',
      'decide-order',
      'deliver-webhook',
      'retailer-api',
      'reconcile-order',
      'follow-supply',
      'publish-events',
    ],
  ],
  'journey: touchpoints, profile, reminders': [
    'record-touchpoint',
    'update-journey',
    'deliver-subscription',
    'tally-journeys',
    'collect-touchpoints',
    'run-automation',
    'apply-consent',
  ],
  'people: app, screens, news': [],
} as const satisfies Record<string, readonly string[]>;
type Part = keyof typeof PARTS;
const LAST_PART: Part = 'people: app, screens, news';
const PART_NAMES = Object.keys(PARTS).filter((name): name is Part => name in PARTS);
const isOf = (part: Part, stage: string): boolean => PARTS[part].some((one) => one === stage);
const partOf = (stage: string): Part => PART_NAMES.find((part) => isOf(part, stage)) ?? LAST_PART;

export interface Run {
  readonly counts: TallyContent;
  readonly households: number;
  readonly deployment: Deployment;
  /** Prices each call of a function as if it took this long; without it, as it took on this machine. */
  readonly callMillis?: number | undefined;
}

/** One kind of operation of one stage. */
export interface Line {
  readonly what: Billed;
  readonly stage: string;
  /** In the run. */
  readonly amount: number;
  readonly usdPerHouseholdYear: number;
}

export interface Account {
  readonly days: number;
  readonly households: number;
  readonly telemetryMessages: number;
  readonly messagesPerHouseholdDay: number;
  readonly connectionsPerHousehold: number;
  /** What a call of a function is priced at on the average. */
  readonly callMillis: number;
  /** Each kind of operation that telemetry takes, dollars per million messages. */
  readonly perMillionMessages: readonly { readonly what: Billed; readonly perMessage: number; readonly usd: number }[];
  readonly naivePerMillionMessages: readonly NaiveLine[];
  readonly perHouseholdYear: {
    readonly parts: readonly { readonly part: string; readonly usd: number }[];
    readonly storage: number;
    /** Telemetry by itself, and with one connection for all devices of a household. */
    readonly telemetry: number;
    readonly telemetryWithOneConnection: number;
    /** Telemetry by itself where so many households live that batches are full. */
    readonly telemetryInFullBatches: number;
    readonly naiveSameMessages: number;
    readonly naiveEveryFiveMinutes: number;
  };
  readonly dearest: readonly Line[];
  readonly fixedPerMonth: readonly FixedCost[];
}

/** @throws Error when product time has not gone on yet */
export function accountOf({ counts: measured, households, deployment, callMillis }: Run): Account {
  const counts = callMillis === undefined ? measured : withCallsOf(callMillis, measured, deployment);
  const days = (counts.until - counts.startsAt) / DAY_MILLIS;
  if (days <= 0) throw new Error('this run has not lived a moment yet: nothing can be said of a year');
  const perYear = DAYS_PER_YEAR / days / households;
  const lines = linesOf(counts, deployment, perYear);
  const messages = sumOf(counts, 'iot.ruleExecutions', TELEMETRY_STAGE);
  const perMillionMessages = telemetryOf(lines, messages);
  const naive = naivePerMessage(counts);
  const usdOf = (part: Part): number => total(lines.filter(({ stage }) => partOf(stage) === part));
  const parts = PART_NAMES.map((part) => ({ part, usd: usdOf(part) }));
  const connections = sumOf(counts, 'iot.connectionMinutes', 'things') / (days * DAY_MINUTES * households);
  const oneConnection = costOf(prices['iot.connectionMinutes'], DAYS_PER_YEAR * DAY_MINUTES);
  const telemetry = usdOf('telemetry, without connections');
  const naiveUsd = naive.reduce((sum, { usd }) => sum + usd, 0) / 1_000_000;
  return {
    ...{ days, households, telemetryMessages: messages, perMillionMessages, naivePerMillionMessages: naive },
    messagesPerHouseholdDay: messages / days / households,
    callMillis: (1_000 * sumOf(counts, 'lambda.gbSeconds')) / (sumOf(counts, 'lambda.requests') * deployment.memoryGigabytes),
    connectionsPerHousehold: connections,
    perHouseholdYear: {
      ...{ parts, telemetry, telemetryWithOneConnection: telemetry + oneConnection },
      telemetryInFullBatches: inFullBatches(perMillionMessages) * (messages / 1_000_000) * perYear,
      storage: storageOf(counts, days, households),
      naiveSameMessages: naiveUsd * messages * perYear + connections * oneConnection,
      naiveEveryFiveMinutes: connections * (naiveUsd * DAYS_PER_YEAR * (DAY_MINUTES / 5) + oneConnection),
    },
    dearest: [...lines].sort((a, b) => b.usdPerHouseholdYear - a.usdPerHouseholdYear).slice(0, 12),
    fixedPerMonth: fixedCosts(counts, deployment),
  };
}

/** On a machine that is busy every call waits for its turn, and AWS would not bill for that. */
function withCallsOf(millis: number, counts: TallyContent, { memoryGigabytes }: Deployment): TallyContent {
  const gbSeconds: Record<string, number> = {};
  for (const [stage, calls] of Object.entries(counts.living['lambda.requests'] ?? {})) gbSeconds[stage] = (calls * millis * memoryGigabytes) / 1_000;
  return { ...counts, living: { ...counts.living, 'lambda.gbSeconds': gbSeconds } };
}

const total = (lines: readonly Line[]): number => lines.reduce((sum, { usdPerHouseholdYear }) => sum + usdPerHouseholdYear, 0);

function linesOf(counts: TallyContent, { platformLogBytes, logSample }: Deployment, perYear: number): Line[] {
  /** Here every line is written and Lambda writes none of its own. */
  const asDeployed = (what: Billed, stage: string, amount: number): number =>
    what === 'logs.bytes'
      ? amount - sumOf(counts, 'logs.sampledBytes', stage) * (1 - logSample) + sumOf(counts, 'lambda.requests', stage) * platformLogBytes
      : amount;
  const line = (what: Billed, stage: string, amount: number): Line => ({
    ...{ what, stage, amount, usdPerHouseholdYear: costOf(prices[what], amount) * perYear },
  });
  return BILLED.flatMap((what) =>
    Object.entries(counts.living[what] ?? {})
      .filter(([stage]) => stage !== SCHEDULED_STAGE || what === 'sqs.requests')
      .map(([stage, amount]) => line(what, stage, asDeployed(what, stage, amount))),
  );
}

function telemetryOf(lines: readonly Line[], messages: number): Account['perMillionMessages'] {
  return BILLED.flatMap((what) => {
    const amount = lines.filter((line) => line.what === what && line.stage === TELEMETRY_STAGE).reduce((sum, line) => sum + line.amount, 0);
    const perMessage = messages === 0 ? 0 : amount / messages;
    return amount === 0 ? [] : [{ what, perMessage, usd: costOf(prices[what], perMessage * 1_000_000) }];
  });
}

/** Sent one by one, received and deleted ten at a time, handed over a hundred at a time; everything else as it was. Dollars per million messages. */
const inFullBatches = (lines: Account['perMillionMessages']): number =>
  costOf(prices['sqs.requests'], 1_200_000) +
  costOf(prices['lambda.requests'], 10_000) +
  lines.filter(({ what }) => what !== 'sqs.requests' && what !== 'lambda.requests').reduce((sum, { usd }) => sum + usd, 0);

/** Of the first year: what was there at the beginning, and half of what the year adds. */
function storageOf({ movingIn, living }: TallyContent, days: number, households: number): number {
  const bytes = (phase: TallyContent['living']): number => Object.values(phase['dynamodb.storedBytes'] ?? {}).reduce((sum, amount) => sum + amount, 0);
  const mean = bytes(movingIn) + (bytes(living) * DAYS_PER_YEAR) / days / 2;
  return 12 * costOf(monthly.stored, mean / households);
}
