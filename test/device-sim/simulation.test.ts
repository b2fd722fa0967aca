import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSimulation, WrongSimulation } from '../../device-sim/simulation.ts';
import { instantOf } from '../../shared/values.ts';
import { fridgeSpec, startsAt } from './examples.ts';
import { newDirectory, removeDirectory, startSimulator, writeSimulation } from './stage.ts';

let directory = '';
beforeAll(async () => {
  directory = await newDirectory();
});
afterAll(() => removeDirectory(directory));

const household = { householdId: 'hh_anna', name: 'Anna', account: 'acc-hh_anna', members: [], things: [fridgeSpec()] };
const right = {
  ...{
    seed: 1,
    startsAt: instantOf(startsAt),
    conductorPort: 1,
    brokerPort: 2,
    brokerCa: '/ca.pem',
    apiUrl: 'http://127.0.0.1:3/api',
    ledgers: '/l',
    doorstep: '/d',
  },
  ...{ households: [household], retailers: [{ anything: true }] },
};
const said = async (content: object): Promise<string> => {
  const error: unknown = await readSimulation(await writeSimulation(directory, content)).catch((thrown: unknown) => thrown);
  return error instanceof WrongSimulation ? error.message : 'right';
};

describe('the description of the simulated world', () => {
  it('is taken with members that are others’ business', async () => {
    expect(await said(right)).toBe('right');
    const simulation = await readSimulation(await writeSimulation(directory, right));
    expect(simulation.households[0]?.timeZone).toBe('Europe/Berlin');
  });

  it.each([
    ['a port that is none', { ...right, conductorPort: 0 }, /is wrong at conductorPort: /],
    ['a household that is none', { ...right, households: [{ ...household, householdId: 'anna' }] }, /households\.0\.householdId: expected an id such as hh_/],
    [
      'a slot that begins too full',
      { ...right, households: [{ ...household, things: [{ ...fridgeSpec(), slots: [{ ...fridgeSpec().slots[0], initial: 5 }] }] }] },
      /households\.0\.things\.0\.slots\.0: a slot cannot begin with more than its capacity/,
    ],
    [
      'milk by the piece',
      { ...right, households: [{ ...household, things: [{ ...fridgeSpec(), slots: [{ ...fridgeSpec().slots[0], unit: 'piece' }] }] }] },
      /another kind of unit than its slot/,
    ],
  ])('says what is wrong and where: %s', async (_name, content, sentence) => {
    expect(await said(content)).toMatch(sentence);
  });

  it('ends the process with one sentence and exit code 2', async () => {
    const simulator = startSimulator('devices', `${directory}/nothing.json`);
    expect(await simulator.ended).toBe(2);
    expect(simulator.stderr()).toMatch(/^\S+nothing\.json cannot be read: [^\n]+\n$/);
  });
});
