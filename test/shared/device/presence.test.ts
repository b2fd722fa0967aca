import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availabilityOf, notePresence, presenceSchema, type Presence, type PresenceFact } from '../../../shared/device/presence.ts';
import { addDuration, duration, householdIdSchema, instantOf, millisOf, thingNameSchema, type Instant } from '../../../shared/values.ts';
import { START } from '../supply/milk.ts';

const about = { householdId: householdIdSchema.parse('hh_anna'), thing: thingNameSchema.parse('fridge-anna') };
const at = (minutes: number): Instant => addDuration(START, duration(minutes, 'minutes'));
const opened = (version: number, minutes: number): PresenceFact => ({ by: 'broker', connected: true, version, at: at(minutes) });
const closed = (version: number, minutes: number): PresenceFact => ({ by: 'broker', connected: false, version, at: at(minutes) });
const says = (connected: boolean, minutes: number): PresenceFact => ({ by: 'device', connected, at: at(minutes) });

/** One message after the other, as single batches. */
const heard = (facts: readonly PresenceFact[]): Presence | undefined =>
  facts.reduce<Presence | undefined>((presence, fact) => {
    const outcome = notePresence({ ...about, presence }, [fact]);
    return outcome.kind === 'changed' ? presenceSchema.parse(JSON.parse(JSON.stringify(outcome.state))) : presence;
  }, undefined);

const given = (...facts: PresenceFact[]) => ({
  when: (...news: PresenceFact[]) => {
    const outcome = notePresence({ ...about, presence: heard(facts) }, news);
    return {
      then: (connected: boolean, since: number, ...events: string[]) => {
        if (outcome.kind !== 'changed') throw new Error(`expected a change, got ${outcome.reason}`);
        expect(outcome.state).toMatchObject({ connected, since: at(since) });
        expect(outcome.events).toEqual(events.map((type) => ({ type, data: { ...about, since: at(since) } })));
      },
      thenIgnored: (reason: string) => expect(outcome).toEqual({ kind: 'ignored', reason }),
    };
  },
});

describe('a device', () => {
  it('that connects is connected, and says so once', () => {
    given().when(opened(0, 0)).then(true, 0, 'device.connected');
    given(opened(0, 0)).when(opened(0, 0)).thenIgnored('known-already');
  });

  it('that goes is gone, whoever tells of it first', () => {
    given(opened(0, 0)).when(closed(0, 60)).then(false, 60, 'device.disconnected');
    given(opened(0, 0)).when(says(false, 60)).then(false, 60, 'device.disconnected');
    given(opened(0, 0), says(false, 60)).when(closed(0, 60)).then(false, 60);
    given(opened(0, 0), closed(0, 60)).when(says(false, 60)).thenIgnored('known-already');
  });

  it('whose own word follows the broker’s at once costs no write', () => {
    given(opened(0, 0)).when(says(true, 0)).thenIgnored('known-already');
    given(opened(0, 0)).when(says(true, 1)).thenIgnored('known-already');
  });

  it('that comes and goes within a batch was never there', () => {
    given().when(opened(0, 0), closed(0, 1)).then(false, 1);
    given(opened(0, 0)).when(closed(0, 30), opened(1, 31)).then(true, 31);
  });

  it('that takes over its own connection stays connected, although the end and the will of the old one come later', () => {
    given(opened(0, 0)).when(opened(1, 60)).then(true, 60);
    given(opened(0, 0), opened(1, 60)).when(closed(0, 61), says(false, 61)).then(true, 60);
  });

  it('is believed by its versions where the clocks of the broker disagree', () => {
    given(opened(2, 10), opened(1, 11)).when(closed(1, 12)).then(true, 10);
  });

  it('whose end is heard before its beginning is gone all the same', () => {
    given().when(closed(3, 60)).then(false, 60);
    given(closed(3, 60)).when(opened(3, 0)).then(false, 60);
    given(opened(2, 0), closed(3, 60)).when(opened(3, 58)).then(false, 60);
  });

  it('whose versions begin anew after an hour is believed', () => {
    given(opened(7, 0), closed(7, 10)).when(opened(0, 90)).then(true, 90, 'device.connected');
    given(opened(7, 0), closed(7, 10), opened(0, 90)).when(closed(7, 10)).thenIgnored('known-already');
  });

  it('whose end was never told is gone by its own will, and back by its own word', () => {
    given(opened(0, 0), says(false, 200)).when(says(true, 260)).then(true, 260, 'device.connected');
    given(opened(0, 0), says(false, 200), says(true, 260)).when(says(false, 200)).thenIgnored('known-already');
  });
});

