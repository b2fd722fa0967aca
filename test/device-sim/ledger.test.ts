import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLedger, type LedgerLine } from '../../device-sim/ledger.ts';
import { instantOf } from '../../shared/values.ts';
import { startsAt } from './examples.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ledger-'));
});
afterAll(() => rm(directory, { recursive: true }));

const line = (number: number): LedgerLine => ({ at: instantOf(startsAt), kind: 'note', number });

describe('the ledger', () => {
  it('has on disk what it has promised, in the order in which it was told', async () => {
    const path = join(directory, 'deep', 'order.ndjson');
    const { ledger, lines } = await openLedger(path);
    expect(lines).toEqual([]);
    const promises = Array.from({ length: 50 }, (_, number) => ledger.append([line(number), line(number + 0.5)]));
    await promises[0];
    expect((await readFile(path, 'utf8')).split('\n').length).toBeGreaterThan(2);
    await Promise.all(promises);
    await ledger.close();
    const { lines: read, ledger: again } = await openLedger(path);
    await again.close();
    expect(read.map(({ number }) => number)).toEqual(Array.from({ length: 100 }, (_, index) => index / 2));
  });

  it('leaves a torn last line out, and goes on after it', async () => {
    const path = join(directory, 'torn.ndjson');
    await writeFile(path, `${JSON.stringify(line(1))}\n${JSON.stringify({ ...line(2), text: 'größer' })}\n{"at":"2026-03-0`);
    const { ledger, lines } = await openLedger(path);
    expect(lines.map(({ number }) => number)).toEqual([1, 2]);
    await ledger.append([line(3)]);
    await ledger.close();
    const { lines: read, ledger: again } = await openLedger(path);
    await again.close();
    expect(read.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('takes a ledger that is torn within its first line for an empty one', async () => {
    const path = join(directory, 'first.ndjson');
    await appendFile(path, '{"at"');
    const { ledger, lines } = await openLedger(path);
    await ledger.close();
    expect(lines).toEqual([]);
    expect(await readFile(path, 'utf8')).toBe('');
  });
});
