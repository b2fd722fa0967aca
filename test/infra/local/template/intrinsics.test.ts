import { describe, expect, it } from 'vitest';
import { readStack, readStacks, resolved, resource } from './written-assembly.ts';

const URL_OF_Q = 'http://127.0.0.1:4566/000000000000/Q';
const ARN_OF_Q = 'arn:aws:sqs:eu-central-1:000000000000:Q';

describe('an intrinsic function', () => {
  it.each([
    ['Ref of a resource', { Ref: 'Q' }, URL_OF_Q],
    ['Ref of the region', { Ref: 'AWS::Region' }, 'eu-central-1'],
    ['Ref of the account', { Ref: 'AWS::AccountId' }, '000000000000'],
    ['Ref of the partition', { Ref: 'AWS::Partition' }, 'aws'],
    ['Ref of the suffix', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    ['Ref of the stack', { Ref: 'AWS::StackName' }, 'Main'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Q', 'Arn'] }, ARN_OF_Q],
    ['GetAtt as text', { 'Fn::GetAtt': 'Q.QueueName' }, 'Q'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 7]] }, 'a-eu-central-1-7'],
    ['Join of a list that is made', { 'Fn::Join': ['+', { 'Fn::Split': [',', 'a,b'] }] }, 'a+b'],
    ['Sub', { 'Fn::Sub': '${Q.Arn}/${AWS::Region}' }, `${ARN_OF_Q}/eu-central-1`],
    ['Sub with what it leaves alone', { 'Fn::Sub': '${!Literal} ${AWS::Partition}' }, '${Literal} aws'],
    ['Sub with own variables', { 'Fn::Sub': ['${Name}@${Q}', { Name: { Ref: 'AWS::Partition' } }] }, `aws@${URL_OF_Q}`],
    ['Select', { 'Fn::Select': [1, ['a', 'b']] }, 'b'],
    ['Select by text', { 'Fn::Select': ['5', { 'Fn::Split': [':', { 'Fn::GetAtt': ['Q', 'Arn'] }] }] }, 'Q'],
    ['Base64', { 'Fn::Base64': { Ref: 'AWS::Partition' } }, 'YXdz'],
    ['the function beside plain members', { plain: 1, list: [{ Ref: 'Q' }, null] }, { plain: 1, list: [URL_OF_Q, null] }],
  ])('resolves %s', (_name, value, expected) => {
    expect(resolved(value)).toEqual(expected);
  });

  it('resolves FindInMap', () => {
    const Mappings = { Sizes: { 'eu-central-1': { small: 128 } } };
    expect(resolved({ 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'small'] }, { Mappings })).toBe(128);
    expect(() => resolved({ 'Fn::FindInMap': ['Sizes', 'us-east-1', 'small'] }, { Mappings })).toThrow(
      'Main/Holder (AWS::IAM::Role): no mapping Sizes.us-east-1.small',
    );
  });

  it('leaves out what is AWS::NoValue', () => {
    expect(resolved({ kept: 1, gone: { Ref: 'AWS::NoValue' }, list: ['a', { Ref: 'AWS::NoValue' }] })).toEqual({ kept: 1, list: ['a'] });
  });

  it.each([
    ['an unknown function', { 'Fn::Cidr': ['10.0.0.0/8', 1] }, 'unknown intrinsic'],
    ['an intrinsic with a neighbour', { Ref: 'Q', other: 1 }, 'unknown intrinsic'],
    ['a resource that is not there', { Ref: 'Nobody' }, 'refers to Nobody'],
    ['an attribute that is not there', { 'Fn::GetAtt': ['Q', 'Colour'] }, 'Q (AWS::SQS::Queue) has no attribute Colour'],
    ['an element that is not there', { 'Fn::Select': [2, ['a']] }, 'Fn::Select has no element 2'],
    ['a list where text is wanted', { 'Fn::Join': ['', [['nested']]] }, 'Fn::Join wants text'],
    ['a dynamic reference', '{{resolve:ssm:/secret}}', 'dynamic reference'],
    ['an export that is not there', { 'Fn::ImportValue': 'Elsewhere:Thing' }, 'no stack exports Elsewhere:Thing'],
  ])('throws for %s and names where', (_name, value, reason) => {
    expect(() => resolved(value)).toThrow(reason);
    expect(() => resolved(value)).toThrow('Main/Holder (AWS::IAM::Role)');
  });
});

