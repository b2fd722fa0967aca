/** The stack as `infra/main.ts` makes it, without copying the bundles anywhere. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { z } from 'zod';
import { makeBothStacks } from '../../infra/both-stacks.ts';
import { bundleFunctions, functionNames } from '../../infra/bundle.ts';
import { ASSETS } from '../../infra/site/build.ts';

const resourceSchema = z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
const templateSchema = z.looseObject({
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown(), Export: z.object({ Name: z.string() }).optional() })).default({}),
});

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

/** Both stacks as one: where the second imports what the first exports, the first one's resource stands. */
export function synthesizeBoth(retailers: readonly string[] = []): Resources {
  const outdir = mkdtempSync(join(tmpdir(), 'nachschub-synth-'));
  try {
    const app = new App({ analyticsReporting: false, outdir, context: { 'aws:cdk:disable-asset-staging': true } });
    const { nachschub, journeys } = makeBothStacks(app, { env: { region: 'eu-central-1' }, retailers });
    const [first, second] = [nachschub, journeys].map((stack) => templateSchema.parse(Template.fromStack(stack).toJSON()));
    if (first === undefined || second === undefined) throw new Error('two stacks are made');
    const exported = new Map(Object.values(first.Outputs).flatMap(({ Value: value, Export: as }) => (as === undefined ? [] : [[as.Name, value] as const])));
    const imported = z.record(z.string(), resourceSchema).parse(withImports(second.Resources, exported));
    const twice = Object.keys(imported).filter((id) => Object.hasOwn(first.Resources, id));
    if (twice.length > 0) throw new Error(`both stacks have ${twice.join(', ')}`);
    return { ...first.Resources, ...imported };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

const importSchema = z.strictObject({ 'Fn::ImportValue': z.string() });

function withImports(value: unknown, exported: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => withImports(one, exported));
  if (typeof value !== 'object' || value === null) return value;
  const imported = importSchema.safeParse(value);
  if (imported.success) return exported.get(imported.data['Fn::ImportValue']);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withImports(one, exported)]));
}

export const ofResourceType = (resources: Resources, type: string): [id: string, properties: Resource['Properties']][] =>
  Object.entries(resources).flatMap(([id, resource]) => (resource.Type === type ? [[id, resource.Properties]] : []));

const referenceSchema = z.union([
  z.object({ Ref: z.string() }).transform(({ Ref: id }) => id),
  z.object({ 'Fn::GetAtt': z.array(z.string()) }).transform(({ 'Fn::GetAtt': [id = ''] }) => id),
]);
/** The logical id that a `Ref` or `Fn::GetAtt` leads to. */
export const idIn = (value: unknown): string => referenceSchema.parse(value);
