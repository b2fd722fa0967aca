/** The stacks as they are deployed, judged by AWS's rules and by ours. A finding is mended, or acknowledged with a reason beside its construct. */
import { App, Validations, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, type NagPack } from 'cdk-nag';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeBothStacks } from '../../../infra/both-stacks.ts';
import { HouseChecks } from '../../../infra/rules/house-checks.ts';
import { emptyBundles } from '../synthesized.ts';

const outdir = mkdtempSync(join(tmpdir(), 'nachschub-rules-'));
afterAll(() => rmSync(outdir, { recursive: true }));

let app: App;
let stacks: Readonly<Record<'nachschub' | 'journeys', Stack>>;
beforeAll(() => {
  emptyBundles();
  // CDK's own validation is a judge as well: what it finds stops the synthesis.
  process.env['CDK_VALIDATION'] = 'true';
  app = new App({ analyticsReporting: false, outdir, context: { 'aws:cdk:disable-asset-staging': true } });
  stacks = makeBothStacks(app, { env: { region: 'eu-central-1' } });
}, 120_000);

/** "rule at construct", as somebody would look for it. */
const findings = (pack: NagPack, stack: Stack): string[] =>
  pack
    .validateScope(stack)
    .violations.flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ constructPath }) => `${ruleName} at ${String(constructPath)}`));

describe.each(['nachschub', 'journeys'] as const)('the deployed stack %s', (name) => {
  it('gives AWS’s own rules nothing to say', () => expect(findings(new AwsSolutionsChecks(app), stacks[name])).toEqual([]));

  it('gives ours nothing to say', () => expect(findings(new HouseChecks(app, Template.fromStack(stacks[name]).toJSON()), stacks[name])).toEqual([]), 120_000);

  it('acknowledges nothing without a reason that a person can weigh, and nothing for the whole stack', () => {
    const acknowledged = stacks[name].node
      .findAll()
      .flatMap(({ node }) =>
        node.metadata
          .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
          .flatMap(({ data }) => Object.entries(z.record(z.string(), z.string()).parse(data)).map(([rule, reason]) => ({ path: node.path, rule, reason }))),
      );
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter(({ path, reason }) => !path.includes('/') || reason.split(' ').length < 6)).toEqual([]);
  });
});
