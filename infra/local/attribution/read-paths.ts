/** Touch paths from a CSV file, as others keep them: `path,total_conversions,total_conversion_value,total_null`. */
import { stepsOf, type TouchPath } from '../../../shared/journey/attribution/path.ts';
import { numberIn, readTable, type Line } from '../churn/read-table.ts';
import { UsageError } from '../options.ts';

const COLUMNS = {
  path: ['path'],
  conversions: ['total_conversions'],
  value: ['total_conversion_value'],
  nulls: ['total_null'],
} as const;

/** @throws UsageError that names the line, what was expected and what stands there */
export const readPaths = (file: string): TouchPath[] => readTable(file, COLUMNS, ['path', 'conversions']).map(readRow);

function readRow(line: Line): TouchPath {
  const steps = stepsOf(line.cell('path') ?? '');
  if (steps.length === 0) throw new UsageError(`${line.where}: expected channels set apart by >, found ${line.cell('path') ?? 'nothing'}.`);
  const conversions = numberIn(line, 'conversions', 'how often it converted, 0 or more', isCount);
  const value = line.cell('value') === undefined ? 0 : numberIn(line, 'value', 'what its conversions were worth, 0 or more', isCount);
  const nulls = line.cell('nulls') === undefined ? 0 : numberIn(line, 'nulls', 'how often it ended without a conversion, 0 or more', isCount);
  if (conversions === 0 && value > 0) throw new UsageError(`${line.where}: expected no value where nothing was converted, found ${value}.`);
  return { steps, conversions, value, nulls };
}
const isCount = (value: number): boolean => value >= 0;
