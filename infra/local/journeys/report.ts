/** `npm run journeys -- report`: what the counters say of a period, on one metric, one segment or the phases, or on everything. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { groupBy } from '../../../shared/group.ts';
import { bucketsOfReport, periodSchema, reportOf, type JourneyReport } from '../../../shared/journey/report/report.ts';
import { mergeCounters } from '../../../shared/journey/tally/batch.ts';
import { UsageError } from '../options.ts';
import { readJourneys, type Journeys } from './read-journeys.ts';

export const reportUsage = `npm run journeys -- report [--metric NAME | --segment NAME | --phases] [options]
  --metric NAME    how often a step was a success from the customer's side, over time and by channel
  --segment NAME   how many households are in it now
  --phases         how many households are in each phase, and how they felt there
  --from DATE      (default: the first day that was counted)
  --to DATE        (default: the last)
  --json OUT       writes everything that is printed, and more, as JSON
  --data DIR       the folder of the run (default .nachschub)`;

const text = { type: 'string' } as const;
const options = {
  metric: text,
  segment: text,
  phases: { type: 'boolean' },
  from: text,
  to: text,
  json: text,
  data: { ...text, default: '.nachschub' },
} as const;

/** @throws UsageError */
export async function report(args: string[]): Promise<string> {
  const { data, json, ...asked } = readOptions(args);
  const journeys = await readJourneys(path.resolve(data));
  const whole = wholeReport(journeys, asked);
  const part = partOf(whole, asked);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(part.json, undefined, 2)}\n`);
  return `${whole.from} to ${whole.to}\n${part.lines.join('\n')}\n`;
}

function readOptions(args: string[]) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : 'the options were not understood'}\n\n${reportUsage}`);
  }
}
type Asked = Omit<ReturnType<typeof readOptions>, 'data' | 'json'>;

function wholeReport({ tallies }: Journeys, asked: Asked): JourneyReport {
  const days = tallies
    .map(({ bucket }) => bucket)
    .filter((bucket) => bucket.length === 'YYYY-MM-DD'.length)
    .sort();
  const period = periodSchema.safeParse({ from: asked.from ?? days[0], to: asked.to ?? days.at(-1) });
  if (!period.success)
    throw new UsageError(days.length === 0 ? 'Nothing has been counted in this run yet.' : `--from, --to: ${period.error.issues[0]?.message ?? ''}`);
  const shards = groupBy(tallies, ({ bucket }) => bucket);
  const merged = (bucket: string) => mergeCounters((shards.get(bucket) ?? []).map(({ tally }) => tally.counters));
  return reportOf(period.data, Object.fromEntries(bucketsOfReport(period.data).map((bucket) => [bucket, merged(bucket)])));
}

const percent = (share: number | undefined): string => (share === undefined ? '–' : `${(share * 100).toFixed(1)} %`);
const feeling = (value: number | undefined): string => (value === undefined ? 'unknown' : value.toFixed(2));

function partOf(whole: JourneyReport, { metric: name, segment, phases }: Asked): { readonly json: unknown; readonly lines: readonly string[] } {
  if (name !== undefined) {
    const metric = whole.metrics.find((one) => one.metric === name);
    if (metric === undefined) throw new UsageError(`There is no metric ${name}. There are: ${whole.metrics.map((one) => one.metric).join(', ')}.`);
    const channels = metric.channels.map(({ channel, ok, of, share }) => `  ${channel.padEnd(14)} ${ok} of ${of}, ${percent(share)}`);
    return {
      json: metric,
      lines: [
        `${name}: ${metric.ok} of ${metric.of}, ${percent(metric.share)}`,
        ...channels,
        ...metric.alerts.map(({ day, breaks }) => `  ${day} is ${breaks ?? ''} its band`),
      ],
    };
  }
  const { now } = whole;
  if (segment !== undefined) {
    const many = now.segments[segment] ?? 0;
    return { json: { segment, households: many, of: now.households }, lines: [`${segment}: ${many} of ${now.households} households`] };
  }
  const ofPhases = Object.entries(whole.feelings).map(([phase, felt]) => ({ phase, households: now.phases[phase as keyof typeof now.phases] ?? 0, ...felt }));
  const phaseLines = ofPhases.map(
    ({ phase, households, value }) =>
      `  ${phase.padEnd(16)} ${String(households).padStart(4)} ${households === 1 ? 'household,  ' : 'households, '}felt ${feeling(value)}`,
  );
  if (phases === true) return { json: { households: now.households, phases: ofPhases, lines: now.lines }, lines: phaseLines };
  return {
    json: whole,
    lines: [
      `${now.households} households, ${whole.touchpoints.reduce((sum, { many }) => sum + many, 0)} touchpoints`,
      ...['phases', ...phaseLines],
      ...['segments', ...Object.entries(now.segments).map(([one, many]) => `  ${one.padEnd(24)} ${many}`)],
      ...['metrics', ...whole.metrics.map(({ metric, ok, of, share }) => `  ${metric.padEnd(32)} ${ok} of ${of}, ${percent(share)}`)],
      ...[
        'target journeys',
        ...whole.models.map(
          ({ model, journeys, fitness, asPlanned }) => `  ${model.padEnd(24)} ${journeys}, fitness ${fitness?.toFixed(3) ?? '–'}, ${asPlanned} as planned`,
        ),
      ],
      ...[
        'what is worth mending',
        ...whole.findings
          .slice(0, 10)
          .map(({ findingId, having, costMinor }) => `  ${findingId.padEnd(44)} ${having} journeys, ${(costMinor / 100).toFixed(2)} EUR`),
      ],
    ],
  };
}
