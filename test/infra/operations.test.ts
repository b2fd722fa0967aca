/** What the template lets people see and hear: alarms on what waits, is throttled or falls behind, and one dashboard in the order of the flow. */
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { functionNames } from '../../infra/bundle.ts';
import { metricOfEvent, metricOfReading } from '../../shared/metrics.ts';
import { bundle, idIn, ofResourceType, synthesizeBoth, type Resources } from './synthesized.ts';

let resources: Resources;
beforeAll(async () => {
  await bundle();
  resources = synthesizeBoth();
}, 120_000);

const alarmSchema = z.object({
  MetricName: z.string(),
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.unknown()).min(1),
  TreatMissingData: z.literal('notBreaching'),
  Dimensions: z.array(z.object({ Value: z.unknown() })).default([]),
});
const alarms = () => ofResourceType(resources, 'AWS::CloudWatch::Alarm').map(([, properties]) => alarmSchema.parse(properties));
const onMetric = (name: string) => alarms().filter(({ MetricName: metric }) => metric === name);
const watchedBy = (name: string) => onMetric(name).map(({ Dimensions: dimensions }) => idIn(dimensions[0]?.Value));
const mappings = () => ofResourceType(resources, 'AWS::Lambda::EventSourceMapping').map(([, properties]) => properties);

describe('alarms', () => {
  it('ring when a function is throttled, each function’s own', () => {
    expect(watchedBy('Throttles').sort()).toEqual(
      ofResourceType(resources, 'AWS::Lambda::Function')
        .map(([id]) => id)
        // CDK's own, which CloudFormation calls while deploying: whoever deploys sees how that ended.
        .filter((id) => !id.startsWith('CustomCDKBucketDeployment'))
        .sort(),
    );
  });

  it('ring when a queue that a function reads is not worked off', () => {
    const read = mappings().flatMap((mapping) => (mapping['StartingPosition'] === undefined ? [idIn(mapping['EventSourceArn'])] : []));
    expect(watchedBy('ApproximateAgeOfOldestMessage').sort()).toEqual(read.sort());
  });

  it('ring when a reader of a stream falls behind, once for each function', () => {
    const readers = mappings().flatMap((mapping) => (mapping['StartingPosition'] === undefined ? [] : [idIn(mapping['FunctionName'])]));
    expect(watchedBy('IteratorAge').sort()).toEqual([...new Set(readers)].sort());
  });

  it('ring when the HTTP API fails', () => {
    expect(onMetric('5xx')).toHaveLength(1);
  });

  it('say in a sentence what is wrong', () => {
    for (const { AlarmDescription: text } of alarms()) expect(text).toMatch(/^[A-Z].{30,}\.$/);
  });
});

describe('the dashboards', () => {
  /** A body is text with references in it; the references become their names. */
  const bodies = (): string[] =>
    ofResourceType(resources, 'AWS::CloudWatch::Dashboard').map(([, properties]) => {
      const { DashboardBody: text } = z.object({ DashboardBody: z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) }) }).parse(properties);
      return text['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : idIn(part))).join('');
    });
  const widgetSchema = z.object({ widgets: z.array(z.object({ type: z.string(), properties: z.object({ title: z.string().optional() }) })) });
  const titles = () =>
    bodies().flatMap((body) => widgetSchema.parse(JSON.parse(body)).widgets.flatMap(({ properties: { title } }) => (title === undefined ? [] : [title])));

  it('show every function once, in the order of the flow', () => {
    const shown = titles().filter((title) => functionNames().includes(title));
    expect([...shown].sort()).toEqual(functionNames().sort());
    const place = (name: string) => shown.indexOf(name);
    const flow = [
      'ingest-telemetry',
      'propose-order',
      'decide-order',
      'deliver-webhook',
      'retailer-api',
      'follow-supply',
      'record-touchpoint',
      'update-journey',
    ];
    expect(flow.map(place)).toEqual(flow.map(place).sort((a, b) => a - b));
  });

  it('show everything that is counted of the business', () => {
    for (const name of [...Object.values(metricOfEvent), ...Object.values(metricOfReading), 'WebhookAttempts', 'MessagesFailed', 'ReadingLag']) {
      expect(bodies().join('')).toContain(`MetricName=\\"${name}\\"`);
    }
  });
});
