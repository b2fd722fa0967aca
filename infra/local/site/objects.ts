/** What the template's deployments put into a bucket: files of the assembly, with the values that are known only when the stack is there. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ofType } from '../permissions/roles.ts';
import type { Template } from '../template/read-assembly.ts';

export interface SiteObject {
  readonly body: Buffer;
  readonly contentType: string;
  readonly cacheControl: string | undefined;
}
/** By key. */
export type Objects = ReadonlyMap<string, SiteObject>;

const deploymentSchema = z.strictObject({
  ServiceToken: z.string(),
  SourceBucketNames: z.array(z.string()),
  SourceObjectKeys: z.array(z.string()),
  /** Of each source: what stands in its files → what is to stand there. */
  SourceMarkers: z.array(z.record(z.string(), z.string())).optional(),
  SourceMarkersConfig: z.array(z.strictObject({ jsonEscape: z.union([z.boolean(), z.stringbool()]).optional() })).optional(),
  DestinationBucketName: z.string(),
  DestinationBucketKeyPrefix: z.string().default(''),
  SystemMetadata: z.strictObject({ 'cache-control': z.string().optional() }).default({}),
  Prune: z.literal(false),
  WaitForDistributionInvalidation: z.unknown().optional(),
  OutputObjectKeys: z.unknown().optional(),
});
export const DEPLOYMENT = 'Custom::CDKBucketDeployment';

export const deploymentsOf = (resources: Template['resources']) =>
  ofType(resources, DEPLOYMENT).map((resource) => {
    const parsed = deploymentSchema.safeParse(resource.properties);
    if (!parsed.success) throw new Error(`${resource.logicalId} (${DEPLOYMENT}): ${z.prettifyError(parsed.error)}`);
    return { logicalId: resource.logicalId, ...parsed.data };
  });

/** As the AWS CLI guesses them from a file's name. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.ico': 'image/vnd.microsoft.icon',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.map': 'application/octet-stream',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
const contentTypeOf = (file: string): string => TYPES[path.extname(file)] ?? 'binary/octet-stream';

/** Bucket name → its objects. @throws Error naming a deployment that does what this does not */
export function objectsOf(template: Pick<Template, 'resources' | 'assetPath'>): Map<string, Objects> {
  const buckets = new Map<string, Map<string, SiteObject>>();
  for (const deployment of deploymentsOf(template.resources)) {
    const objects = buckets.get(deployment.DestinationBucketName) ?? new Map<string, SiteObject>();
    buckets.set(deployment.DestinationBucketName, objects);
    const prefix = deployment.DestinationBucketKeyPrefix;
    deployment.SourceObjectKeys.forEach((key, index) => {
      const isJson = deployment.SourceMarkersConfig?.[index]?.jsonEscape === true;
      const markers = Object.entries(deployment.SourceMarkers?.[index] ?? {}).map(([marker, value]) => [marker, isJson ? inJson(value) : value] as const);
      for (const [name, file] of filesBelow(template.assetPath(key))) {
        const body = markers.length === 0 ? readFileSync(file) : Buffer.from(replaced(readFileSync(file, 'utf8'), markers));
        objects.set(prefix === '' ? name : `${prefix}/${name}`, {
          ...{ body, contentType: contentTypeOf(name), cacheControl: deployment.SystemMetadata['cache-control'] },
        });
      }
    });
  }
  return buckets;
}

/** Inside the quotes that stand there already. */
const inJson = (value: string): string => JSON.stringify(value).slice(1, -1);

const replaced = (text: string, markers: readonly (readonly [string, string])[]): string =>
  markers.reduce((before, [marker, value]) => before.replaceAll(marker, value), text);

const filesBelow = (directory: string): [name: string, file: string][] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => [path.relative(directory, file).replaceAll('\\', '/'), file]);
