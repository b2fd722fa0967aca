/** A conductor on a clock file of its own, gone when the test ends. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { Activity } from '../../../../infra/local/activity.ts';
import { openConductor, type Conductor, type ConductorOptions } from '../../../../infra/local/conductor/conductor.ts';
import { FakeClient } from './fake-client.ts';
import { noSchedules, START } from './product-time.ts';

export function clockFile(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'conductor-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return path.join(directory, 'clock.json');
}

export interface Opened {
  readonly conductor: Conductor;
  readonly activity: Activity;
  readonly client: (name?: string) => Promise<FakeClient>;
}

export async function opened(options: Partial<ConductorOptions> = {}): Promise<Opened> {
  const activity = new Activity();
  const conductor = await openConductor({
    file: options.file ?? clockFile(),
    startsAt: START,
    rate: 1,
    mode: 'jump',
    activity,
    schedules: noSchedules,
    expected: [],
    ...options,
  });
  let closed = false;
  onTestFinished(async () => {
    if (!closed) await conductor.close();
  });
  const close = conductor.close.bind(conductor);
  conductor.close = () => {
    closed = true;
    return close();
  };
  return {
    conductor,
    activity,
    client: async (name) => {
      const client = await FakeClient.connect(conductor.port, name);
      onTestFinished(() => client.close());
      return client;
    },
  };
}
