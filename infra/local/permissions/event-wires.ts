/** Wires whose one end is an AWS service: rules, routes, topic rules, authorizers, alarms and dead letters. */
import { z } from 'zod';
import type { ResolvedResource } from '../template/read-assembly.ts';
import { arn } from './needs.ts';
import { ofType, read } from './roles.ts';
import type { Wire } from './wire.ts';

type Resources = readonly ResolvedResource[];

const arnOf = ({ attributes }: ResolvedResource): string => attributes['Arn'] ?? '';
const actionOn = (target: string): string => (target.includes(':lambda:') ? 'lambda:InvokeFunction' : 'sqs:SendMessage');

const ruleSchema = z.looseObject({
  State: z.string().default('ENABLED'),
  Targets: z.array(z.looseObject({ Arn: z.string(), DeadLetterConfig: z.looseObject({ Arn: z.string() }).optional() })).default([]),
});
/** Rules on a bus and on a schedule: to their targets, and to where a target's events go that it did not take. */
const ruleWires = (resources: Resources): Wire[] =>
  ofType(resources, 'AWS::Events::Rule').flatMap((rule) => {
    const { State, Targets } = read(rule, ruleSchema);
    const ends =
      State === 'DISABLED' ? [] : Targets.flatMap(({ Arn, DeadLetterConfig }) => [Arn, ...(DeadLetterConfig === undefined ? [] : [DeadLetterConfig.Arn])]);
    return ends.map((resource): Wire => ({
      ...{ what: `the rule ${rule.name}`, of: rule.logicalId, action: actionOn(resource), resource },
      ...{ by: 'service', service: 'events.amazonaws.com', sourceArn: arnOf(rule) },
    }));
  });

const routeSchema = z.looseObject({ ApiId: z.string(), RouteKey: z.string(), Target: z.string() });
const integrationSchema = z.looseObject({ IntegrationUri: z.string() });
/** Each route to its function. The source says stage, method and path. */
const routeWires = (resources: Resources): Wire[] =>
  ofType(resources, 'AWS::ApiGatewayV2::Route').map((route) => {
    const { ApiId, RouteKey, Target } = read(route, routeSchema);
    const integration = ofType(resources, 'AWS::ApiGatewayV2::Integration').find(({ ref }) => Target === `integrations/${ref}`);
    if (integration === undefined) throw new Error(`${route.logicalId} (${route.type}) goes to ${Target}, which is not in the template`);
    const [method = '', path] = RouteKey.split(' ');
    return {
      ...{
        what: `the route ${RouteKey}`,
        of: route.logicalId,
        action: 'lambda:InvokeFunction',
        resource: functionIn(read(integration, integrationSchema).IntegrationUri),
      },
      ...{ by: 'service', service: 'apigateway.amazonaws.com', sourceArn: arn('execute-api', `${ApiId}/$default/${method}${path ?? `/${method}`}`) },
    };
  });
/** Alone, or inside the longer address that API Gateway also takes. */
const functionIn = (uri: string): string => /arn:[a-z-]+:lambda:[^:]*:\d{12}:function:[A-Za-z0-9_-]+/.exec(uri)?.[0] ?? uri;

const sqsAction = z.looseObject({ Sqs: z.looseObject({ QueueUrl: z.string(), RoleArn: z.string() }).optional() });
const topicRuleSchema = z.looseObject({ TopicRulePayload: z.looseObject({ Actions: z.array(sqsAction), ErrorAction: sqsAction.optional() }) });
/** A topic rule takes a role on for each action. */
const topicRuleWires = (resources: Resources): Wire[] =>
  ofType(resources, 'AWS::IoT::TopicRule').flatMap((rule) => {
    const { Actions, ErrorAction } = read(rule, topicRuleSchema).TopicRulePayload;
    const what = `the topic rule ${rule.name}`;
    return [...Actions, ...(ErrorAction === undefined ? [] : [ErrorAction])].flatMap(({ Sqs: sqs }): Wire[] => {
      if (sqs === undefined) return [];
      const { RoleArn: roleArn, QueueUrl } = sqs;
      const resource = arn('sqs', QueueUrl.split('/').at(-1) ?? '');
      return [
        { what, of: rule.logicalId, action: 'sts:AssumeRole', resource: roleArn, by: 'trust', roleArn, service: 'iot.amazonaws.com', sourceArn: arnOf(rule) },
        { what, of: rule.logicalId, action: 'sqs:SendMessage', resource, by: 'role', roleArn },
      ];
    });
  });

const authorizerSchema = z.looseObject({ AuthorizerFunctionArn: z.string() });
const authorizerWires = (resources: Resources): Wire[] =>
  ofType(resources, 'AWS::IoT::Authorizer').map((authorizer) => ({
    ...{ what: `the authorizer ${authorizer.name}`, of: authorizer.logicalId },
    ...{ action: 'lambda:InvokeFunction', resource: read(authorizer, authorizerSchema).AuthorizerFunctionArn },
    ...{ by: 'service', service: 'iot.amazonaws.com', sourceArn: arnOf(authorizer) },
  }));

const alarmSchema = z.looseObject({ AlarmActions: z.array(z.string()).default([]), OKActions: z.array(z.string()).default([]) });
/** Nobody is called out on one machine, but an alarm that may not ring on AWS is found here. */
const alarmWires = (resources: Resources): Wire[] =>
  ofType(resources, 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm').flatMap((alarm) => {
    const { AlarmActions, OKActions } = read(alarm, alarmSchema);
    return [...AlarmActions, ...OKActions]
      .filter((target) => target.includes(':sns:'))
      .map((resource): Wire => ({
        ...{ what: `the alarm ${alarm.name}`, of: alarm.logicalId, action: 'sns:Publish', resource },
        ...{ by: 'service', service: 'cloudwatch.amazonaws.com', sourceArn: arnOf(alarm) },
      }));
  });

export const eventWires = (resources: Resources): Wire[] => [
  ...ruleWires(resources),
  ...routeWires(resources),
  ...topicRuleWires(resources),
  ...authorizerWires(resources),
  ...alarmWires(resources),
];
