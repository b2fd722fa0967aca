/** The stack as `infra/main.ts` makes it, without copying the bundles anywhere. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { z } from 'zod';
import { bundleFunctions, functionNames } from '../../infra/bundle.ts';
import { ASSETS } from '../../infra/site/build.ts';

const resourceSchema = z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
const templateSchema = z.looseObject({ Resources: z.record(z.string(), resourceSchema) });

export type Resource = z.infer<typeof resourceSchema>;
export type Resources = Readonly<Record<string, Resource>>;

/** In a folder of this test file's own: others bundle at the same time. */
export async function bundle(): Promise<void> {
  process.env['NACHSCHUB_BUNDLES'] = mkdtempSync(join(tmpdir(), 'nachschub-bundles-'));
  emptySite();
  await bundleFunctions();
}

/** What the app consists of is of no interest to whoever looks at the template. */
export function emptySite(): void {
  const folder = mkdtempSync(join(tmpdir(), 'nachschub-site-'));
  process.env['NACHSCHUB_SITE'] = folder;
  mkdirSync(join(folder, ASSETS));
}

/** For tests that look at the template only: a folder for each function, and nothing in it. */
export function emptyBundles(): void {
  const folder = mkdtempSync(join(tmpdir(), 'nachschub-bundles-'));
  process.env['NACHSCHUB_BUNDLES'] = folder;
  emptySite();
  for (const name of functionNames()) mkdirSync(join(folder, name));
}

export function synthesize(make: (app: App) => Stack): { template: Template; resources: Resources } {
  const outdir = mkdtempSync(join(tmpdir(), 'nachschub-synth-'));
  try {
    const app = new App({ analyticsReporting: false, outdir, context: { 'aws:cdk:disable-asset-staging': true } });
    const template = Template.fromStack(make(app));
    return { template, resources: templateSchema.parse(template.toJSON()).Resources };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

export const ofResourceType = (resources: Resources, type: string): [id: string, properties: Resource['Properties']][] =>
  Object.entries(resources).flatMap(([id, resource]) => (resource.Type === type ? [[id, resource.Properties]] : []));

const referenceSchema = z.union([
  z.object({ Ref: z.string() }).transform(({ Ref: id }) => id),
  z.object({ 'Fn::GetAtt': z.array(z.string()) }).transform(({ 'Fn::GetAtt': [id = ''] }) => id),
]);
/** The logical id that a `Ref` or `Fn::GetAtt` leads to. */
export const idIn = (value: unknown): string => referenceSchema.parse(value);
