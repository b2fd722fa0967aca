/** Functions made of a few lines, run by the real thing. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { Activity } from '../../../../infra/local/activity.ts';
import { SharedClock } from '../../../../infra/local/conductor/shared-clock.ts';
import type { RunMeter } from '../../../../infra/local/cost/run-meter.ts';
import type { FunctionDefinition } from '../../../../infra/local/functions/environment.ts';
import { openFunctions, type Functions } from '../../../../infra/local/functions/functions.ts';
import { Journal } from '../../../../infra/local/functions/journal.ts';

export interface TinyFunctions extends Functions {
  readonly activity: Activity;
  readonly clock: SharedClock;
  readonly directory: string;
  readonly lines: (functionName: string) => string[];
  readonly journal: () => string[];
}

export const STARTS_AT = Date.parse('2026-03-02T06:00:00.000Z');

export function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'functions-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

const readLines = (file: string): string[] => readFileSync(file, 'utf8').split('\n').slice(0, -1);

/** @param sources name → text of `index.mjs` */
export function openTiny(
  sources: Readonly<Record<string, string>>,
  settings: Partial<FunctionDefinition> = {},
  instancesMax = 2,
  onVariableRead: (functionName: string, name: string) => void = () => undefined,
  meter: Pick<RunMeter, 'ran' | 'wrote'> = { ran: () => undefined, wrote: () => undefined },
): TinyFunctions {
  const directory = temporaryDirectory();
  const activity = new Activity();
  const clock = new SharedClock(STARTS_AT);
  const journal = new Journal(directory, meter.wrote);
  const definitions = Object.entries(sources).map(([name, source]): FunctionDefinition => {
    const bundleDirectory = path.join(directory, 'bundles', name);
    mkdirSync(bundleDirectory, { recursive: true });
    writeFileSync(path.join(bundleDirectory, 'index.mjs'), source);
    return {
      name,
      arn: `arn:aws:lambda:eu-central-1:000000000000:function:${name}`,
      bundleDirectory,
      handler: 'index.handler',
      timeoutSeconds: 20,
      environment: {},
      ...settings,
    };
  });
  const functions = openFunctions({
    functions: definitions,
    endpointUrl: 'http://127.0.0.1:4566',
    accessKeyFor: (name) => ({ accessKeyId: `KEY-${name}`, secretAccessKey: `secret of ${name}` }),
    sharedClock: clock.buffer,
    journal,
    activity,
    instancesMax,
    onVariableRead,
    ran: meter.ran,
  });
  onTestFinished(async () => {
    await functions.close();
    journal.close();
  });
  return {
    ...functions,
    activity,
    clock,
    directory,
    lines: (name) => readLines(path.join(directory, 'logs', `${name}.ndjson`)),
    journal: () => readLines(path.join(directory, 'journal.ndjson')),
  };
}
