import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Journal } from '../../../../infra/local/functions/journal.ts';
import { openTiny, temporaryDirectory } from './tiny-functions.ts';

const entry = (number: number): string => JSON.stringify({ journal: 'readings', outcomes: [['fridge-anna', 1, number, 'applied']] });

describe('what a function logs', () => {
  it('is on disk, whole and in order, when its answer is there', async () => {
    const source = `export const handler = async ({ from, to }) => {
      for (let number = from; number < to; number += 1) {
        console.log(JSON.stringify({ journal: 'readings', outcomes: [['fridge-anna', 1, number, 'applied']] }));
        console.error('plain ' + number);
      }
    };`;
    const { invoke, lines, journal } = openTiny({ say: source }, {}, 1);
    for (let batch = 0; batch < 5; batch += 1) {
      await invoke('say', { from: batch * 200, to: (batch + 1) * 200 });
      const numbers = Array.from({ length: (batch + 1) * 200 }, (_, number) => number);
      expect(journal()).toEqual(numbers.map(entry));
      expect(lines('say')).toEqual(numbers.flatMap((number) => [entry(number), `plain ${number}`]));
    }
  });

  it('is put together when it comes in pieces, and ended when the call ends', async () => {
    const source = `export const handler = async () => {
      process.stdout.write('{"jour');
      process.stdout.write(Buffer.from('nal":"x"}\\nnext '));
      await new Promise((resolve) => process.stdout.write('without an end', resolve));
    };`;
    const { invoke, lines, journal } = openTiny({ pieces: source });
    await invoke('pieces', {});
    expect(lines('pieces')).toEqual(['{"journal":"x"}', 'next without an end']);
    expect(journal()).toEqual(['{"journal":"x"}']);
  });

  it('is kept when it then crashes', async () => {
    const { invoke, lines, close } = openTiny({ fall: 'export const handler = async () => { console.log("last words"); process.exit(1); };' });
    await invoke('fall', {});
    await close();
    expect(lines('fall')).toContain('last words');
  });

  it('names what the handler threw', async () => {
    const { invoke, lines } = openTiny({ fail: 'export const handler = async () => { throw new RangeError("too far"); };' });
    await invoke('fail', {});
    expect(lines('fail').map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ level: 'ERROR', errorType: 'RangeError', errorMessage: 'too far' }),
    ]);
  });
});

describe('the journal', () => {
  it('takes only lines that are objects with a journal member', () => {
    const directory = temporaryDirectory();
    const journal = new Journal(directory);
    const others = ['text about "journal"', '{"message":"the \\"journal\\""}', '{"journal" broken', '["journal"]', '{"data":{"journal":1}}'];
    journal.append('say', [...others, entry(1), '{"level":"INFO","journal":"touchpoints"}']);
    journal.close();
    expect(readFileSync(path.join(directory, 'journal.ndjson'), 'utf8')).toBe(`${entry(1)}\n{"level":"INFO","journal":"touchpoints"}\n`);
    expect(readFileSync(path.join(directory, 'logs', 'say.ndjson'), 'utf8').split('\n')).toHaveLength(8);
  });

  it('leaves lines of metrics with their function, also when one counts what is called a journal', () => {
    const directory = temporaryDirectory();
    const journal = new Journal(directory);
    const metrics = ['{"_aws":{"CloudWatchMetrics":[]},"ReadingsApplied":3}', '{"_aws":{"CloudWatchMetrics":[]},"journal":1}'];
    journal.append('count', [...metrics, entry(1)]);
    journal.close();
    expect(readFileSync(path.join(directory, 'journal.ndjson'), 'utf8')).toBe(`${entry(1)}\n`);
    expect(readFileSync(path.join(directory, 'logs', 'count.ndjson'), 'utf8')).toBe(`${[...metrics, entry(1)].join('\n')}\n`);
  });

  it('goes on behind a line that a crash cut short', () => {
    const directory = temporaryDirectory();
    new Journal(directory).close();
    appendFileSync(path.join(directory, 'journal.ndjson'), `${entry(1)}\n{"journal":"rea`);
    const journal = new Journal(directory);
    journal.append('say', [entry(2)]);
    journal.close();
    expect(readFileSync(path.join(directory, 'journal.ndjson'), 'utf8').split('\n')).toEqual([entry(1), '{"journal":"rea', entry(2), '']);
  });
});
