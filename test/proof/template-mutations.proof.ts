/**
 * Each grant, environment variable and route of the template is taken out of a copy, one at a time: the start refuses the copy, or something
 * that a run has been seen doing would fail. What nobody would miss has a reason in `unexercised.ts`, or it does not belong into the template.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { runSchema } from '../../infra/local/cloud/control.ts';
import { parametersOf } from '../../infra/local/cloud/parameters.ts';
import { mutationsOf } from '../../infra/local/permissions/mutations.ts';
import { noticeIn } from '../../infra/local/permissions/noticed.ts';
import { readUsage } from '../../infra/local/permissions/usage.ts';
import { readAssembly } from '../../infra/local/template/read-assembly.ts';
import { Run } from '../run.ts';
import { askWhatWasMissed, tryEveryDoor } from './every-door.ts';
import { unexercised } from './unexercised.ts';

const days = process.env['PROOF_DAYS'] ?? '10';

let run: Run | undefined;
afterEach(() => run?.remove());

it('nothing of the template could be taken away unnoticed', async () => {
  run = await Run.prepare();
  const data = path.join(run.data, 'data');
  const ended = run.start(['--headless', '--days', days, '--faults', 'all', '--seed', '6']);
  await run.says(/Open http/);
  await tryEveryDoor(data);
  await askWhatWasMissed(data);
  const { output } = await ended;
  // Nothing that a function does is denied.
  expect(output.split('\n').filter((line) => line.includes(' may not '))).toEqual([]);

  const used = readUsage(path.join(data, 'usage.json'));
  if (used === undefined) throw new Error(`the run left no usage:\n${output}`);
  const parameters = parametersOf(runSchema.parse(JSON.parse(readFileSync(path.join(data, 'cloud.json'), 'utf8'))));
  const { resources } = readAssembly(path.join(data, 'assembly'), { endpointUrl: 'http://127.0.0.1', parameters });
  const mutations = mutationsOf(resources);
  const notice = noticeIn(resources, used);
  const unnoticed = mutations.filter((mutation) => notice(mutation) === undefined).map(({ name }) => name);
  process.stdout.write(`${mutations.length} mutations, ${mutations.length - unnoticed.length} noticed\n`);
  expect(unnoticed.filter((name) => !unexercised.some(({ names }) => names.test(name)))).toEqual([]);
  // A reason for something that is no longer there would excuse whatever comes in its place.
  expect(unexercised.filter(({ names }) => !mutations.some(({ name }) => names.test(name)))).toEqual([]);
});
