/** What stands behind `npm start --`. Every option, its default and what it may be. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import path from 'node:path';
import { z } from 'zod';
import { faultsOptionSchema, type FaultKind } from './faults/kinds.ts';
import { HOUSEHOLDS_DEFAULT } from './scenario/scenario.ts';

export const usage = `npm start -- [options]
  --speed N          product time runs N times as fast as the wall (default 3600: an hour a second)
  --days N           runs N product days as fast as the machine allows, then drains and stops
  --until 3d04h12m   the same, up to that moment after the beginning
  --for 90s          runs for that long on the wall, then drains and stops
  --seed N           everything random follows from it (default 1)
  --households N     how many households live here (default 3)
  --headless         no screen; the members answer by themselves, and the clock waits for nobody
  --faults all|A,B   lets things go wrong: everything, or the kinds named
  --replay FILE      lets a device say what was recorded: CSV or NDJSON; FILE=THING/SLOT for lines that name none
  --summary FILE     writes the counts and the auditor's findings as JSON
  --data DIR         where everything is kept (default .nachschub)
  --fresh            forgets what is kept there and begins anew
  --no-sim           only the cloud: no simulated devices, members or shops
  --port N           of the window and the HTTP API (default 4580)`;

/** A mistake in how we were called: told in one sentence, without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** One that a look at the options mends. */
export class OptionError extends UsageError {}

const DAY = 86_400_000;
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.optional();
const whole = (min: number, max: number) => z.string().regex(/^\d+$/, 'expected a whole number').transform(Number).pipe(z.number().min(min).max(max));

/** `3d04h12m` → milliseconds. */
const productSpan = z
  .string()
  .regex(/^(?=.)(\d+d)?(\d+h)?(\d+m)?$/, 'expected a span such as 3d04h12m')
  .transform((text) => {
    const part = (unit: string) => Number(new RegExp(`(\\d+)${unit}`).exec(text)?.[1] ?? 0);
    return part('d') * DAY + part('h') * 3_600_000 + part('m') * 60_000;
  });
const wallSpan = z
  .string()
  .regex(/^\d+(\.\d+)?(s|m|h)$/, 'expected a span such as 90s')
  .transform((text) => Number.parseFloat(text) * { s: 1_000, m: 60_000, h: 3_600_000 }[text.at(-1) as 's' | 'm' | 'h']);

/** `heat.csv`, or `heat.csv=heating-berger/tank`. */
const recording = z.string().transform((text, context): Recording => {
  const [, file = text, thing, slot] = /^(.+)=([a-z0-9-]+)\/([a-z0-9-]+)$/.exec(text) ?? [];
  if (existsSync(file)) return { file: path.resolve(file), ...(thing !== undefined && slot !== undefined && { thing, slot }) };
  context.addIssue(`expected a file, or FILE=THING/SLOT; there is no ${file}`);
  return z.NEVER;
});

const optionsSchema = z
  .strictObject({
    speed: whole(1, 1_000_000).default(3_600),
    days: optional(
      z
        .string()
        .regex(/^\d+(\.\d+)?$/, 'expected a number of days')
        .transform((text) => Number(text) * DAY),
    ),
    until: optional(productSpan),
    for: optional(wallSpan),
    seed: whole(0, 2_147_483_647).default(1),
    households: whole(1, 500).default(HOUSEHOLDS_DEFAULT),
    headless: z.boolean().default(false),
    faults: faultsOptionSchema.default([]),
    replay: z.array(recording).default([]),
    summary: optional(z.string().min(1)),
    data: z.string().min(1).default('.nachschub'),
    fresh: z.boolean().default(false),
    'no-sim': z.boolean().default(false),
    port: whole(1, 65_535).default(4_580),
  })
  .refine(
    ({ days, until, for: wall }) => [days, until, wall].filter((end) => end !== undefined).length <= 1,
    'only one of --days, --until and --for can say when to stop',
  );

/** What devices said elsewhere; thing and slot for lines that do not name them. */
export interface Recording {
  readonly file: string;
  readonly thing?: string;
  readonly slot?: string;
}

export interface Options {
  readonly speed: number;
  /** Milliseconds of product time after the beginning at which to stop; jumps there. */
  readonly untilMillis: number | undefined;
  readonly forWallMillis: number | undefined;
  readonly seed: number;
  readonly households: number;
  readonly headless: boolean;
  /** What may go wrong. */
  readonly faults: readonly FaultKind[];
  readonly replay: readonly Recording[];
  readonly summary: string | undefined;
  readonly data: string;
  readonly fresh: boolean;
  readonly simulate: boolean;
  readonly port: number;
}

/** @throws OptionError with a sentence that says what was expected */
export function readOptions(args: readonly string[]): Options {
  const values = parse(args);
  const parsed = optionsSchema.safeParse(values);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = issue?.path.length ? `--${issue.path.join('.')}: ` : '';
    throw new OptionError(`${name}${issue?.message ?? 'not understood'}`);
  }
  const { days, until, for: forWallMillis, data, summary, 'no-sim': noSim, ...rest } = parsed.data;
  return {
    ...rest,
    untilMillis: days ?? until,
    forWallMillis,
    data: path.resolve(data),
    summary: summary === undefined ? undefined : path.resolve(summary),
    simulate: !noSim,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        speed: { type: 'string' },
        days: { type: 'string' },
        until: { type: 'string' },
        for: { type: 'string' },
        seed: { type: 'string' },
        households: { type: 'string' },
        headless: { type: 'boolean' },
        faults: { type: 'string' },
        replay: { type: 'string', multiple: true },
        summary: { type: 'string' },
        data: { type: 'string' },
        fresh: { type: 'boolean' },
        'no-sim': { type: 'boolean' },
        port: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : 'the options were not understood');
  }
}
