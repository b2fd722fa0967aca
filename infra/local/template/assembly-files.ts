/** What CDK wrote to disk: the manifest, each stack's template and its assets. Read loosely, since CDK adds members with every release. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const manifestSchema = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      properties: z.looseObject({ templateFile: z.string().optional(), stackName: z.string().optional(), file: z.string().optional() }).optional(),
    }),
  ),
});

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Condition: z.string().optional(),
  DependsOn: z.union([z.string(), z.array(z.string())]).default([]),
  Metadata: z.looseObject({ 'aws:cdk:path': z.string().optional() }).optional(),
});

const parameterSchema = z.looseObject({ Type: z.string(), Default: z.union([z.string(), z.number(), z.boolean()]).optional() });
const outputSchema = z.looseObject({ Value: z.unknown(), Condition: z.string().optional(), Export: z.looseObject({ Name: z.unknown() }).optional() });

const templateSchema = z.looseObject({
  Resources: z.record(z.string(), resourceSchema).default({}),
  Parameters: z.record(z.string(), parameterSchema).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Outputs: z.record(z.string(), outputSchema).default({}),
  Transform: z.unknown().optional(),
});

const assetsSchema = z.looseObject({
  files: z
    .record(
      z.string(),
      z.looseObject({ source: z.looseObject({ path: z.string().optional() }), destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })) }),
    )
    .default({}),
});

export type StackTemplate = z.infer<typeof templateSchema>;
export interface AssemblyFiles {
  /** In the manifest's order. */
  readonly stacks: readonly { readonly name: string; readonly template: StackTemplate }[];
  /** Object key in the assets bucket → absolute path on disk. */
  readonly assets: ReadonlyMap<string, string>;
}

function readJson<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file} is not what CDK writes: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Throws when the directory is no cloud assembly, or holds something that would be ignored otherwise (nested assemblies, transforms). */
export function readAssemblyFiles(directory: string): AssemblyFiles {
  const { artifacts } = readJson(path.join(directory, 'manifest.json'), manifestSchema);
  const stacks: { name: string; template: StackTemplate }[] = [];
  const assets = new Map<string, string>();
  for (const [id, { type, properties }] of Object.entries(artifacts)) {
    if (type === 'cdk:cloud-assembly') throw new Error(`nested assembly ${id}: give the directory of one stage, stages are not read`);
    if (type === 'aws:cloudformation:stack' && properties?.templateFile !== undefined) {
      const template = readJson(path.join(directory, properties.templateFile), templateSchema);
      if (template.Transform !== undefined) throw new Error(`stack ${id}: template transforms are not supported (${JSON.stringify(template.Transform)})`);
      stacks.push({ name: properties.stackName ?? id, template });
    }
    if (type === 'cdk:asset-manifest' && properties?.file !== undefined) {
      for (const { source, destinations } of Object.values(readJson(path.join(directory, properties.file), assetsSchema).files)) {
        if (source.path === undefined) continue;
        for (const { objectKey } of Object.values(destinations)) assets.set(objectKey, path.resolve(directory, source.path));
      }
    }
  }
  return { stacks, assets };
}