/** A life as it was: connections one after the other, told by clocks that are up to two minutes off, some of it lost; and when nothing is known, silence. */
const life = fc
  .array(
    fc.record({
      awayMinutes: fc.integer({ min: 0, max: 200 }),
      stayMinutes: fc.integer({ min: 0, max: 300 }),
      overlaps: fc.boolean(),
      lost: fc.constantFrom('nothing', 'opened', 'closed'),
      off: fc.array(fc.integer({ min: -120, max: 120 }), { minLength: 4, maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((connections) => {
    let minutes = 1_000;
    let version = -1;
    return connections.flatMap(({ awayMinutes, stayMinutes, overlaps, lost, off: [a = 0, b = 0, c = 0, d = 0] }) => {
      // Versions may begin anew only for who was away for more than an hour.
      version = awayMinutes > 64 + 4 ? 0 : version + 1;
      minutes += overlaps ? 0 : awayMinutes;
      if (overlaps && awayMinutes > 68) version += 1_000;
      const from = at(minutes);
      minutes += stayMinutes;
      const to = at(minutes);
      const shifted = (instant: Instant, seconds: number) => instantOf(millisOf(instant) + seconds * 1_000);
      const facts: PresenceFact[] = [
        ...(lost === 'opened' ? [] : [{ by: 'broker', connected: true, version, at: shifted(from, a) } as const]),
        { by: 'device', connected: true, at: shifted(from, b) },
        ...(lost === 'closed' ? [] : [{ by: 'broker', connected: false, version, at: shifted(to, c) } as const]),
        { by: 'device', connected: false, at: shifted(to, d) },
      ];
      return facts;
    });
  });

describe('any history', () => {
  it('ends alike in every order, with duplicates and in batches of any size', () => {
    const shuffled = life.chain((facts) =>
      fc.tuple(fc.constant(facts), fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 }), fc.integer({ min: 1, max: 5 })),
    );
    fc.assert(
      fc.property(shuffled, ([facts, mixed, size]) => {
        const batches = Array.from({ length: Math.ceil(mixed.length / size) }, (_, index) => mixed.slice(index * size, (index + 1) * size));
        const inBatches = batches.reduce<Presence | undefined>((presence, batch) => {
          const outcome = notePresence({ ...about, presence }, batch);
          return outcome.kind === 'changed' ? outcome.state : presence;
        }, undefined);
        expect(inBatches).toEqual(heard(facts));
      }),
      { numRuns: 400 },
    );
  });
});

describe('the overview calls a device', () => {
  const fridge = (presence?: Presence) => ({ deviceType: 'fridge' as const, presence });
  it('never seen, available, or unavailable after ten minutes of silence', () => {
    expect(availabilityOf(fridge(), at(0))).toBe('never-seen');
    expect(availabilityOf(fridge(heard([opened(0, 0)])), at(100_000))).toBe('available');
    const gone = fridge(heard([opened(0, 0), closed(0, 60)]));
    expect([69, 70].map((minutes) => availabilityOf(gone, at(minutes)))).toEqual(['available', 'unavailable']);
    expect([25 * 60 + 59, 26 * 60].map((minutes) => availabilityOf({ ...gone, deviceType: 'generic' }, at(minutes)))).toEqual(['available', 'unavailable']);
  });
});
