import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { accountOf } from '../../../../infra/local/cost/account.ts';
import { BILLED } from '../../../../infra/local/cost/billed.ts';
import { fixedCosts, readDeployment, type Deployment } from '../../../../infra/local/cost/fixed.ts';
import { costOf, monthly, prices } from '../../../../infra/local/cost/prices.ts';
import { printAccount } from '../../../../infra/local/cost/print.ts';
import type { TallyContent } from '../../../../infra/local/cost/tally.ts';
import { temporaryDirectory } from '../functions/tiny-functions.ts';

const DAY = 86_400_000;
const INGEST = 'ingest-telemetry';
const of = (amount: number, stage = INGEST) => ({ [stage]: amount });

/** Two households, ten days, a thousand messages from three devices each. */
const counts: TallyContent = {
  startsAt: 0,
  until: 10 * DAY,
  movingIn: { 'dynamodb.storedBytes': of(2_000_000) },
  living: {
    'iot.messages': of(100, 'things'),
    'iot.connectionMinutes': of(6 * 10 * 1_440, 'things'),
    'iot.ruleExecutions': of(1_000),
    'iot.ruleActions': of(1_000),
    'sqs.requests': { [INGEST]: 1_500, 'run-due': 40 },
    'lambda.requests': { [INGEST]: 250, 'run-due': 960 },
    'lambda.gbSeconds': { [INGEST]: 5, 'run-due': 9.6 },
    'dynamodb.writeUnits': { [INGEST]: 600, 'place-of-nobody': 1_000 },
    'dynamodb.readUnits': { [INGEST]: 800, 'run-due': 5_000 },
    'dynamodb.storedBytes': of(1_000_000),
    'logs.bytes': of(400_000),
    'logs.sampledBytes': of(300_000),
    'events.scheduled': of(960, 'Every'),
  },
  metrics: ['N/a/A', 'N/b/A'],
};
const deployment: Deployment = {
  ...{ alarms: 80, dashboards: 1, secrets: 1, keys: 1, tables: 3, polledQueues: 10 },
  ...{ looksPerMonth: 43_800, shards: 16, platformLogBytes: 0, memoryGigabytes: 0.5, logSample: 0.01 },
};
const account = accountOf({ counts, households: 2, deployment });

