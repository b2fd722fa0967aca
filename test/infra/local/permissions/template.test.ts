/** The template of the product itself: what it wires is permitted, and the start would miss every grant that a wire needs. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bundlesDirectory } from '../../../../infra/bundle.ts';
import { mutationsOf } from '../../../../infra/local/permissions/mutations.ts';
import { noticeIn } from '../../../../infra/local/permissions/noticed.ts';
import { readPermissions } from '../../../../infra/local/permissions/permissions.ts';
import { readAssembly, type ResolvedResource } from '../../../../infra/local/template/read-assembly.ts';
import { makeBothStacks } from '../../../../infra/both-stacks.ts';
import { bundle } from '../../synthesized.ts';

const outdir = mkdtempSync(path.join(tmpdir(), 'nachschub-permissions-'));
let resources: readonly ResolvedResource[];

beforeAll(async () => {
  await bundle();
  const app = new App({ analyticsReporting: false, outdir, context: { 'aws:cdk:disable-asset-staging': true, 'aws:cdk:enable-path-metadata': true } });
  makeBothStacks(app, { env: { region: 'eu-central-1' }, retailers: ['rt_frischhof'] });
  app.synth();
  ({ resources } = readAssembly(outdir, { endpointUrl: 'http://127.0.0.1' }));
}, 120_000);
afterAll(() => {
  rmSync(outdir, { recursive: true });
  rmSync(bundlesDirectory(), { recursive: true });
});

/** One statement names the bucket and what is in it, and each action means one of the two. */
const MEANS_THE_OTHER = /\/App\/Bucket\/Policy: (s3:GetObject on \w+|s3:ListBucket on \w+\/\*)$/;
/** Only a run can show that these are used: calls that functions make, and what things do. */
const BY_A_FUNCTION =
  /\/Role\/DefaultPolicy: (dynamodb:(GetItem|BatchGetItem|Query|PutItem|DeleteItem)|cognito-idp:\w+|sqs:SendMessage|events:PutEvents|secretsmanager:GetSecretValue|kms:\w+\*?|iot:\w+) on /;

it('every grant to a service, and every grant that a service uses in a role, is missed at the start', () => {
  const notice = noticeIn(resources, { decisions: [], things: [], variables: [], routes: [] });
  const unnoticed = mutationsOf(resources).filter((mutation) => mutation.kind === 'grant' && notice(mutation) === undefined);
  expect(unnoticed.map(({ name }) => name).filter((name) => !BY_A_FUNCTION.test(name) && !MEANS_THE_OTHER.test(name))).toEqual([]);
});

const variablesSchema = z.object({
  Environment: z.object({ Variables: z.looseObject({ POWERTOOLS_SERVICE_NAME: z.string() }) }),
});
/** Read by the logger’s package and by Node.js. */
const READ_BY_OTHERS = ['POWERTOOLS_SERVICE_NAME', 'NODE_OPTIONS'];

it('no function is told what no line of its bundle asks for', () => {
  // CDK's own function, which only CloudFormation calls, is told what CDK tells it.
  const deployers = resources.filter(({ type }) => type === 'Custom::CDKBucketDeployment').map(({ properties }) => properties['ServiceToken']);
  const functions = resources.filter(({ type, attributes }) => type === 'AWS::Lambda::Function' && !deployers.includes(attributes['Arn']));
  expect(functions.length).toBeGreaterThan(15);
  for (const { properties } of functions) {
    const { POWERTOOLS_SERVICE_NAME: name, ...variables } = variablesSchema.parse(properties).Environment.Variables;
    const bundleText = readFileSync(path.join(bundlesDirectory(), name, 'index.mjs'), 'utf8');
    const unasked = Object.keys(variables).filter((variable) => !READ_BY_OTHERS.includes(variable) && !bundleText.includes(`"${variable}"`));
    expect(unasked, name).toEqual([]);
  }
});

describe('e-mail', () => {
  const SENDER = 'hallo@shop.example';
  const envOf = (of: readonly ResolvedResource[], name: string) =>
    of
      .filter(({ type }) => type === 'AWS::Lambda::Function')
      .map(({ properties }) => variablesSchema.safeParse(properties).data?.Environment.Variables)
      .find((variables) => variables?.POWERTOOLS_SERVICE_NAME === name);

  it('is sent by one function, from one address, once whoever deploys names it', () => {
    const parameters = { MailSender: SENDER, MailImprint: 'Shop GmbH', MailSite: 'https://home.example' };
    const named = readAssembly(outdir, { endpointUrl: 'http://127.0.0.1', parameters }).resources;
    const permissions = readPermissions(named);
    const may = (functionName: string, from: string) => {
      const role = permissions.roleOf(named.find(({ type, path: at }) => type === 'AWS::Lambda::Function' && at.includes(functionName))?.name ?? '');
      if (role === undefined) throw new Error(`no role of ${functionName}`);
      return permissions.mayRole(role, 'ses:SendEmail', 'arn:aws:ses:eu-central-1:000000000000:identity/shop.example', { 'ses:FromAddress': from });
    };
    expect(may('/MailHousehold/', SENDER)).toBe('allowed');
    expect(may('/MailHousehold/', 'boss@shop.example')).toBe('not allowed by any policy');
    expect(may('/NotifyHousehold/', SENDER)).toBe('not allowed by any policy');
    for (const name of ['mail-household', 'household-api', 'run-automation']) expect([name, envOf(named, name)?.['MAIL_FROM']]).toEqual([name, SENDER]);
    expect(envOf(named, 'mail-household')).toMatchObject({ MAIL_SITE: 'https://home.example', MAIL_IMPRINT: 'Shop GmbH' });
  });

  it('is sent by nobody until then, and nobody believes that it could be', () => {
    expect(resources.filter(({ type, path: at }) => type.startsWith('AWS::SES::') || at.includes('/MaySend'))).toEqual([]);
    for (const name of ['mail-household', 'household-api', 'run-automation']) expect(envOf(resources, name)).not.toHaveProperty('MAIL_FROM');
  });
});
