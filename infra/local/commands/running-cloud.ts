/** The local cloud that runs on this machine, as its own commands find it: through the files of its data folder, which only its owner can read. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { accessSchema, runSchema, type Access, type Call } from '../cloud/control.ts';
import { UsageError } from '../options.ts';

export interface RunningCloud {
  /** Of the window; the HTTP API is under `/api`. */
  readonly url: string;
  readonly apiUrl: string;
  readonly brokerPort: number;
  readonly access: Access;
  inside(...parts: string[]): string;
  /** Asks what only the owner of the machine may ask. */
  ask(call: Call): Promise<unknown>;
}

const answerSchema = z.object({ value: z.unknown().optional() });
const problemSchema = z.object({ detail: z.string() });

/** @throws UsageError when nothing runs with this data folder */
export function findRunningCloud(data: string): RunningCloud {
  const inside = (...parts: string[]) => path.resolve(data, ...parts);
  if (!existsSync(inside('access.json')) || !existsSync(inside('cloud.json'))) {
    throw new UsageError(`Nothing runs in ${inside()}. Start it with npm start, or say with --data where it runs.`);
  }
  const access = accessSchema.parse(JSON.parse(readFileSync(inside('access.json'), 'utf8')));
  const { httpPort, brokerPort } = runSchema.parse(JSON.parse(readFileSync(inside('cloud.json'), 'utf8')));
  const url = `http://127.0.0.1:${httpPort}`;
  return {
    ...{ url, apiUrl: `${url}/api`, brokerPort, access, inside },
    ask: async (call) => {
      const response = await fetch(`${url}/local/call`, {
        method: 'POST',
        headers: { authorization: `Bearer ${access.secretAccessKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(call),
      }).catch(() => {
        throw new UsageError(`Nothing answers at ${url}; was the run in ${inside()} killed?`);
      });
      const body: unknown = await response.json().catch(() => undefined);
      if (response.ok) return answerSchema.parse(body).value;
      throw new UsageError(problemSchema.safeParse(body).data?.detail ?? `The local cloud answered ${response.status}.`);
    },
  };
}
