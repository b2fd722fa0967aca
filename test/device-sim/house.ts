/** A house for the tests of the simulators' processes: a broker, a conductor and a description, new for each test. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ThingSpec } from '../../device-sim/simulation.ts';
import { instantOf } from '../../shared/values.ts';
import { startsAt } from './examples.ts';
import { newDirectory, removeDirectory, startBroker, startConductor, startSimulator, writeSimulation, type Running } from './stage.ts';

interface House {
  readonly certificates: string;
  readonly things: readonly ThingSpec[];
  readonly members?: readonly object[];
  readonly apiUrl?: string;
  /** Of the description, beside what every one says. */
  readonly more?: object;
}

export async function openHouse({ certificates, things, members = [], apiUrl = 'http://127.0.0.1:1/api', more = {} }: House) {
  const directory = await newDirectory();
  await mkdir(join(directory, 'doorstep'));
  await writeFile(join(directory, 'token'), 'token-of-anna\n');
  const [broker, conductor] = await Promise.all([startBroker(certificates), startConductor()]);
  const simulation = await writeSimulation(directory, {
    ...{ seed: 3, startsAt: instantOf(startsAt), conductorPort: conductor.port, brokerPort: broker.port, brokerCa: join(certificates, 'ca.pem'), apiUrl },
    ...{ ledgers: join(directory, 'ledgers'), doorstep: join(directory, 'doorstep'), faultsFile: join(directory, 'faults.ndjson') },
    households: [{ householdId: 'hh_anna', name: 'Anna', account: 'acc-hh_anna', members, things }],
    ...more,
  });
  const running: Running[] = [];
  return {
    ...{ directory, broker, conductor },
    async start(program: 'devices' | 'members'): Promise<Running> {
      const simulator = startSimulator(program, simulation);
      running.push(simulator);
      await conductor.hellos(running.length);
      return simulator;
    },
    /** Turns at each `next` up to a product moment; answers the first `next` after it. */
    async liveUntil(end: number, from: number): Promise<number> {
      let next = (await conductor.turn(from)) ?? Infinity;
      while (next <= end) next = (await conductor.turn(next)) ?? Infinity;
      return next;
    },
    async close(): Promise<void> {
      for (const { kill } of running) await kill('SIGKILL');
      await Promise.all([broker.close(), conductor.close()]);
      await removeDirectory(directory);
    },
  };
}
export type OpenHouse = Awaited<ReturnType<typeof openHouse>>;
