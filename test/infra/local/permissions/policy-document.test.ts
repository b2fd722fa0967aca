import { describe, expect, it } from 'vitest';
import { managedPolicy } from '../../../../infra/local/permissions/managed-policies.ts';
import { readDocument, type DocumentKind } from '../../../../infra/local/permissions/policy-document.ts';

const allow = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };
const reading =
  (statement: object, kind: DocumentKind = 'identity', version = '2012-10-17') =>
  () =>
    readDocument('Relay (AWS::IAM::Policy)', kind, { Version: version, Statement: [statement] });

describe('a document that is not understood stops the start and names its owner', () => {
  it.each([
    ['NotAction', { ...allow, NotAction: 'sqs:PurgeQueue' }, /Unrecognized key: "NotAction"/],
    ['NotResource', { ...allow, NotResource: 'x' }, /NotResource/],
    ['an action without a service', { ...allow, Action: 'SendMessage' }, /Action/],
    ['an unknown operator', { ...allow, Condition: { NumericGreaterThan: { 'aws:SourceArn': '1' } } }, /the condition operator NumericGreaterThan/],
    ['a set operator', { ...allow, Condition: { 'ForAllValues:StringEquals': { 'aws:SourceArn': ['a'] } } }, /ForAllValues:StringEquals/],
    ['an unknown key', { ...allow, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'x' } } }, /the condition key aws:PrincipalTag\/team/],
    ['a variable', { ...allow, Resource: 'arn:aws:sqs:eu-central-1:000000000000:${aws:username}' }, /policy variable/],
    ['a principal', { ...allow, Principal: '*' }, /Principal/],
    ['no resource', { Effect: 'Allow', Action: 'sqs:SendMessage' }, /Resource/],
    ['another effect', { ...allow, Effect: 'Perhaps' }, /Effect/],
  ])('%s', (_, statement, expected) => {
    expect(reading(statement)).toThrow(expected);
    expect(reading(statement)).toThrow(/^Relay \(AWS::IAM::Policy\): /);
  });

  it.each([
    ['NotPrincipal', { ...allow, NotPrincipal: '*' }, /NotPrincipal/],
    ['a federated principal', { ...allow, Principal: { Federated: 'x' } }, /Principal/],
    ['a user', { ...allow, Principal: { AWS: 'arn:aws:iam::000000000000:user/anna' } }, /the principal arn:aws:iam::000000000000:user\/anna/],
    ['some roles', { ...allow, Principal: { AWS: 'arn:aws:iam::000000000000:role/*' } }, /the principal/],
  ])('of a resource: %s', (_, statement, expected) => {
    expect(reading(statement, 'resource')).toThrow(expected);
  });

  it('the version of 2008, which knows no variables', () => {
    expect(reading(allow, 'identity', '2008-10-17')).toThrow(/Version/);
  });

  it('a managed policy that nobody wrote down', () => {
    expect(() => managedPolicy('Role (AWS::IAM::Role)', 'arn:aws:iam::aws:policy/AdministratorAccess')).toThrow(
      /^Role \(AWS::IAM::Role\): the managed policy arn:aws:iam::aws:policy\/AdministratorAccess is not known here/,
    );
  });
});

it('a document is read with single values as lists', () => {
  expect(
    readDocument('Q', 'resource', {
      Version: '2012-10-17',
      Statement: { ...allow, Sid: 'a', Principal: { Service: 'events.amazonaws.com', AWS: '000000000000' } },
    }),
  ).toEqual([
    {
      effect: 'Allow',
      principals: [
        { kind: 'service', name: 'events.amazonaws.com' },
        { kind: 'account', name: '000000000000' },
      ],
      actions: ['sqs:SendMessage'],
      resources: ['*'],
      conditions: [],
    },
  ]);
});
