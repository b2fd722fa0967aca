import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readUsage, Usage } from '../../../../infra/local/permissions/usage.ts';

function usageFile(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'usage-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return path.join(directory, 'usage.json');
}
const got = { function: 'f', action: 'dynamodb:GetItem', resource: 'arn:aws:dynamodb:eu-central-1:000000000000:table/T' };
const said = { action: 'iot:Publish', resource: 'dt/nachschub/fridge-1/telemetry', context: { 'iot:ClientId': 'fridge-1' } } as const;

it('keeps each thing once, and goes on where the last process ended', () => {
  const file = usageFile();
  const first = new Usage(file);
  for (const _ of [1, 2]) {
    first.allowed(got);
    first.allowedThing(said);
    first.read('f', 'TABLE');
    first.called('GET /a');
  }
  first.close();
  const second = new Usage(file);
  second.allowed({ ...got, action: 'kms:Decrypt', viaService: 'dynamodb.eu-central-1.amazonaws.com' });
  second.allowedThing({ ...said, context: { 'iot:ClientId': 'fridge-2' } });
  second.read('g', 'TABLE');
  second.called('GET /0');
  second.close();
  expect(readUsage(file)).toEqual({
    decisions: [got, { ...got, action: 'kms:Decrypt', viaService: 'dynamodb.eu-central-1.amazonaws.com' }],
    things: [said, { ...said, context: { 'iot:ClientId': 'fridge-2' } }],
    variables: [
      { function: 'f', name: 'TABLE' },
      { function: 'g', name: 'TABLE' },
    ],
    routes: ['GET /0', 'GET /a'],
  });
});

it('begins anew when a kill or somebody’s hand left no usage in the file', () => {
  const file = usageFile();
  writeFileSync(file, '{"decisions":');
  const usage = new Usage(file);
  usage.called('GET /a');
  usage.close();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ routes: ['GET /a'] });
});