describe('a condition', () => {
  const Conditions = {
    Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] },
    Abroad: { 'Fn::Not': [{ Condition: 'Here' }] },
    Both: { 'Fn::And': [{ Condition: 'Here' }, { Condition: 'Abroad' }] },
    Either: { 'Fn::Or': [{ Condition: 'Here' }, { Condition: 'Abroad' }] },
  };

  it.each([
    ['Here', 'yes'],
    ['Abroad', 'no'],
    ['Both', 'no'],
    ['Either', 'yes'],
  ])('%s decides an Fn::If', (name, expected) => {
    expect(resolved({ 'Fn::If': [name, 'yes', 'no'] }, { Conditions })).toBe(expected);
  });

  it('does not look at the branch not taken', () => {
    expect(resolved({ 'Fn::If': ['Abroad', { Ref: 'Nobody' }, { Ref: 'AWS::NoValue' }] }, { Conditions })).toBeUndefined();
  });

  it('leaves a resource out, and nothing may refer to it', () => {
    const Resources = { Gone: { Type: 'AWS::SQS::Queue', Condition: 'Abroad' }, Kept: { Type: 'AWS::SQS::Queue', Condition: 'Here' } };
    expect(readStack({ Conditions, Resources }).resources.map(({ logicalId }) => logicalId)).toEqual(['Kept']);
    expect(() => resolved({ Ref: 'Gone' }, { Conditions, Resources })).toThrow('refers to Gone, which its condition leaves out');
  });

  it('throws when it is not declared', () => {
    expect(() => resolved({ 'Fn::If': ['Somewhere', 1, 2] }, { Conditions })).toThrow('no condition Somewhere');
  });
});

describe('a parameter', () => {
  const Parameters = {
    Speed: { Type: 'Number', Default: 5 },
    Names: { Type: 'CommaDelimitedList', Default: 'a,b' },
    BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' },
  };

  it('has its default, or what is given', () => {
    expect(resolved([{ Ref: 'Speed' }, { Ref: 'Names' }], { Parameters })).toEqual(['5', ['a', 'b']]);
    expect(resolved({ Ref: 'Speed' }, { Parameters }, { Speed: '9' })).toBe('9');
  });

  it('throws without a value, under a wrong name, or where it lives in Systems Manager', () => {
    expect(() => readStack({ Parameters: { Speed: { Type: 'Number' } } })).toThrow('Main: parameter Speed needs a value');
    expect(() => readStack({ Parameters }, { Sped: '9' })).toThrow('no stack has a parameter Sped');
    expect(() => resolved({ Ref: 'BootstrapVersion' }, { Parameters })).toThrow('lives in Systems Manager');
  });
});

describe('several stacks', () => {
  const Base = {
    Resources: { Jobs: { Type: 'AWS::SQS::Queue' } },
    Outputs: { JobsArn: { Value: { 'Fn::GetAtt': ['Jobs', 'Arn'] }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:JobsArn' } } }, Shared: { Value: 'base' } },
  };
  const Front = {
    Resources: { Holder: { Type: 'AWS::IAM::Role', Properties: { Value: { 'Fn::ImportValue': 'Base:JobsArn' } } }, Jobs: { Type: 'AWS::SQS::Queue' } },
    Outputs: { Shared: { Value: 'front' } },
  };

  it('import what another one exports, and keep their names apart', () => {
    const template = readStacks({ Base, Front });
    expect(resource(template, 'Holder').properties.Value).toBe('arn:aws:sqs:eu-central-1:000000000000:Jobs');
    expect(template.resources.filter(({ type }) => type === 'AWS::SQS::Queue').map(({ name, stack }) => [stack, name])).toEqual([
      ['Base', 'Jobs'],
      ['Front', 'Front-Jobs'],
    ]);
  });

  it('answer their outputs', () => {
    const template = readStacks({ Base, Front });
    expect(template.output('JobsArn')).toBe('arn:aws:sqs:eu-central-1:000000000000:Jobs');
    expect(template.output('Front.Shared')).toBe('front');
    expect(() => template.output('Shared')).toThrow('several stacks have an output Shared');
    expect(() => template.output('Nothing')).toThrow('no stack has an output Nothing');
  });
});

describe('a circle', () => {
  const queue = (reference: unknown) => ({ Type: 'AWS::SQS::Queue', Properties: { RedrivePolicy: reference } });

  it('throws and shows the way round', () => {
    const Resources = { A: queue({ 'Fn::GetAtt': ['B', 'Arn'] }), B: queue({ Ref: 'C' }), C: queue({ 'Fn::Sub': '${A}' }) };
    expect(() => readStack({ Resources })).toThrow('circular reference: Main/A → Main/B → Main/C → Main/A');
  });

  it('is found through DependsOn too', () => {
    const Resources = { A: queue({ Ref: 'B' }), B: { Type: 'AWS::SQS::Queue', DependsOn: ['A'] } };
    expect(() => readStack({ Resources })).toThrow('circular reference: Main/A → Main/B → Main/A');
  });
});
