/** `npm run journeys -- identity`: replays who was linked with whom, and prints who is who and whose each touchpoint is. */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { identityOf, type Identity } from '../../../shared/journey/identity/identity.ts';
import { identityRecordSchema, type IdentityRecord } from '../../../shared/journey/identity/identity-record.ts';
import { fileThatIsThere, parsedBy } from '../backtest/options.ts';
import { randomFrom } from '../backtest/random.ts';
import { UsageError } from '../options.ts';

export const usage = `npm run journeys -- identity --scenario FILE.json [--shuffle SEED] [--json OUT]
  --scenario FILE   a list of link, unlink, block, identify and touchpoint records
  --shuffle SEED    reads them in another order; what is printed stays the same
  --json OUT        writes everything that is printed, and more, as JSON`;

const optionsSchema = z.strictObject({
  scenario: fileThatIsThere,
  shuffle: z
    .string()
    .regex(/^\d{1,9}$/, 'expected a whole number')
    .transform(Number)
    .optional(),
  json: z.string().optional(),
});

/** @throws UsageError with each record that is wrong, and what was expected */
export function readScenario(file: string): IdentityRecord[] {
  const list = z.array(z.unknown()).safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!list.success) throw new UsageError(`${file}: expected a JSON array of records.`);
  const wrong: string[] = [];
  const records = list.data.flatMap((line, index) => {
    const parsed = identityRecordSchema.safeParse(line);
    if (parsed.success) return [parsed.data];
    const [issue] = parsed.error.issues;
    wrong.push(`record ${index}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
    return [];
  });
  if (wrong.length > 0) throw new UsageError(`${file}:\n${wrong.join('\n')}`);
  return records;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Fisher and Yates, from a seed. */
export function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const random = randomFrom(seed);
  const left = [...items];
  return items.map(() => left.splice(Math.floor(random() * left.length), 1)[0] as Item);
}

export function inWords({ persons, shared, households, refused, timelines }: Identity): string {
  const lines = [
    'persons',
    ...persons.map(({ name, ids }) => `  ${name.padEnd(28)} ${ids.slice(1).join(', ')}`),
    'shared by several, or nobody’s yet',
    ...shared.map(
      ({ ids, device, usedBy }) =>
        `  ${ids.join(', ').padEnd(28)} ${device ?? 'on no known device'}${usedBy.length > 0 ? `, used by ${usedBy.join(' and ')}` : ''}`,
    ),
    'households',
    ...households.map(({ householdId, also, members }) =>
      [
        `  ${householdId}${also.length > 0 ? ` (with ${also.join(', ')})` : ''}`,
        ...members.map(({ member, since, until }) => `    ${member.padEnd(26)} since ${since}${until === undefined ? '' : ` until ${until}`}`),
      ].join('\n'),
    ),
    'timelines',
    ...Object.entries(timelines).map(([name, recordIds]) => `  ${name.padEnd(28)} ${recordIds.join(' ')}`),
    ...(refused.length > 0 ? ['not taken', ...refused.map(({ recordId, reason }) => `  ${recordId.padEnd(28)} ${reason}`)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** @throws UsageError */
export function replayIdentity(args: readonly string[]): string {
  const { scenario, shuffle, json } = parsedBy(optionsSchema, args, usage);
  const records = readScenario(scenario);
  const identity = identityOf(shuffle === undefined ? records : shuffled(records, shuffle));
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(identity, undefined, 2)}\n`);
  return inWords(identity);
}
