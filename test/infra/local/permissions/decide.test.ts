import { describe, expect, it } from 'vitest';
import type { Context } from '../../../../infra/local/permissions/conditions.ts';
import { decide, mayAssume, type Caller, type Decision } from '../../../../infra/local/permissions/decide.ts';
import { readDocument, type DocumentKind, type Statement } from '../../../../infra/local/permissions/policy-document.ts';

const ACCOUNT = '000000000000';
const QUEUE = `arn:aws:sqs:eu-central-1:${ACCOUNT}:inbox`;
const KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/k`;
const RULE = `arn:aws:events:eu-central-1:${ACCOUNT}:rule/bus/told`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/Relay`;
const role: Caller = { kind: 'role', arn: ROLE };
const events: Caller = { kind: 'service', name: 'events.amazonaws.com' };

const of = (kind: DocumentKind, ...statements: object[]): Statement[] => readDocument('It', kind, { Version: '2012-10-17', Statement: statements });
const send = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: QUEUE };
const toEvents = { ...send, Principal: { Service: 'events.amazonaws.com' }, Condition: { ArnEquals: { 'aws:SourceArn': RULE } } };
const onlyOverTls = { Effect: 'Deny', Action: 'sqs:*', Resource: QUEUE, Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
const YES: Decision = 'allowed';
const NOBODY: Decision = 'not allowed by any policy';
const OWN: Decision = 'explicitly denied by its own policies';
const FOREIGN: Decision = 'explicitly denied by the resource’s policy';

describe('a role', () => {
  it.each<[string, readonly object[], readonly object[], Decision]>([
    ['that nothing speaks for', [], [], NOBODY],
    ['with a permission', [send], [], YES],
    ['with one for another action', [{ ...send, Action: 'sqs:ReceiveMessage' }], [], NOBODY],
    ['with one for another queue', [{ ...send, Resource: `${QUEUE}2` }], [], NOBODY],
    ['with a permission and a denial of its own', [send, { ...send, Effect: 'Deny' }], [], OWN],
    ['with a permission and a denial by the queue', [send], [{ ...send, Effect: 'Deny', Principal: '*' }], FOREIGN],
    ['denied by a queue that denies the whole account', [send], [{ ...send, Effect: 'Deny', Principal: { AWS: ACCOUNT } }], FOREIGN],
    ['with a permission, at a queue that wants TLS', [send], [onlyOverTls], YES],
    ['that only the queue names', [], [{ ...send, Principal: { AWS: ROLE } }], YES],
    ['beside another role that the queue names', [], [{ ...send, Principal: { AWS: `${ROLE}2` } }], NOBODY],
    ['whose account the queue names: its own policies decide', [], [{ ...send, Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }], NOBODY],
    ['of another account than the queue names', [], [{ ...send, Principal: { AWS: '111111111111' } }], NOBODY],
  ])('%s', (_, identity, resource, expected) => {
    const context: Context = { 'aws:SecureTransport': 'true' };
    expect(
      decide(
        { caller: role, action: 'sqs:SendMessage', resource: QUEUE, context },
        { identity: of('identity', ...identity), resource: of('resource', ...resource) },
      ),
    ).toBe(expected);
  });

  const decrypt = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY };
  const delegates = { Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } };
  it.each<[string, readonly object[], readonly object[], Decision]>([
    ['with a permission of its own alone', [decrypt], [], NOBODY],
    ['when the key leaves it to the account', [decrypt], [delegates], YES],
    ['when the key leaves it to the account, which says nothing', [], [delegates], NOBODY],
    ['that the key names', [], [{ ...delegates, Principal: { AWS: ROLE } }], YES],
  ])('needs the key’s consent: %s', (_, identity, resource, expected) => {
    expect(
      decide(
        { caller: role, action: 'kms:Decrypt', resource: KEY, context: {} },
        { identity: of('identity', ...identity), resource: of('resource', ...resource) },
      ),
    ).toBe(expected);
  });
});

describe('a service', () => {
  it.each<[string, readonly object[], Context, Decision]>([
    ['with a permission for its rule', [toEvents, onlyOverTls], { 'aws:SourceArn': RULE, 'aws:SecureTransport': 'true' }, YES],
    ['for another rule', [toEvents], { 'aws:SourceArn': `${RULE}2` }, NOBODY],
    ['without a source', [toEvents], {}, NOBODY],
    ['without TLS', [toEvents, onlyOverTls], { 'aws:SourceArn': RULE, 'aws:SecureTransport': 'false' }, FOREIGN],
    ['beside another service', [{ ...toEvents, Principal: { Service: 'iot.amazonaws.com' } }], { 'aws:SourceArn': RULE }, NOBODY],
    ['that the account’s permission does not concern', [{ ...send, Principal: { AWS: ACCOUNT } }], {}, NOBODY],
  ])('%s', (_, resource, context, expected) => {
    expect(decide({ caller: events, action: 'sqs:SendMessage', resource: QUEUE, context }, { identity: [], resource: of('resource', ...resource) })).toBe(
      expected,
    );
  });

  it('takes on the roles that trust it', () => {
    const trust = of('trust', { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'iot.amazonaws.com' } });
    expect(mayAssume(trust, 'iot.amazonaws.com', {})).toBe(true);
    expect(mayAssume(trust, 'lambda.amazonaws.com', {})).toBe(false);
  });
});

describe('a condition', () => {
  const holds = (condition: object, context: Context): boolean =>
    decide(
      { caller: role, action: 'sqs:SendMessage', resource: QUEUE, context },
      { identity: of('identity', { ...send, Condition: condition }), resource: [] },
    ) === 'allowed';

  it.each<[object, Context, boolean]>([
    [{ Bool: { 'aws:SecureTransport': true } }, { 'aws:SecureTransport': 'true' }, true],
    [{ Bool: { 'aws:SecureTransport': 'true' } }, { 'aws:SecureTransport': 'false' }, false],
    [{ Bool: { 'aws:SecureTransport': 'true' } }, {}, false],
    [{ StringEquals: { 'AWS:SourceAccount': [ACCOUNT, '1'] } }, { 'aws:SourceAccount': ACCOUNT }, true],
    [{ StringEquals: { 'aws:SourceAccount': '0*' } }, { 'aws:SourceAccount': ACCOUNT }, false],
    [{ StringNotEquals: { 'aws:SourceAccount': ['1', ACCOUNT] } }, { 'aws:SourceAccount': ACCOUNT }, false],
    [{ StringNotEquals: { 'aws:SourceAccount': '1' } }, {}, true],
    [{ StringLike: { 'kms:ViaService': 'dynamodb.*.amazonaws.com' } }, { 'kms:ViaService': 'dynamodb.eu-central-1.amazonaws.com' }, true],
    [{ StringNotLike: { 'kms:ViaService': 'sqs.*' } }, { 'kms:ViaService': 'dynamodb.eu-central-1.amazonaws.com' }, true],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/*' } }, { 'aws:SourceArn': RULE }, true],
    [{ ArnEqualsIfExists: { 'aws:SourceArn': RULE } }, {}, true],
    [{ ArnEqualsIfExists: { 'aws:SourceArn': RULE } }, { 'aws:SourceArn': `${RULE}2` }, false],
    [{ Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:SourceAccount': '1' } }, { 'aws:SecureTransport': 'true' }, false],
  ])('%j in %j: %s', (condition, context, expected) => {
    expect(holds(condition, context)).toBe(expected);
  });
});
