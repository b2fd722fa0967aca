/** What was left out of the bundles is not missed: the narrowed packages still do what our functions ask of them, and stay narrow. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { callRetailer } from '../../functions/runtime/outbound.ts';
import { bundleOptions } from '../../infra/bundle.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'nachschub-bundle-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Bundled as a function is, from a line that stands in `functions/`. */
async function bundled(name: string, source: string): Promise<{ readonly text: string; readonly module: unknown }> {
  const outfile = join(directory, `${name}.mjs`);
  const functions = join(import.meta.dirname, '..', '..', 'functions');
  await build({ ...bundleOptions, stdin: { contents: source, resolveDir: functions, sourcefile: join(functions, 'tried.ts'), loader: 'ts' }, outfile });
  return { text: await readFile(outfile, 'utf8'), module: await import(outfile) };
}

describe('a bundle', () => {
  it('calls a shop, and says why it could not', async () => {
    const { module } = await bundled('outbound', "export { callRetailer } from './runtime/outbound.ts';");
    const { callRetailer: call } = z.object({ callRetailer: z.custom<typeof callRetailer>((value) => typeof value === 'function') }).parse(module);
    const server = createServer((request, response) => response.writeHead(202).end(`heard ${String(request.method)}`));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = z.object({ port: z.int() }).parse(server.address());
    const asked = { method: 'POST', url: `http://127.0.0.1:${port}/`, headers: {}, body: '{}', loopbackAllowed: true } as const;
    expect(await call(asked)).toEqual({ kind: 'answered', status: 202, body: 'heard POST' });
    await new Promise((resolve) => server.close(resolve));
    expect(await call(asked)).toEqual({ kind: 'failed', reason: 'connection failed: ECONNREFUSED' });
  });

  it('says in English what a schema expected, and knows no other language', async () => {
    const source = "import { z } from 'zod'; export const issue = z.object({ age: z.int().min(18) }).safeParse({ age: 3 }).error?.issues[0]?.message;";
    const { module, text } = await bundled('schema', source);
    expect(module).toMatchObject({ issue: 'Too small: expected number to be >=18' });
    expect(/Ungültige Eingabe|Entrée invalide/.test(text)).toBe(false);
  });

  it('takes its credentials from where Lambda puts them, and from nowhere else', async () => {
    const source = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
      export const credentials = () => new DynamoDBClient({ region: 'eu-central-1' }).config.credentials();`;
    const { module, text } = await bundled('credentials', source);
    const { credentials } = z.object({ credentials: z.custom<() => Promise<unknown>>((value) => typeof value === 'function') }).parse(module);
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'FROM-THE-ENVIRONMENT', AWS_SECRET_ACCESS_KEY: 'secret' });
    expect(await credentials()).toMatchObject({ accessKeyId: 'FROM-THE-ENVIRONMENT' });
    delete process.env['AWS_ACCESS_KEY_ID'];
    await expect(credentials()).rejects.toThrow('environment variable credentials');
    expect(/AssumeRoleWithWebIdentity|GetRoleCredentials/.test(text)).toBe(false);
  });
});
