import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openRetailer, type Retailer } from '../../retailer-sim/retailer.ts';
import { readSimulation } from '../../retailer-sim/simulation.ts';
import { DAY, openWorld, orderOf, startsAt, steady, type World } from './world.ts';

let world: World | undefined;
let retailer: Retailer | undefined;
afterEach(stop);

async function start(at: World): Promise<void> {
  const ready = at.conductor.ready();
  retailer = await openRetailer(readSimulation(at.simulationPath, 'rt_frischhof'));
  await ready;
}
async function stop(): Promise<void> {
  await retailer?.close();
  world?.close();
  [world, retailer] = [undefined, undefined];
}

describe('a crash', () => {
  const temper = { ...steady, change: 0.5 };
  const end = startsAt + 4 * DAY;
  const doorstepIn = (at: World) => join(at.simulation.doorstep, 'acc-hh_anna.ndjson');

  async function undisturbed() {
    world = await openWorld(temper);
    const at = world;
    await start(at);
    await at.place(orderOf('ord_1'));
    await at.place(orderOf('ord_2'));
    await at.conductor.runUntil(end);
    const life = { entries: at.entries(), heard: at.platform.heard, doorstep: readFileSync(doorstepIn(at), 'utf8').split('\n') };
    await stop();
    return life;
  }

  it('after any line of the ledger, or in the middle of one, changes nothing that anybody hears or gets', async () => {
    const life = await undisturbed();
    const ordersIn = life.entries.findLastIndex(({ kind }) => kind === 'order-received') + 1;
    expect(life.entries.length - ordersIn).toBeGreaterThan(10);
    for (let count = ordersIn; count <= life.entries.length; count += 1) {
      const written = life.entries.slice(0, count);
      const handedOver = written.filter(({ kind }) => kind === 'handed-over').length;
      // Killed just after the line about the parcel, the parcel itself may or may not stand at the door.
      for (const parcels of written.at(-1)?.kind === 'handed-over' ? [handedOver - 1, handedOver] : [handedOver]) {
        world = await openWorld(temper);
        mkdirSync(world.simulation.ledgers);
        mkdirSync(world.simulation.doorstep);
        const torn = JSON.stringify(life.entries[count] ?? '').slice(0, (count * 7) % 40);
        writeFileSync(world.ledgerPath, written.map((entry) => `${JSON.stringify(entry)}\n`).join('') + torn);
        writeFileSync(
          doorstepIn(world),
          life.doorstep
            .slice(0, parcels)
            .map((parcel) => `${parcel}\n`)
            .join(''),
        );
        await world.conductor.runUntil(Date.parse(written.at(-1)?.at ?? ''));
        await start(world);
        await world.conductor.runUntil(end);

        // The ledger still reads, line by line, though its last line may have been torn.
        expect(world.entries().slice(0, count)).toEqual(written);
        const takenBefore = written.flatMap((entry) => (entry.kind === 'message-taken' ? [entry.messageId] : []));
        const heard = [...life.heard.filter(({ messageId }) => takenBefore.includes(messageId)), ...world.platform.heard].map(({ body }) => body);
        expect(heard.sort(), `killed after ${JSON.stringify(written.at(-1))}`).toEqual(life.heard.map(({ body }) => body).sort());
        expect(world.doorstep()).toEqual(life.doorstep.slice(0, 2).map((parcel): unknown => JSON.parse(parcel)));
        await stop();
      }
    }
  });
});
