import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { comparisonOf } from '../../../../infra/local/attribution/comparison.ts';
import { readOptions } from '../../../../infra/local/attribution/options.ts';
import { readPaths } from '../../../../infra/local/attribution/read-paths.ts';
import { comparisonDrawing } from '../../../../infra/local/attribution/svg.ts';
import { linesOfComparison } from '../../../../infra/local/attribution/table.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'attribution-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
let files = 0;
function fileOf(text: string | Buffer, ending = 'csv'): string {
  const file = path.join(folder, `${(files += 1)}.${ending}`);
  writeFileSync(file, text);
  return file;
}

describe('a file of paths', () => {
  const rows = [
    { steps: ['eta', 'iota, too', 'eta'], conversions: 2, value: 3.5, nulls: 6 },
    { steps: ['(start)'], conversions: 0, value: 0, nulls: 0 },
  ];
  it.each([
    ['as it is asked for', 'path,total_conversions,total_conversion_value,total_null\n"eta > iota, too > eta",2,3.5,6\n(start),0,0,0\n'],
    ['from R', '"","path","total_conversions","total_conversion_value","total_null"\r\n"1","eta>iota, too> eta",2,3.5,6\r\n"2"," (start) ",0,0.0,0\r\n'],
    ['with semicolons', 'path;total_conversions;total_conversion_value;total_null\neta > iota, too > eta;2;3.5;6\n(start);0;0;0\n'],
    ['with its columns in another order', 'total_null,path,total_conversions,total_conversion_value\n6,"eta > iota, too > eta",2,3.5\n0,(start) >,0,\n'],
  ])('is read %s', (_, text) => {
    expect(readPaths(fileOf(text))).toEqual(rows);
    expect(readPaths(fileOf(gzipSync(text), 'csv.gz'))).toEqual(rows);
  });
  it('may do without values and without paths that did not convert, and be empty', () => {
    expect(readPaths(fileOf('path,total_conversions\na > b,3\n'))).toEqual([{ steps: ['a', 'b'], conversions: 3, value: 0, nulls: 0 }]);
    expect(readPaths(fileOf('path,total_conversions\n'))).toEqual([]);
  });

  it.each([
    ['', 'line 1: expected a column named path; and one named total_conversions, found nothing.'],
    ['path,conversions\na,1\n', 'line 1: expected a column named total_conversions, found path,conversions.'],
    ['path,total_conversions\na,1\n > ,1\n', 'line 3: expected channels set apart by >, found >.'],
    ['path,total_conversions\na,-1\n', 'line 2: expected how often it converted, 0 or more, found -1.'],
    ['path,total_conversions\na,often\n', 'line 2: expected how often it converted, 0 or more, found often.'],
    ['path,total_conversions\na,\n', 'line 2: expected how often it converted, 0 or more, found nothing.'],
    ['path,total_conversions,total_null\na,1,x\n', 'line 2: expected how often it ended without a conversion, 0 or more, found x.'],
    ['path,total_conversions,total_conversion_value\na,0,5\n', 'line 2: expected no value where nothing was converted, found 5.'],
    ['path,total_conversions\na,1,2,3\n', 'line 2: expected 2 fields, found 4 in a,1,2,3.'],
  ])('that is wrong is refused with what was expected and what came: %j', (text, sentence) => {
    expect(() => readPaths(fileOf(text))).toThrow(sentence);
  });
});

describe('the options', () => {
  const paths = fileOf('path,total_conversions,total_null\na > b,3,1\nb,1,4\n');
  it.each([
    [['--model', 'markov'], '--paths is missing.'],
    [['--paths', `${paths}x`, '--model', 'markov'], `--paths: there is no file ${paths}x`],
    [['--paths', paths], 'Expected either --model or --all.'],
    [['--paths', paths, '--all', '--model', 'first'], 'Expected either --model or --all.'],
    [['--paths', paths, '--model', 'best'], '--model: expected first, last, linear, position, decay, shapley, markov'],
    [['--paths', paths, '--model', 'markov', '--order', '5'], '--order: expected a whole number from 1 to 4'],
    [['--paths', paths, '--model', 'markov', '--svg', folder], 'Expected --all beside --svg'],
    [['--paths', paths, '--model', 'decay', '--half-life', '0'], '--half-life: expected more than 0'],
  ])('%j are refused', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence);
  });
  it('may leave paths aside that did not convert', () => {
    expect(readOptions(['--no-null', '--paths', paths, '--model', 'markov', '--order', '3'])).toMatchObject({ withNulls: false, order: 3, model: 'markov' });
  });
  it('compare all models in words and in a drawing', () => {
    const comparison = comparisonOf(readPaths(paths), readOptions(['--paths', paths, '--all', '--draws', '20']));
    expect(comparison.models.map(({ model }) => model)).toEqual(['first', 'last', 'linear', 'position', 'decay', 'shapley', 'markov']);
    expect(linesOfComparison(comparison).join('\n')).toContain('The models disagree most on a (0.0 % to 75.0 %)');
    const drawing = comparisonDrawing(comparison);
    expect(drawing.match(/<rect x="170"/g)).toHaveLength(2 * 7);
    expect(drawing).toContain('>markov, order 1<');
  });
});
