/** All fridges of the simulated households, each on a connection of its own: `node --import tsx device-sim/fridges.ts <simulation.json>`. */
import { join } from 'node:path';
import { instantOf, millisOf } from '../shared/values.ts';
import { Conductor } from './conductor.ts';
import { Doorstep, type Arrival } from './doorstep.ts';
import { Fridge, placeFor } from './fridge.ts';
import { FridgeConnection } from './fridge-connection.ts';
import { openLedger } from './ledger.ts';
import { noPast, pastsOf, type FridgeLine } from './past.ts';
import { endWithBug, runSimulator } from './process-life.ts';
import type { HouseholdSpec, ThingSpec } from './simulation.ts';

interface Plugged {
  readonly fridge: Fridge;
  readonly connection: FridgeConnection;
}
interface Home {
  readonly household: HouseholdSpec;
  readonly doorstep: Doorstep;
  /** By thing, in the order of the description. */
  readonly fridges: ReadonlyMap<string, Plugged>;
}

await runSimulator(async (simulation) => {
  const { ledger, lines } = await openLedger(join(simulation.ledgers, 'fridges.ndjson'));
  const pasts = pastsOf(lines);
  // Nothing is plugged in before the first turn says what time it is.
  let homes: Home[] | undefined;
  const plugged = (): Plugged[] => (homes ?? []).flatMap(({ fridges }) => [...fridges.values()]);

  const conductor = new Conductor({
    port: simulation.conductorPort,
    name: 'fridges',
    onBug: endWithBug,
    nextAt: () => plugged().reduce<number | null>((least, { fridge }) => Math.min(least ?? Infinity, fridge.nextAt), null),
    async act(now) {
      const areNew = homes === undefined;
      homes ??= simulation.households.map((household) => moveIn(household, now));
      for (const home of homes) bring(home, await home.doorstep.look());
      const said = plugged().map(({ fridge, connection }) => ({ connection, lines: [...(areNew ? fridge.switchOn(now) : []), ...fridge.act(now)] }));
      // On disk before the first byte leaves; one fsync for the whole turn.
      await ledger.append(said.flatMap(({ lines: spoken }) => spoken));
      await Promise.all(said.map(({ connection, lines: spoken }) => connection.send(spoken)));
    },
  });

  function moveIn(household: HouseholdSpec, now: number): Home {
    const things = household.things.filter(({ type }) => type === 'fridge');
    const doorstep = new Doorstep(simulation.doorstep, household.account);
    return { household, doorstep, fridges: new Map(things.map((thing) => [thing.thing, plugIn(household, thing, now)])) };
  }

  function plugIn({ timeZone }: HouseholdSpec, thing: ThingSpec, now: number): Plugged {
    const past = pasts.get(thing.thing) ?? noPast();
    const home = { seed: simulation.seed, thing: thing.thing, timeZone };
    const fridge = new Fridge(thing, home, { startsAt: millisOf(simulation.startsAt), past, switchedOnAt: now });
    const connection = new FridgeConnection(simulation, thing, {
      unacknowledged: [...past.unacknowledged.values()],
      record: (line: FridgeLine) => ledger.append([line]),
      now: () => instantOf(conductor.now()),
    });
    return { fridge, connection };
  }

  return async () => {
    conductor.close();
    await Promise.all(plugged().map(({ connection }) => connection.close()));
    await ledger.close();
  };
});

/** The first fridge that has a place for a product gets it, after a restart too. */
function bring({ household, fridges }: Home, arrivals: readonly Arrival[]): void {
  for (const arrival of arrivals) {
    const owner = household.things.find(({ thing, slots }) => fridges.has(thing) && placeFor(slots, arrival.gtin) !== undefined);
    if (owner !== undefined) fridges.get(owner.thing)?.fridge.bring([arrival]);
  }
}
