import { describe, expect, it } from 'vitest';
import { actionMatches, arnLike, resourceMatches } from '../../../../infra/local/permissions/wildcard.ts';

const TABLE = 'arn:aws:dynamodb:eu-central-1:000000000000:table/Households';

describe('an action', () => {
  it.each([
    ['dynamodb:GetItem', 'dynamodb:GetItem', true],
    ['DynamoDB:getitem', 'dynamodb:GetItem', true],
    ['dynamodb:*', 'dynamodb:GetItem', true],
    ['dynamodb:Get*', 'dynamodb:GetItem', true],
    ['dynamodb:?etItem', 'dynamodb:GetItem', true],
    ['*', 'sqs:SendMessage', true],
    ['dynamodb:Get', 'dynamodb:GetItem', false],
    ['sqs:*', 'dynamodb:GetItem', false],
    ['dynamodb:GetItem', 'dynamodb:BatchGetItem', false],
  ])('%s means %s: %s', (pattern, action, expected) => {
    expect(actionMatches(pattern, action)).toBe(expected);
  });
});

describe('a resource', () => {
  it.each([
    [TABLE, TABLE, true],
    ['*', TABLE, true],
    [`${TABLE}/index/*`, `${TABLE}/index/byDue`, true],
    [`${TABLE}/index/*`, TABLE, false],
    [`${TABLE}*`, `${TABLE}Archive/index/x`, true],
    ['arn:aws:dynamodb:*:000000000000:table/Households', TABLE, true],
    // Inside a part a star ends at the colon; as the last of a part it does not.
    ['arn:aws:dynamodb:eu-*-1:000000000000:table/Households', TABLE, true],
    ['arn:aws:sqs:e*l-1:000000000000:q', 'arn:aws:sqs:eu-central-1:000000000000:q', true],
    ['arn:aws:s*s:000000000000:q', 'arn:aws:sqs:eu:s:000000000000:q', false],
    ['arn:aws:sqs:*:q', 'arn:aws:sqs:eu-central-1:000000000000:q', true],
    ['arn:aws:sqs:eu-central-1:000000000000:q?', 'arn:aws:sqs:eu-central-1:000000000000:q1', true],
    ['arn:aws:sqs:eu-central-1:000000000000:q?', 'arn:aws:sqs:eu-central-1:000000000000:q', false],
    // A dot is a dot, and letters keep their case.
    ['arn:aws:sqs:eu-central-1:000000000000:a.b', 'arn:aws:sqs:eu-central-1:000000000000:axb', false],
    [TABLE.toLowerCase(), TABLE, false],
  ])('%s means %s: %s', (pattern, arn, expected) => {
    expect(resourceMatches(pattern, arn)).toBe(expected);
  });
});

describe('an ARN in a condition', () => {
  it.each([
    ['arn:aws:events:eu-central-1:000000000000:rule/bus/*', 'arn:aws:events:eu-central-1:000000000000:rule/bus/one', true],
    ['arn:aws:execute-api:*:*:api1/*/*', 'arn:aws:execute-api:eu-central-1:000000000000:api1/$default/GET/a:b', true],
    ['arn:aws:events:*:rule/x', 'arn:aws:events:eu-central-1:000000000000:rule/x', false],
    ['*', 'arn:aws:events:eu-central-1:000000000000:rule/x', false],
  ])('%s is like %s: %s', (pattern, arn, expected) => {
    expect(arnLike(pattern, arn)).toBe(expected);
  });
});
