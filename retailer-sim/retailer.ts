/** One shop, put together: its ledger, its watch, its front door and the line between it and the world. */
import { once } from 'node:events';
import { join } from 'node:path';
import { Conductor } from './conductor.ts';
import { openLedger } from './ledger.ts';
import { frontDoor } from './server.ts';
import { Shop } from './shop.ts';
import type { Simulation } from './simulation.ts';

export interface Retailer {
  /** Cut: no connection is accepted and nothing is sent. Restored: what has waited is sent on the next turn. */
  setLine(state: 'cut' | 'restored'): Promise<void>;
  close(): Promise<void>;
}

export async function openRetailer(simulation: Simulation): Promise<Retailer> {
  const { retailer, conductorPort } = simulation;
  const ledger = openLedger(join(simulation.ledgers, `${retailer.retailerId}.ndjson`));
  const shop = new Shop(simulation, ledger);
  const testLedger = openLedger(join(simulation.ledgers, 'tests', `${retailer.retailerId}.ndjson`));
  const tests = new Shop({ ...simulation, faults: [] }, testLedger);
  const conductor = new Conductor({ port: conductorPort, name: `retailer:${retailer.retailerId}`, act: (now) => shop.act(now) });
  const wantTurn = () => {
    const { now } = conductor;
    if (now !== undefined) conductor.bringForward(shop.nextAt(now));
  };
  const server = frontDoor({ shop, tests, secret: retailer.secretToRetailer, now: () => conductor.now, beforeAnswer: wantTurn });

  const openDoor = async () => {
    server.listen(retailer.port, '127.0.0.1');
    await once(server, 'listening');
  };
  const closeDoor = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  await openDoor();
  conductor.start();
  return {
    setLine: async (state) => {
      const up = state === 'restored';
      if (up === shop.lineIsUp) return;
      shop.lineIsUp = up;
      await (up ? openDoor() : closeDoor());
      wantTurn();
    },
    close: async () => {
      conductor.close();
      if (server.listening) await closeDoor();
      await tests.fallSilent();
      ledger.close();
      testLedger.close();
    },
  };
}
