/** The command that imports a CSV file: a report for each line, and the same file again changes nothing. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { importRows, type SendMessages } from '../../../../infra/local/journeys/import.ts';
import { UsageError } from '../../../../infra/local/options.ts';
import { readMessage } from '../../../../shared/journey/collect/message.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'nachschub-import-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const write = (name: string, content: string): string => {
  writeFileSync(path.join(folder, name), content);
  return path.join(folder, name);
};
const mapping = {
  ...{ name: 'calls', event: { value: 'Support Called' }, at: 'when', dateFormat: 'DD.MM.YYYY HH:mm', householdId: 'household' },
  ...{ channel: { value: 'call-centre' }, properties: { minutes: 'minutes', about: 'about' } },
};
const HEAD = 'when;household;minutes;about';
const args = (csv: string, map: object = mapping) => ['--file', write('calls.csv', csv), '--mapping', write('map.json', JSON.stringify(map))];

/** A collection API that remembers what it was sent, and knows one household. */
function memory(): SendMessages {
  const known = new Set<string>();
  return (messages) =>
    Promise.resolve(
      messages.map((raw) => {
        const read = readMessage(raw);
        if (read.kind === 'refused') return { reason: read.reason };
        if (read.message.context?.groupId !== 'hh_anna') return { reason: 'there is no such household' };
        const became = known.has(read.message.messageId) ? ('repeated' as const) : ('stored' as const);
        known.add(read.message.messageId);
        return became;
      }),
    );
}

describe('an import', () => {
  const csv = [
    HEAD,
    '14.03.2026 09:30;hh_anna;12;"a tap, dripping"',
    '14.03.2026 09:45;hh_nobody;3;',
    '',
    '15.03.2026 10:00;hh_anna;5;"two\nlines"',
    'yesterday;hh_anna;5;x',
    '16.03.2026 10:00;hh_anna',
    '14.03.2026 09:30;hh_anna;12;"a tap, dripping"',
  ].join('\n');

  it('reports each line, and the same file again changes nothing', async () => {
    const send = memory();
    const json = path.join(folder, 'out.json');
    const refused = [
      'line 3: refused, there is no such household',
      'line 7: refused, at: "yesterday" is not written as DD.MM.YYYY HH:mm',
      'line 8: refused, 2 cells, expected 4',
    ];
    expect(await importRows([...args(`\uFEFF${csv}`), '--json', json], send)).toBe([...refused, '6 lines: 2 stored, 1 repeated, 3 refused', ''].join('\n'));
    const { lines } = z.object({ lines: z.array(z.looseObject({ line: z.int(), became: z.string() })) }).parse(JSON.parse(readFileSync(json, 'utf8')));
    expect(lines.map(({ line, became }) => `${line} ${became}`)).toEqual(['2 stored', '3 refused', '5 stored', '7 refused', '8 refused', '9 repeated']);
    expect(await importRows(args(csv), send)).toContain('6 lines: 3 repeated, 3 refused');
  });

  it('reads and maps only, where it is told to', async () => {
    expect(await importRows([...args(csv), '--dry-run'])).toContain('6 lines: 4 mapped, 2 refused');
  });

  it.each([
    ['a column that is not there', () => args('a;b\n1;2'), 'has no column when, household, minutes, about; it has a, b'],
    ['a mapping that is none', () => args(csv, { ...mapping, chanel: 'x' }), 'chanel'],
    ['no file', () => ['--file', 'nowhere.csv', '--mapping', 'nowhere.json'], 'there is no file nowhere.csv'],
    ['half of an address', () => [...args(csv), '--url', 'https://api.example'], '--url and --write-key belong together'],
  ])('stops at once at %s', async (_, given, sentence) => {
    await expect(importRows(given(), memory())).rejects.toThrow(UsageError);
    await expect(importRows(given(), memory())).rejects.toThrow(sentence);
  });
});
