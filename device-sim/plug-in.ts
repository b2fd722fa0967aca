/** Puts one device into its household: what it is, its connection, the faults that it will meet, and, before a TV, somebody who watches. */
import { instantOf, millisOf } from '../shared/values.ts';
import type { Conductor } from './conductor.ts';
import { DeviceConnection } from './device-connection.ts';
import { Device } from './device.ts';
import type { FaultNotes } from './fault-notes.ts';
import type { Faults } from './faults.ts';
import { fridge } from './fridge.ts';
import { heating } from './heating.ts';
import type { Home, Kind } from './kind.ts';
import type { Ledger } from './ledger.ts';
import type { MemberLine } from './member-past.ts';
import { noPast, type DeviceLine, type Past, type ReadingLine } from './past.ts';
import { endWithBug } from './process-life.ts';
import { nothingReplayed, type Replayed } from './recording.ts';
import type { HouseholdSpec, Simulation, ThingSpec } from './simulation.ts';
import { tv } from './tv.ts';
import { viewerOf } from './viewer.ts';

export interface Around {
  readonly simulation: Simulation;
  readonly ledger: Ledger;
  /** What was answered on TVs; a ledger of its own, because it holds what people said and not what devices did. */
  readonly screens: Ledger;
  readonly screensPast: readonly MemberLine[];
  readonly conductor: Pick<Conductor, 'now' | 'bringForward'>;
  readonly faults: Faults;
  readonly notes: FaultNotes;
  readonly past: Past | undefined;
  readonly replayed: Replayed | undefined;
  /** The moment at which it is switched on. */
  readonly now: number;
}

export interface Plugged {
  readonly device: Device;
  readonly connection: DeviceConnection;
  readonly nextAt: () => number;
  /** When somebody in front of the screen wants to answer. */
  readonly viewerNextAt: () => number | null;
  readonly meetFaults: (now: number) => Promise<void>;
  /** Whoever sits in front of it answers what they are ready to answer. */
  readonly watch: (now: number) => Promise<void>;
}

const kinds: Record<ThingSpec['type'], (spec: ThingSpec, home: Home, replayed: Replayed) => Kind> = {
  fridge,
  heating: (spec, home, { recordedKwh }) => heating(spec, home, recordedKwh),
  tv,
};

export function plugIn(spec: ThingSpec, household: HouseholdSpec, around: Around): Plugged {
  const { simulation, conductor, faults, notes, now: switchedOnAt } = around;
  const { thing } = spec;
  const home = { seed: simulation.seed, thing, timeZone: household.timeZone };
  const past = around.past ?? noPast();
  const replayed = around.replayed ?? nothingReplayed;
  const record = (line: DeviceLine): Promise<void> => around.ledger.append([line]);
  const device = new Device(spec, kinds[spec.type](spec, home, replayed), home, {
    ...{ startsAt: millisOf(simulation.startsAt), past, switchedOnAt, said: replayed.said },
    clockErrorAt: (at) => faults.clockErrorAt(thing, at),
  });
  const viewer = viewerOf(
    spec,
    { simulation, household, home, screen: () => connection, now: () => conductor.now(), record: (lines) => around.screens.append(lines) },
    around.screensPast,
  );
  const noted = (fault: 'reading-duplicated' | 'reading-out-of-order', { bootId, seq }: ReadingLine): true => {
    notes.note(fault, thing, conductor.now(), `${bootId}/${seq}`).catch(endWithBug);
    return true;
  };
  const connection = new DeviceConnection(simulation, spec, {
    ...{ unacknowledged: [...past.unacknowledged.values()], record, now: () => conductor.now() },
    showedNew: (messages) => device.showed(messages),
    isDuplicated: (line) => faults.isDuplicated(line) && noted('reading-duplicated', line),
    isReversed: (line) => faults.isReversed(line) && noted('reading-out-of-order', line),
    ...(viewer !== undefined && {
      async shows(display) {
        await viewer.catchUp(
          display.cards.map(({ orderId, quoteHash }) => ({ orderId, status: 'awaiting-approval', quote: { hash: quoteHash } })),
          conductor.now(),
        );
        await conductor.bringForward();
      },
    }),
  });
  return {
    ...{ device, connection },
    nextAt: () => device.nextAt,
    // Off the net the remote control reaches nobody; the answer waits until the TV is back.
    viewerNextAt: () => (connection.isCut ? null : (viewer?.nextAt ?? null)),
    async watch(now) {
      if (!connection.isCut) await viewer?.act(now);
    },
    async meetFaults(now) {
      const clock = faults.spanAt('clock-wrong', thing, now);
      if (clock !== undefined)
        await notes.note('clock-wrong', thing, now, `${Math.round(clock.clockErrorMillis / 60_000)} minutes from ${instantOf(clock.from)}`);
      const offline = faults.spanAt('device-offline', thing, now);
      if (offline !== undefined && !connection.isCut) {
        connection.cut();
        await record({ at: instantOf(now), kind: 'offline', thing, until: instantOf(offline.until) });
        await notes.note('device-offline', thing, now, `from ${instantOf(offline.from)}`);
      }
      if (offline === undefined && connection.isCut) {
        await record({ at: instantOf(now), kind: 'online', thing });
        connection.restore();
      }
    },
  };
}
