/** All devices of the simulated households, each on a connection of its own: `node --import tsx device-sim/devices.ts <simulation.json>`. */
import { join } from 'node:path';
import { millisOf } from '../shared/values.ts';
import { Conductor } from './conductor.ts';
import { Doorstep, type Arrival } from './doorstep.ts';
import { FaultNotes } from './fault-notes.ts';
import { Faults } from './faults.ts';
import { openLedger } from './ledger.ts';
import { OwnShopping } from './defector.ts';
import { memberPastOf } from './member-past.ts';
import { pastsOf } from './past.ts';
import { placeFor } from './device.ts';
import { plugIn, type Plugged } from './plug-in.ts';
import { endWithBug, runSimulator } from './process-life.ts';
import { readRecordings } from './recording.ts';
import { thingsAt } from './second-hand.ts';
import type { HouseholdSpec, ThingSpec } from './simulation.ts';

interface Dwelling {
  readonly household: HouseholdSpec;
  readonly doorstep: Doorstep;
  readonly ownShopping: OwnShopping;
  /** By thing, in the order of the description. */
  readonly devices: ReadonlyMap<string, Plugged>;
}

await runSimulator(async (simulation) => {
  const recordings = await readRecordings(simulation);
  const { ledger, lines } = await openLedger(join(simulation.ledgers, 'devices.ndjson'));
  const screens = await openLedger(join(simulation.ledgers, 'screens.ndjson'));
  const pasts = pastsOf(lines);
  const things = simulation.households.flatMap((household) => household.things.map(({ thing }) => thing));
  const faults = new Faults({ seed: simulation.seed, startsAt: millisOf(simulation.startsAt), things, kinds: simulation.faults });
  const notes = new FaultNotes(simulation.faultsFile, pasts.values(), (line) => ledger.append([line]));
  // Nothing is plugged in before the first turn says what time it is.
  let dwellings: Dwelling[] | undefined;
  let now = -Infinity;
  const plugged = (): Plugged[] => (dwellings ?? []).flatMap(({ devices }) => [...devices.values()]);

  const conductor = new Conductor({
    port: simulation.conductorPort,
    name: 'devices',
    onBug: endWithBug,
    nextAt: () =>
      dwellings === undefined
        ? null
        : earliestOf([...plugged().flatMap(({ nextAt, viewerNextAt }) => [nextAt(), viewerNextAt()]), faults.nextChangeAfter(now)]),
    async act(turnAt) {
      now = turnAt;
      const areNew = dwellings === undefined;
      dwellings ??= simulation.households.map(moveIn);
      for (const { household, doorstep, ownShopping } of dwellings)
        bring(thingsAt(simulation, household, now), [...(await doorstep.look()), ...ownShopping.look(now)]);
      await Promise.all(plugged().map(({ meetFaults }) => meetFaults(now)));
      const said = plugged().map(({ device, connection }) => ({ connection, lines: [...(areNew ? device.switchOn(now) : []), ...device.act(now)] }));
      // On disk before the first byte leaves; one fsync for the whole turn.
      await ledger.append(said.flatMap(({ lines: spoken }) => spoken));
      await Promise.all(said.map(({ connection, lines: spoken }) => connection.send(spoken)));
      await Promise.all(plugged().map(({ watch }) => watch(now)));
    },
  });

  const home = { simulation, ledger, screens: screens.ledger, screensPast: memberPastOf(screens.lines), conductor, faults, notes };
  function moveIn(household: HouseholdSpec): Dwelling {
    const doorstep = new Doorstep(simulation.doorstep, household.account);
    const devices = household.things.map(
      (spec) => [spec.thing, plugIn(spec, household, { ...home, past: pasts.get(spec.thing), replayed: recordings.get(spec.thing), now })] as const,
    );
    return { household, doorstep, ownShopping: new OwnShopping(simulation, household), devices: new Map(devices) };
  }

  /** The first device that has a place for a product gets it, after a restart too. */
  function bring(things: readonly ThingSpec[], arrivals: readonly Arrival[]): void {
    for (const arrival of arrivals) {
      const owner = things.find(({ slots }) => placeFor(slots, arrival.gtin) !== undefined);
      const home = dwellings?.find(({ devices }) => owner !== undefined && devices.has(owner.thing));
      if (owner !== undefined) home?.devices.get(owner.thing)?.device.bring([arrival]);
    }
  }

  return async () => {
    conductor.close();
    await Promise.all(plugged().map(({ connection }) => connection.close()));
    await Promise.all([ledger.close(), screens.ledger.close()]);
  };
});

const earliestOf = (moments: readonly (number | null)[]): number | null =>
  moments.reduce((least, at) => (at === null ? least : Math.min(least ?? Infinity, at)), null);
