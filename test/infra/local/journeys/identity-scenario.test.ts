/** The command that replays who was linked with whom. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { replayIdentity } from '../../../../infra/local/journeys/identity-scenario.ts';
import { id, identify, link, touch } from '../../../shared/journey/identity/notes.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'nachschub-identity-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const scenario = path.join(folder, 'scenario.json');
const write = (content: unknown): void => {
  writeFileSync(scenario, JSON.stringify(content));
};

describe('a scenario', () => {
  it('is printed in words and written as JSON, the same in a shuffled order', () => {
    write([
      touch('visit', 1, [id('anonymousId', 'web-1')]),
      identify('sign-up', 2, 'alice', { anonymousId: 'web-1', householdId: 'hh_anna' }),
      link('nobody', 3, id('userId', 'alice'), id('email', 'null')),
    ]);
    const json = path.join(folder, 'out.json');
    const printed = replayIdentity(['--scenario', scenario, '--json', json]);
    expect(printed.split('\n').map((line) => line.trim().replaceAll(/ {2,}/g, '  '))).toEqual([
      ...['persons', 'userId:alice  anonymousId:web-1', 'shared by several, or nobody’s yet', 'households', 'hh_anna'],
      ...[
        'userId:alice  since 2026-03-01T02:00:00.000Z',
        'timelines',
        'household:hh_anna  visit',
        'person:userId:alice  visit',
        'not taken',
        'nobody  "null" is no email of anybody',
        '',
      ],
    ]);
    const written = readFileSync(json, 'utf8');
    expect(JSON.parse(written)).toMatchObject({ timelines: { 'person:userId:alice': ['visit'] } });
    for (const seed of ['1', '2', '3']) expect(replayIdentity(['--scenario', scenario, '--shuffle', seed, '--json', json])).toBe(printed);
    expect(readFileSync(json, 'utf8')).toBe(written);
  });

  it('that is wrong is refused with the record and what was expected', () => {
    write([touch('visit', 1, []), { record: 'link', recordId: 'x', at: 'yesterday' }]);
    expect(() => replayIdentity(['--scenario', scenario])).toThrow('record 1: at expected an instant such as 2026-03-01T08:00:00.000Z');
    write({});
    expect(() => replayIdentity(['--scenario', scenario])).toThrow('expected a JSON array of records');
    expect(() => replayIdentity(['--scenario', path.join(folder, 'none.json')])).toThrow('there is no file');
  });
});
