import { spawn } from 'node:child_process';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Level } from 'level';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { keyspace } from '../../../../infra/local/store/keyspace.ts';
import { openStore } from '../../../../infra/local/store/open-store.ts';
import { folderError } from '../../../../infra/local/store/store-errors.ts';
import { sequenceOf } from '../../../../infra/local/store/stream-record.ts';
import { call, households, makeDirectory, productNow, removeDirectory, scanAll, wholeStream } from './households.ts';

let directory: string;
beforeEach(async () => {
  directory = await makeDirectory();
});
afterEach(() => removeDirectory(directory));

const open = (at = directory) => openStore({ directory: at, tables: [households], now: () => productNow });
const sentence = async (attempt: Promise<unknown>): Promise<string> => {
  try {
    await attempt;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('Expected a refusal');
};

test('a folder that another process uses', async () => {
  const store = await open();
  expect(await sentence(open())).toBe(`The data folder ${directory} is in use by another running Nachschub: stop that one first, or choose another folder.`);
  await store.close();
  await (await open()).close();
});

test('a file where the folder should be', async () => {
  const file = path.join(directory, 'file');
  await writeFile(file, '');
  expect(await sentence(open(file))).toBe(`The data folder ${file} is not a folder: a file stands in its place; move the file away, or choose another folder.`);
  expect(await sentence(open(path.join(file, 'below')))).toContain('is not a folder');
});

test('a damaged folder', async () => {
  const store = await open();
  for (let index = 0; index < 50; index += 1)
    await call(store.handle, 'PutItem', { TableName: 'Households', Item: { pk: { S: 'a' }, sk: { S: String(index) } } });
  await store.close();
  await writeFile(path.join(directory, 'CURRENT'), 'rubbish');
  const message = await sentence(open());
  expect(message).toContain(`The data folder ${directory} is damaged (`);
  expect(message).toContain('restore it from a copy, or move it away to begin with an empty store.');
});

test('a folder that has lost a file', async () => {
  await (await open()).close();
  const manifest = (await readdir(directory)).find((name) => name.startsWith('MANIFEST'));
  await removeDirectory(path.join(directory, String(manifest)));
  expect(await sentence(open())).toContain('is damaged (');
});

test.each([
  ['something else where a table should be', { type: 'put', key: keyspace.table('Households'), value: '{"half' }],
  ['a table without its key', { type: 'put', key: keyspace.table('Households'), value: '{}' }],
  ['a gap in the stream', { type: 'del', key: keyspace.stream('Households') + sequenceOf(2) }],
] as const)('%s', async (_, wrong) => {
  const store = await open();
  for (const sk of ['1', '2', '3']) await call(store.handle, 'PutItem', { TableName: 'Households', Item: { pk: { S: 'a' }, sk: { S: sk } } });
  await store.close();
  const level = new Level(directory);
  await level.batch([wrong]);
  await level.close();
  expect(await sentence(open())).toContain(`The data folder ${directory} is damaged (`);
});

test('a folder of another version', async () => {
  await (await open()).close();
  const level = new Level(directory);
  await level.put(keyspace.format, '99');
  await level.close();
  expect(await sentence(open())).toBe(`The data folder ${directory} was written by another version of Nachschub: use that version, or move the folder away.`);
});

test('a disk that is full when the folder is made', async () => {
  // The first file that level writes stands on a device that refuses every byte, as a full disk does.
  await mkdir(directory, { recursive: true });
  await symlink('/dev/full', path.join(directory, 'MANIFEST-000001'));
  expect(await sentence(open())).toBe(
    `The data folder ${directory} is on a disk that is full: free some space and start again; nothing that was confirmed is lost.`,
  );
});

test.each([
  Object.assign(new Error("EACCES: permission denied, mkdir '/data'"), { code: 'EACCES' }),
  new Error('Database failed to open', { cause: Object.assign(new Error('IO error: /data/LOCK: Permission denied'), { code: 'LEVEL_IO_ERROR' }) }),
  new Error('Database failed to open', { cause: Object.assign(new Error('IO error: /data/LOCK: Read-only file system'), { code: 'LEVEL_IO_ERROR' }) }),
])('a folder that this user may not write: %s', (error) => {
  expect(folderError('/data', error).message).toContain(
    'The data folder /data may not be written by this user: correct its permissions, or choose another folder',
  );
});

test('a disk that refuses a write stops all writing, and loses nothing that was confirmed', async () => {
  // The shell limits how large a file may become: a real refusal in the middle of the work.
  const script = fileURLToPath(new URL('write-until-refused.ts', import.meta.url));
  const child = spawn('sh', ['-c', `trap '' XFSZ; ulimit -f 256; exec "$0" --import tsx "$1" "$2"`, process.execPath, script, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: string[] = [];
  for await (const chunk of child.stdout) chunks.push(String(chunk));
  const texts = z.array(z.string());
  const { confirmed, refusals, told } = z.object({ confirmed: texts, refusals: texts, told: texts }).parse(JSON.parse(chunks.join('')));
  expect(confirmed.length).toBeGreaterThan(10);
  expect(refusals[0]).toMatch(/^The store can no longer write to its disk \(.+\): correct that and start again; nothing that was confirmed is lost\.$/);
  expect([told, new Set(refusals)]).toEqual([[refusals[0]], new Set([refusals[0]])]);
  const store = await open();
  const items = await scanAll(store);
  expect(confirmed.filter((sk) => !items.has(JSON.stringify([{ S: 'a' }, { S: sk }])))).toEqual([]);
  expect((await wholeStream(store)).length).toBe(items.size);
  await store.close();
}, 60_000);
