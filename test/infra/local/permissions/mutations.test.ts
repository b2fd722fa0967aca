/** What is taken out of a small template is noticed by the start or by what a run did; what is not is named. */
import { describe, expect, it } from 'vitest';
import { mutationsOf } from '../../../../infra/local/permissions/mutations.ts';
import { noticeIn } from '../../../../infra/local/permissions/noticed.ts';
import type { Used } from '../../../../infra/local/permissions/usage.ts';
import type { WrittenStack } from '../template/written-assembly.ts';
import { permittedStack } from './permitted-stack.ts';

const TABLE = 'arn:aws:dynamodb:eu-central-1:000000000000:table/Households';
const didGet = { function: 'work', action: 'dynamodb:GetItem', resource: TABLE };
const unused: Used = { decisions: [], things: [], variables: [], routes: [] };
const used: Used = {
  decisions: [didGet, { ...didGet, action: 'dynamodb:PutItem' }],
  things: [],
  variables: ['TABLE', 'SPARE'].map((name) => ({ function: 'work', name })),
  routes: ['GET /orders/{id}'],
};

function survivors(by: Used, also?: WrittenStack['Resources']): string[] {
  const { resources } = permittedStack([], also);
  const notice = noticeIn(resources, by);
  return mutationsOf(resources)
    .filter((mutation) => notice(mutation) === undefined)
    .map(({ name }) => name);
}

it('every grant, variable and route of a template that is used in full is noticed', () => {
  expect(survivors(used)).toEqual([]);
});

it('without a run, what wires need is noticed all the same, and the rest is named', () => {
  expect(survivors(unused)).toEqual([
    'Main/WorkPolicy: dynamodb:GetItem on table/Households',
    'Main/WorkPolicy: dynamodb:PutItem on table/Households',
    'Main/Work: the variable TABLE',
    'Main/Work: the variable SPARE',
    'the route GET /orders/{id}',
  ]);
});

it('a variable that nobody reads, a call that nobody makes and a route that nobody calls are named', () => {
  expect(survivors({ decisions: [didGet], things: [], variables: used.variables.slice(0, 1), routes: [] })).toEqual([
    'Main/WorkPolicy: dynamodb:PutItem on table/Households',
    'Main/Work: the variable SPARE',
    'the route GET /orders/{id}',
  ]);
});

describe('a grant that another one repeats is named', () => {
  it.each<[string, WrittenStack['Resources'], readonly string[]]>([
    [
      'a permission of a function twice',
      { Again: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: 'work', Principal: 'events.amazonaws.com' } } },
      ['Main/ByHour', 'Main/Again'],
    ],
    [
      'wider than what stands beside it',
      {
        Wide: {
          Type: 'AWS::IAM::Policy',
          Properties: {
            PolicyName: 'wide',
            Roles: [{ Ref: 'WorkRole' }],
            PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'dynamodb:Get*', Resource: '*' }] },
          },
        },
      },
      [
        'Main/WorkPolicy: dynamodb:GetItem on table/Households',
        'Main/WorkPolicy: dynamodb:GetRecords on table/Households/stream/2026-01-01T00:00:00.000',
        'Main/WorkPolicy: dynamodb:GetShardIterator on table/Households/stream/2026-01-01T00:00:00.000',
        'Main/Wide: dynamodb:Get* on *',
      ],
    ],
    [
      'a managed policy',
      {
        WorkRole: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
            },
            ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
          },
        },
      },
      [
        'Main/WorkPolicy: logs:CreateLogStream on log-group:Logs:*',
        'Main/WorkPolicy: logs:PutLogEvents on log-group:Logs:*',
        'Main/WorkRole: the managed policy AWSLambdaBasicExecutionRole',
      ],
    ],
  ])('%s', (_, also, expected) => {
    expect(survivors(used, also)).toEqual(expected);
  });
});

it('what a policy of things allows is noticed by what things did', () => {
  const own = '${iot:Connection.Thing.ThingName}';
  const iot = (resource: string) => `arn:aws:iot:eu-central-1:000000000000:${resource}`;
  const Statement = [
    { Effect: 'Allow', Action: 'iot:Connect', Resource: iot(`client/${own}`) },
    { Effect: 'Allow', Action: 'iot:Publish', Resource: [iot(`topic/dt/${own}/telemetry`), iot(`topic/dt/${own}/spare`)] },
  ];
  const ThingPolicy = { Type: 'AWS::IoT::Policy', Properties: { PolicyDocument: { Version: '2012-10-17', Statement } } };
  const context = { 'iot:ClientId': 'fridge-1', 'iot:Connection.Thing.ThingName': 'fridge-1' };
  const things: Used['things'] = [
    { action: 'iot:Connect', resource: 'fridge-1', context },
    { action: 'iot:Publish', resource: 'dt/fridge-1/telemetry', context },
  ];
  expect(survivors({ ...used, things }, { ThingPolicy })).toEqual([`Main/ThingPolicy: iot:Publish on topic/dt/${own}/spare`]);
});

it('a template that lacks something already is not mutated: everything would seem to be noticed', () => {
  const { resources } = permittedStack(['ByHour']);
  expect(() => noticeIn(resources, used)).toThrow(/lacks a permission: Hourly/);
  const { resources: whole } = permittedStack();
  expect(() => noticeIn(whole, { ...used, decisions: [{ ...didGet, action: 'dynamodb:Scan' }] })).toThrow(/work did dynamodb:Scan/);
});
