/** The account as a person reads it. */
import { DAYS_PER_YEAR, type Account } from './account.ts';
import type { Billed } from './billed.ts';

const names: Readonly<Record<Billed, string>> = {
  'iot.messages': 'MQTT messages',
  'iot.connectionMinutes': 'minutes of connection',
  'iot.ruleExecutions': 'rules triggered',
  'iot.ruleActions': 'actions of rules',
  'iot.shadowOperations': 'shadow operations',
  'sqs.requests': 'queue requests',
  'lambda.requests': 'function calls',
  'lambda.gbSeconds': 'GB-seconds of functions',
  'dynamodb.writeUnits': 'write units of tables',
  'dynamodb.readUnits': 'read units of tables',
  'events.published': 'events on the bus',
  'http.requests': 'HTTP API calls',
  'logs.bytes': 'bytes of logs',
  'secrets.calls': 'calls for secrets',
  'ses.emails': 'e-mails',
  'cloudfront.requests': 'CloudFront requests',
  'cloudfront.bytes': 'CloudFront bytes',
};
/** US dollars; what is dearer than a cent a year is shown to a hundredth of one. */
const usd = (value: number, digits = 4): string => value.toFixed(digits);
const amount = (value: number): string => (value === 0 ? '–' : value >= 100 ? Math.round(value).toLocaleString('en-GB') : value.toPrecision(3));

type Cells = readonly string[];
const RULE = '─';

/** The first column to the left, figures to the right; a row of one cell is a line above what it says together. */
function table(heads: Cells, rows: readonly Cells[]): string {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: Cells): string =>
    `  ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('   ')}`.trimEnd();
  const ruled = line(widths.map((width) => RULE.repeat(width)));
  return [line(heads), ruled, ...rows.map((row) => (row.length === 0 ? ruled : line(row)))].join('\n');
}

/** Whether a goal was met, in words. */
const against = (value: number, goal: number): string => (value <= goal ? `goal ${goal}: met` : `goal ${goal}: missed`);

export function printAccount(account: Account): string {
  const { days, households, telemetryMessages, messagesPerHouseholdDay, connectionsPerHousehold } = account;
  const lived = `${households} household${households === 1 ? '' : 's'}, ${days.toFixed(days < 10 ? 1 : 0)} days, ${amount(telemetryMessages)} messages of telemetry`;
  return [
    `\n  What this run would cost on AWS: ${lived}`,
    `  (${amount(messagesPerHouseholdDay)} a day and household over ${connectionsPerHousehold.toFixed(1)} connections). US dollars, eu-central-1, November 2026.\n`,
    telemetryTable(account),
    '',
    yearTable(account),
    '',
    dearTable(account),
    '',
    fixedTable(account),
    '',
    notes(account),
    '',
  ].join('\n');
}

function telemetryTable({ perMillionMessages: ours, naivePerMillionMessages: naive }: Account): string {
  const kinds = [...new Set([...ours, ...naive].map(({ what }) => what))];
  const row = (what: Billed): Cells => {
    const [mine, theirs] = [ours, naive].map((lines) => lines.find((line) => line.what === what));
    return [names[what], amount(mine?.perMessage ?? 0), usd(mine?.usd ?? 0, 2), amount(theirs?.perMessage ?? 0), usd(theirs?.usd ?? 0, 2)];
  };
  const sum = (lines: Account['naivePerMillionMessages']): string =>
    usd(
      lines.reduce((total, line) => total + line.usd, 0),
      2,
    );
  return table(['a million messages of telemetry', 'each', 'USD', 'naive', 'USD'], [...kinds.map(row), [], ['together', '', sum(ours), '', sum(naive)]]);
}

function yearTable({ perHouseholdYear: year }: Account): string {
  const parts = year.parts.map(({ part, usd: value }): Cells => [part, usd(value)]);
  const all = year.parts.reduce((sum, { usd: value }) => sum + value, year.storage);
  return table(
    ['a year of one household', 'USD', ''],
    [
      ...parts,
      ['what is kept of it, with recovery (first year)', usd(year.storage)],
      [],
      ['everything that it uses', usd(all)],
      [],
      ['telemetry, without connections', usd(year.telemetry), against(year.telemetry, 0.02)],
      ['telemetry, where many households fill the batches', usd(year.telemetryInFullBatches), against(year.telemetryInFullBatches, 0.02)],
      ['telemetry, one connection for all its devices', usd(year.telemetryWithOneConnection), against(year.telemetryWithOneConnection, 0.07)],
      ['naive: the same messages, each device connected', usd(year.naiveSameMessages)],
      ['naive: a message of each device every five minutes', usd(year.naiveEveryFiveMinutes)],
    ],
  );
}

const dearTable = ({ dearest, days, households }: Account): string =>
  table(
    ['what is dearest in that year', 'stage', 'in a year', 'USD'],
    dearest.map(({ what, stage, amount: counted, usdPerHouseholdYear }) => [
      ...[names[what], stage, amount((counted * DAYS_PER_YEAR) / days / households), usd(usdPerHouseholdYear)],
    ]),
  );

function fixedTable({ fixedPerMonth }: Account): string {
  const month = fixedPerMonth.reduce((sum, { usd: value }) => sum + value, 0);
  const shared = (households: number): Cells => [`  shared by ${households.toLocaleString('en-GB')} households, a year of one`, usd((month * 12) / households)];
  return table(
    ['a month of the deployment, however many live here', 'USD'],
    [...fixedPerMonth.map(({ name, usd: value }): Cells => [name, usd(value, 2)]), [], ['together', usd(month, 2)], shared(1_000), shared(100_000)],
  );
}

const notes = ({ callMillis }: Account): string =>
  [
    `  A call of a function is priced at ${callMillis.toFixed(0)} ms on the average: what it took here, beside everything else that this machine does, and not on arm64 at AWS.`,
    '  --call-millis 20 prices each as if it took twenty.',
    '  Batches are as large as they came here; where many households live they are larger, and each message takes less.',
    '  The phones of simulated people stay connected day and night, which real ones do not. Moving in is not in a year.',
    '  Not counted: starts of functions, sign-in (Cognito bills each person who signs in by the month), requests to the key, data to the shops, tax.',
  ].join('\n');
