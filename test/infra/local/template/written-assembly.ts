/** A cloud assembly on disk, as small as a test needs it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { readAssembly, type ResolvedResource, type Template } from '../../../../infra/local/template/read-assembly.ts';

export const ENDPOINT = 'http://127.0.0.1:4566';

export interface WrittenStack {
  readonly Resources?: Record<string, unknown>;
  readonly [section: string]: unknown;
}

/** Writes each stack's template and its assets' list; gone when the test ends. */
export function writeAssembly(stacks: Readonly<Record<string, WrittenStack>>, assets: Readonly<Record<string, string>> = {}): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'assembly-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const artifacts: Record<string, unknown> = { Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } } };
  const write = (file: string, content: unknown): void => writeFileSync(path.join(directory, file), JSON.stringify(content));
  for (const [name, template] of Object.entries(stacks)) {
    write(`${name}.template.json`, template);
    artifacts[name] = { type: 'aws:cloudformation:stack', properties: { templateFile: `${name}.template.json` } };
  }
  const files = Object.entries(assets).map(([hash, source]): [string, unknown] => [
    hash,
    { source: { path: source }, destinations: { here: { objectKey: `${hash}.zip` } } },
  ]);
  write('All.assets.json', { version: '55.0.0', files: Object.fromEntries(files) });
  artifacts['All.assets'] = { type: 'cdk:asset-manifest', properties: { file: 'All.assets.json' } };
  write('manifest.json', { version: '55.0.0', artifacts });
  return directory;
}

export const readStacks = (stacks: Readonly<Record<string, WrittenStack>>, parameters?: Readonly<Record<string, string>>): Template =>
  readAssembly(writeAssembly(stacks), { endpointUrl: ENDPOINT, ...(parameters === undefined ? {} : { parameters }) });

export const readStack = (stack: WrittenStack, parameters?: Readonly<Record<string, string>>): Template => readStacks({ Main: stack }, parameters);

export function resource(template: Template, logicalId: string): ResolvedResource {
  const found = template.resources.find((candidate) => candidate.logicalId === logicalId);
  if (found === undefined) throw new Error(`no resource ${logicalId}`);
  return found;
}

/** What a value in a template becomes: it stands in the properties of a role, beside a queue `Q` that it may refer to. */
export function resolved(value: unknown, stack: WrittenStack = {}, parameters?: Readonly<Record<string, string>>): unknown {
  const Resources = { ...stack.Resources, Q: { Type: 'AWS::SQS::Queue' }, Holder: { Type: 'AWS::IAM::Role', Properties: { Value: value } } };
  return resource(readStack({ ...stack, Resources }, parameters), 'Holder').properties.Value;
}
