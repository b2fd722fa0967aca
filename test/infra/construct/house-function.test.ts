import { Duration, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { beforeAll, expect, it } from 'vitest';
import { QueueWorker } from '../../../infra/construct/house-function.ts';
import { bundle, ofResourceType, synthesize, type Resources } from '../synthesized.ts';

const errorImpact = 'Nobody is told that the kettle boils.';
let resources: Resources;
beforeAll(async () => {
  await bundle();
  ({ resources } = synthesize((app) => {
    const stack = new Stack(app, 'Tried');
    new QueueWorker(stack, 'Worker', { name: 'run-automation', errorImpact, timeout: Duration.seconds(45), batchSize: 1, alerts: new Topic(stack, 'Alerts') });
    return stack;
  }));
}, 120_000);

it('makes a queue that waits six times as long as its worker may take', () => {
  const waits = ofResourceType(resources, 'AWS::SQS::Queue').map(([, { VisibilityTimeout: seconds }]) => seconds);
  expect(waits.sort()).toEqual([270, undefined]);
});

it('puts what its failure means to a person into every alarm, and into the function’s description', () => {
  const texts = ofResourceType(resources, 'AWS::CloudWatch::Alarm').map(([, properties]) => [properties['MetricName'], properties['AlarmDescription']]);
  expect(texts.sort()).toEqual([
    [
      'ApproximateAgeOfOldestMessage',
      expect.stringMatching(/^Messages wait for a quarter of an hour, .* If it lasts: Nobody is told that the kettle boils\.$/),
    ],
    ['ApproximateNumberOfMessagesVisible', errorImpact],
    ['Errors', errorImpact],
    ['Throttles', expect.stringMatching(/^AWS runs no more copies of run-automation, .* If it lasts: Nobody is told that the kettle boils\.$/)],
  ]);
  expect(ofResourceType(resources, 'AWS::Lambda::Function').map(([, { Description: description }]) => description)).toEqual([errorImpact]);
});

it('lets nobody reach its queues without TLS', () => {
  const policies = ofResourceType(resources, 'AWS::SQS::QueuePolicy');
  expect(policies).toHaveLength(2);
  for (const [, properties] of policies) expect(JSON.stringify(properties)).toContain('"aws:SecureTransport":"false"');
});
