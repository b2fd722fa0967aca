import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideBy } from '../../../../infra/local/broker/decide.ts';
import { readPolicy, type Action } from '../../../../infra/local/broker/policy.ts';
import type { PolicyContext } from '../../../../infra/local/broker/policy-resource.ts';
import { ARN_BASE } from './broker-harness.ts';

type Statement = Record<string, unknown>;
const policy = (...statements: Statement[]) => readPolicy({ name: 'ThingPolicy', document: { Version: '2012-10-17', Statement: statements } });
const allow = (Action: string, resource: string, more: Statement = {}) => ({ Effect: 'Allow', Action, Resource: `${ARN_BASE}:${resource}`, ...more });
const isAllowed = (statement: Statement, action: Action, resource: string, context: PolicyContext = {}) =>
  decideBy([policy(statement)], 'x', context)(action, resource) === 'allow';

describe('a resource', () => {
  it.each([
    ['topic/a/*', 'a/b/c', true],
    ['topic/a/*', 'a/', true],
    ['topic/a/*', 'a', false],
    ['topic/a/?', 'a/b', true],
    ['topic/a/?', 'a/bc', false],
    ['topic/a?b', 'a/b', true],
    ['topic/a', 'A', false],
    ['topic/a.c', 'abc', false],
    ['topic/a', 'a/b', false],
    ['topic/$aws/x', '$aws/x', true],
    ['topic/a/${*}', 'a/*', true],
    ['topic/a/${*}', 'a/b', false],
    ['topic/a/${?}${$}', 'a/?$', true],
  ])('%s for %s: %s', (resource, topic, expected) => {
    expect(isAllowed(allow('iot:Publish', resource), 'iot:Publish', topic)).toBe(expected);
  });

  // The developer guide's own example: MQTT's wildcards are plain characters in a policy.
  it('takes the wildcards of MQTT for what they are', () => {
    const filter = allow('iot:Subscribe', 'topicfilter/a/+/b');
    expect(isAllowed(filter, 'iot:Subscribe', 'a/+/b')).toBe(true);
    expect(isAllowed(filter, 'iot:Subscribe', 'a/x/b')).toBe(false);
    expect(isAllowed(allow('iot:Subscribe', 'topicfilter/a/#'), 'iot:Subscribe', 'a/b')).toBe(false);
    expect(isAllowed(allow('iot:Subscribe', 'topicfilter/a/*'), 'iot:Subscribe', 'a/#')).toBe(true);
  });

  it('is of a kind, a region and an account', () => {
    const both = { Effect: 'Allow', Action: ['iot:Publish', 'iot:Receive', 'iot:Subscribe'], Resource: [`${ARN_BASE}:topic/a`, `${ARN_BASE}:topicfilter/b`] };
    expect(isAllowed(both, 'iot:Publish', 'a')).toBe(true);
    expect(isAllowed(both, 'iot:Subscribe', 'a')).toBe(false);
    expect(isAllowed(both, 'iot:Receive', 'b')).toBe(false);
    expect(isAllowed({ ...both, Resource: '*' }, 'iot:Receive', 'anything')).toBe(true);
    const elsewhere = { Effect: 'Allow', Action: 'iot:Publish', Resource: 'arn:aws:iot:us-east-1:000000000000:topic/a' };
    expect(isAllowed(elsewhere, 'iot:Publish', 'a')).toBe(false);
  });
});

describe('a variable', () => {
  const own = allow('iot:Publish', 'topic/dt/${iot:Connection.Thing.ThingName}/x');

  it('stands for what the connection is, and without that for nothing', () => {
    expect(isAllowed(own, 'iot:Publish', 'dt/fridge/x', { 'iot:Connection.Thing.ThingName': 'fridge' })).toBe(true);
    expect(isAllowed(own, 'iot:Publish', 'dt/fridge/x', { 'iot:ClientId': 'fridge' })).toBe(false);
    for (const topic of ['dt//x', 'dt/undefined/x', 'dt/${iot:Connection.Thing.ThingName}/x']) expect(isAllowed(own, 'iot:Publish', topic)).toBe(false);
    expect(isAllowed({ ...own, Resource: [own.Resource, `${ARN_BASE}:topic/y`] }, 'iot:Publish', 'y')).toBe(true);
  });

  it.each(['iot:ClientId', 'iot:Certificate.Subject.CommonName'] as const)('may be %s', (name) => {
    expect(isAllowed(allow('iot:Connect', `client/\${${name}}`), 'iot:Connect', 'a', { [name]: 'a' })).toBe(true);
  });

  it('never counts as a pattern, whatever its value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' }), (value, other) => {
        const context = { 'iot:Connection.Thing.ThingName': value };
        expect(isAllowed(own, 'iot:Publish', `dt/${value}/x`, context)).toBe(true);
        expect(isAllowed(own, 'iot:Publish', `dt/${other}/x`, context)).toBe(other === value);
      }),
    );
    expect(isAllowed(own, 'iot:Publish', 'dt/other/x', { 'iot:Connection.Thing.ThingName': '*' })).toBe(false);
  });
});

