/** Every function is watched, forgets its logs in time, and is called by nobody but those the template names. */
import { z } from 'zod';
import { idIn, ofType, type Finding, type Resources, type Rule } from './template.ts';

const alarmSchema = z.object({
  AlarmDescription: z.string().default(''),
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
  AlarmActions: z.array(z.unknown()).default([]),
});

/** Shorter is a name and no sentence. */
const TEXT_CHARACTERS_MIN = 20;

/** What is watched by an alarm that rings somewhere and says what it means: `<metric> <logical id>`. */
function watched(resources: Resources): ReadonlySet<string> {
  const alarms = ofType(resources, 'AWS::CloudWatch::Alarm').map(({ properties }) => alarmSchema.parse(properties));
  return new Set(
    alarms
      .filter(({ AlarmDescription: text, AlarmActions: actions }) => text.length >= TEXT_CHARACTERS_MIN && actions.length > 0)
      .flatMap(({ MetricName: metric = '', Dimensions: dimensions }) => dimensions.map(({ Value: value }) => `${metric} ${idIn(value) ?? ''}`)),
  );
}

export const functionRingsAlarm: Rule = {
  name: 'FunctionRingsAlarm',
  why: 'A failure that nobody hears of lasts until a customer calls.',
  check: (resources) => {
    const alarms = watched(resources);
    return ofType(resources, 'AWS::Lambda::Function').flatMap(({ id }) =>
      alarms.has(`Errors ${id}`) ? [] : [{ resource: id, detail: 'no alarm that says what its failure means' }],
    );
  },
};

const redriveSchema = z.object({ RedrivePolicy: z.object({ deadLetterTargetArn: z.unknown() }).optional() });
const destinationSchema = z.object({ DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.unknown() }) }).optional() });
const targetsSchema = z.object({ Targets: z.array(z.object({ DeadLetterConfig: z.object({ Arn: z.unknown() }).optional() })).default([]) });

export const deadLettersRingAlarm: Rule = {
  name: 'DeadLettersRingAlarm',
  why: 'A dead letter is a promise to a household that waits for a person.',
  check: (resources) => {
    const alarms = watched(resources);
    const letters = [
      ...ofType(resources, 'AWS::SQS::Queue').map(({ properties }) => redriveSchema.parse(properties).RedrivePolicy?.deadLetterTargetArn),
      ...ofType(resources, 'AWS::Lambda::EventSourceMapping').map(
        ({ properties }) => destinationSchema.parse(properties).DestinationConfig?.OnFailure.Destination,
      ),
      ...ofType(resources, 'AWS::Events::Rule').flatMap(({ properties }) =>
        targetsSchema.parse(properties).Targets.map((target) => target.DeadLetterConfig?.Arn),
      ),
    ].flatMap((arn) => idIn(arn) ?? []);
    return [...new Set(letters)]
      .filter((id) => !alarms.has(`ApproximateNumberOfMessagesVisible ${id}`))
      .map((id) => ({ resource: id, detail: 'dead letters without an alarm that says what they mean' }));
  },
};

const loggingSchema = z.object({ LoggingConfig: z.object({ LogGroup: z.unknown() }).optional() });

export const functionForgetsLogs: Rule = {
  name: 'FunctionForgetsLogs',
  why: 'Logs that are kept for ever cost for ever, and hold ids of households that have left.',
  check: (resources) =>
    ofType(resources, 'AWS::Lambda::Function').flatMap(({ id, properties }) => {
      const group = resources[idIn(loggingSchema.parse(properties).LoggingConfig?.LogGroup) ?? ''];
      return group?.Type === 'AWS::Logs::LogGroup' && typeof group.Properties['RetentionInDays'] === 'number'
        ? []
        : [{ resource: id, detail: 'no log group of its own with an end' }];
    }),
};

export const functionWithoutUrl: Rule = {
  name: 'FunctionWithoutUrl',
  why: 'A function URL is a door beside the doors: no route, no scope, no limit.',
  check: (resources) => ofType(resources, 'AWS::Lambda::Url').map(({ id }): Finding => ({ resource: id, detail: 'a door that is not in the list of routes' })),
};

const permissionSchema = z.object({ Principal: z.unknown(), SourceArn: z.unknown().optional() });

export const permissionNamesItsSource: Rule = {
  name: 'PermissionNamesItsSource',
  why: 'Anybody’s rule or API, in any account, could call the function in the name of the service.',
  check: (resources) =>
    ofType(resources, 'AWS::Lambda::Permission').flatMap(({ id, properties }): Finding[] => {
      const { Principal: principal, SourceArn: source } = permissionSchema.parse(properties);
      return [
        ...(source === undefined ? [{ resource: id, detail: 'no source' }] : []),
        ...(z.string().endsWith('.amazonaws.com').safeParse(principal).success ? [] : [{ resource: id, detail: 'called by somebody who is no service' }]),
      ];
    }),
};