describe('the account of a run', () => {
  it('has a price for all that is billed, each with the page and the month that it is from', () => {
    for (const what of BILLED) expect(prices[what]).toMatchObject({ page: expect.stringMatching(/^https:\/\/aws\.amazon\.com\//) as string, date: '2026-11' });
    expect(costOf(prices['iot.messages'], 2_500_000)).toBeCloseTo(3, 9);
  });

  it('works a million messages out line by line', () => {
    const usd = Object.fromEntries(account.perMillionMessages.map((line) => [line.what, Number(line.usd.toFixed(6))]));
    expect(usd).toEqual({
      'iot.ruleExecutions': 0.18,
      'iot.ruleActions': 0.18,
      // 1.5 requests of 0.40, a quarter of a call of 0.20, 5 ms of a gigabyte, 0.6 units of 0.7625, 0.8 of 0.1525.
      'sqs.requests': 0.6,
      'lambda.requests': 0.05,
      'lambda.gbSeconds': 0.06665,
      'dynamodb.writeUnits': 0.4575,
      'dynamodb.readUnits': 0.122,
      // 100 bytes a message that are always written, and one in a hundred of 300.
      'logs.bytes': 0.06489,
    });
  });

  it('sets the naive design beside it, priced for the same messages', () => {
    const usd = Object.fromEntries(account.naivePerMillionMessages.map((line) => [line.what, Number(line.usd.toFixed(4))]));
    expect(usd).toEqual({
      ...{ 'iot.messages': 1.2, 'iot.ruleExecutions': 0.18, 'iot.ruleActions': 0.18, 'lambda.requests': 0.2 },
      // A call each, as long as ours takes: 20 ms of a gigabyte.
      'lambda.gbSeconds': 0.2666,
      ...{ 'dynamodb.writeUnits': 0.7625, 'dynamodb.readUnits': 0.1525, 'events.published': 1.15, 'logs.bytes': 1.134 },
    });
    const naive = Object.values(usd).reduce((sum, one) => sum + one, 0) / 1e6;
    const connections = 3 * 0.0504576;
    expect(account.perHouseholdYear.naiveSameMessages).toBeCloseTo(naive * (1_000 / 2 / 10) * 365 + connections, 6);
    expect(account.perHouseholdYear.naiveEveryFiveMinutes).toBeCloseTo(naive * 3 * 288 * 365 + connections, 6);
  });

  it('makes a year of one household of it, by part of the flow', () => {
    const { parts, telemetry, telemetryWithOneConnection, telemetryInFullBatches, storage } = account.perHouseholdYear;
    const perYear = 365 / 10 / 2;
    const ours = account.perMillionMessages.reduce((sum, { usd }) => sum + usd, 0) / 1e6;
    expect(telemetry).toBeCloseTo(ours * 1_000 * perYear, 9);
    // 1.5 requests and a quarter of a call a message become 1.2 and a hundredth.
    expect(telemetry - telemetryInFullBatches).toBeCloseTo((((0.3 * 0.4 + 0.24 * 0.2) * 1_000) / 1e6) * perYear, 9);
    // A connection is 525,600 minutes a year.
    expect(telemetryWithOneConnection - telemetry).toBeCloseTo((525_600 / 1e6) * 0.096, 9);
    expect(account).toMatchObject({ messagesPerHouseholdDay: 50, connectionsPerHousehold: 3, telemetryMessages: 1_000 });
    expect(Object.fromEntries(parts.map(({ part, usd }) => [part.split(':')[0], Number(usd.toFixed(6))]))).toEqual({
      'telemetry, without connections': Number(telemetry.toFixed(6)),
      // Three connections of a household all year, and a hundred messages.
      'connections of its devices': Number((3 * 0.0504576 + (100 / 1e6) * 1.2 * perYear).toFixed(6)),
      // What is due is sent for a household; looking for it is not.
      buying: Number(((40 / 1e6) * 0.4 * perYear).toFixed(6)),
      journey: 0,
      people: Number(((1_000 / 1e6) * 0.7625 * perYear).toFixed(6)),
    });
    // A megabyte a household from the beginning, and half of the 18.25 that a year adds.
    expect(storage).toBeCloseTo(12 * ((1_000_000 + 18_250_000 / 2) / 1e9) * monthly.stored.usd, 9);
  });

  it('is the same for the same life told in half the time', () => {
    const shorter = accountOf({ counts: { ...counts, until: 5 * DAY }, households: 4, deployment });
    expect(shorter.perHouseholdYear.telemetry).toBeCloseTo(account.perHouseholdYear.telemetry, 12);
  });

  it('prices calls at another time than they took here when it is asked to', () => {
    const quick = accountOf({ counts, households: 2, deployment, callMillis: 20 });
    // A quarter of a call a message, of 20 ms at half a gigabyte.
    expect(quick.perMillionMessages.find(({ what }) => what === 'lambda.gbSeconds')?.usd).toBeCloseTo(0.25 * 0.02 * 0.5 * 13.33, 9);
    expect(quick.callMillis).toBeCloseTo(20, 9);
  });

  it('counts what Lambda logs of each call, where the template lets it', () => {
    const loud = accountOf({ counts, households: 2, deployment: { ...deployment, platformLogBytes: 640 } });
    const logs = (of: typeof loud) => of.perMillionMessages.find(({ what }) => what === 'logs.bytes')?.usd ?? 0;
    expect(logs(loud) - logs(account)).toBeCloseTo((0.25 * 640 * 0.63) / 1_000, 9);
  });

  it('refuses a run that has not lived', () => {
    expect(() => accountOf({ counts: { ...counts, until: 0 }, households: 2, deployment })).toThrow('has not lived a moment yet');
  });

  it('names the goals, and what is dearest first', () => {
    expect(account.dearest.map(({ usdPerHouseholdYear }) => usdPerHouseholdYear)).toEqual(
      [...account.dearest.map(({ usdPerHouseholdYear }) => usdPerHouseholdYear)].sort((a, b) => b - a),
    );
    const text = printAccount(account);
    expect(text).toMatch(/telemetry, without connections +0\.0314 +goal 0\.02: missed/);
    expect(text).toMatch(/telemetry, one connection for all its devices +0\.0819 +goal 0\.07: missed/);
  });
});

describe('what a deployment costs by the month', () => {
  it('is what stands in its template, at the pace that it would have', () => {
    const usd = Object.fromEntries(fixedCosts(counts, deployment).map((line) => [line.name, Number(line.usd.toFixed(4))]));
    expect(usd).toEqual({
      '80 alarms': 8,
      '2 metrics that the run wrote': 0.6,
      // Ten queues, five pollers each, three requests a minute.
      'pollers of 10 queues that find nothing': Number((((10 * 5 * 3 * 60 * 24 * 365) / 12 / 1e6) * 0.4).toFixed(4)),
      '1 dashboard': 3,
      // 43,800 calls, each 10 ms of a gigabyte, and 48 half units of reading.
      'the look at what is due': Number(((43_800 / 1e6) * (0.2 + 0.01 * 13.33 + 24 * 0.1525)).toFixed(4)),
      '1 key': 1,
      '1 secret': 0.4,
    });
  });

  it('is read off the templates of an assembly', () => {
    const assembly = path.join(temporaryDirectory(), 'assembly');
    mkdirSync(assembly);
    const lambda = (LoggingConfig: object) => ({ Type: 'AWS::Lambda::Function', Properties: { MemorySize: 512, LoggingConfig } });
    const write = (more: object) =>
      writeFileSync(
        path.join(assembly, 'One.template.json'),
        JSON.stringify({
          Parameters: { DueRate: { Default: 'rate(15 minutes)' }, DueShards: { Default: '4' }, ReadingsLogged: { Default: '1' } },
          Resources: {
            ...{ A: { Type: 'AWS::CloudWatch::Alarm' }, B: { Type: 'AWS::CloudWatch::Alarm' }, T: { Type: 'AWS::DynamoDB::GlobalTable' } },
            Queue: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: { 'Fn::GetAtt': ['Q', 'Arn'] } } },
            Stream: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: { 'Fn::GetAtt': ['T', 'StreamArn'] } } },
            F: lambda({ LogFormat: 'JSON', ...more }),
            Deployer: lambda({ LogGroup: 'of another format' }),
          },
        }),
      );
    write({ SystemLogLevel: 'WARN' });
    expect(readDeployment(assembly)).toEqual({
      ...{ alarms: 2, dashboards: 0, secrets: 0, keys: 0, tables: 1, polledQueues: 1, looksPerMonth: (365 / 12) * 96, shards: 4 },
      ...{ platformLogBytes: 0, memoryGigabytes: 0.5, logSample: 0.01 },
    });
    write({});
    expect(readDeployment(assembly).platformLogBytes).toBe(640);
  });
});
