/** Which shops a run simulates: only these do as the workbench chooses, and only while they run. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

export interface Simulated {
  /** False with `--no-sim`. */
  readonly isRunning: boolean;
  readonly retailerIds: readonly string[];
}

const runSchema = z.object({ simulate: z.boolean() });
const simulationSchema = z.object({ retailers: z.array(z.object({ retailerId: z.string() })) });
const read = (file: string): unknown => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

/** @param data the folder of the run */
export function simulatedIn(data: string): Simulated {
  const run = runSchema.safeParse(read(path.join(data, 'run.json')));
  const simulation = simulationSchema.safeParse(read(path.join(data, 'simulation.json')));
  return {
    isRunning: run.success && run.data.simulate,
    retailerIds: simulation.success ? simulation.data.retailers.map(({ retailerId }) => retailerId) : [],
  };
}