describe('a decision', () => {
  const attached = { Condition: { Bool: { 'iot:Connection.Thing.IsAttached': ['true'] } } };

  it('needs the condition to be met', () => {
    const statement = allow('iot:Connect', 'client/a', attached);
    expect(isAllowed(statement, 'iot:Connect', 'a', { 'iot:Connection.Thing.IsAttached': 'true' })).toBe(true);
    expect(isAllowed(statement, 'iot:Connect', 'a', { 'iot:Connection.Thing.IsAttached': 'false' })).toBe(false);
    expect(isAllowed(statement, 'iot:Connect', 'a')).toBe(false);
  });

  it('is a no where nothing says yes, and where anything says no', () => {
    const everything = readPolicy({ name: 'all', document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iot:Publish', Resource: '*' } } });
    const deny = policy({ ...allow('iot:Publish', 'topic/secret/*'), Effect: 'Deny' });
    for (const policies of [
      [everything, deny],
      [deny, everything],
    ]) {
      const decide = decideBy(policies, 'fridge', {});
      expect(decide('iot:Publish', 'open')).toBe('allow');
      expect(decide('iot:Publish', 'secret/x')).toEqual({ deny: 'fridge may not iot:Publish "secret/x"' });
      expect(decide('iot:Receive', 'open')).not.toBe('allow');
    }
    expect(decideBy([], 'fridge', {})('iot:Connect', 'fridge')).not.toBe('allow');
  });
});

describe('a policy that is not understood', () => {
  const fine = allow('iot:Publish', 'topic/a');
  it.each<[string, unknown, RegExp]>([
    ['an action', { ...fine, Action: 'iot:PublishAll' }, /Action/],
    ['all actions', { ...fine, Action: 'iot:*' }, /Action/],
    ['an action of the shadow', { ...fine, Action: 'iot:UpdateThingShadow' }, /Action/],
    ['no action', { ...fine, Action: [] }, /Action/],
    ['an effect', { ...fine, Effect: 'Maybe' }, /Effect/],
    ['NotAction', { ...fine, NotAction: 'iot:Connect' }, /NotAction/],
    ['NotResource', { ...fine, NotResource: '*' }, /NotResource/],
    ['a principal', { ...fine, Principal: '*' }, /Principal/],
    ['an operator', { ...fine, Condition: { StringEquals: { 'iot:ClientId': 'a' } } }, /StringEquals/],
    ['a key', { ...fine, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, /SecureTransport/],
    ['a value', { ...fine, Condition: { Bool: { 'iot:Connection.Thing.IsAttached': 'yes' } } }, /IsAttached/],
    ['a variable', allow('iot:Publish', 'topic/${aws:username}'), /aws:username/],
    ['an attribute', allow('iot:Publish', 'topic/${iot:Connection.Thing.Attributes[home]}'), /Attributes/],
    ['a variable that does not end', allow('iot:Publish', 'topic/${iot:ClientId'), /does not end/],
    ['a resource', { ...fine, Resource: 'topic/a' }, /unknown resource "topic\/a"/],
    ['a kind of resource', allow('iot:Publish', 'thing/a'), /unknown resource/],
    ['a resource of the wrong kind', allow('iot:Subscribe', 'topic/a'), /iot:Subscribe wants a resource topicfilter/],
  ])('is refused by name: %s', (_, statement, reason) => {
    const read = () => policy(statement as Statement);
    expect(read).toThrow(/^IoT policy ThingPolicy: /);
    expect(read).toThrow(reason);
  });

  it('is refused by name: another version, more members, no statement, and one that AWS would not take', () => {
    for (const document of [{ Version: '2008-10-17', Statement: fine }, { Version: '2012-10-17', Statement: fine, Owner: 'x' }, { Version: '2012-10-17' }, 'x'])
      expect(() => readPolicy({ name: 'P', document })).toThrow('IoT policy P');
    expect(() => policy(allow('iot:Publish', `topic/${'x'.repeat(2_048)}`))).toThrow('2048');
  });
});
