/** Who is who over the real store: in any order, several at once, dying in between. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { knownAround, noteWhoIsWho } from '../../functions/runtime/who-is-who.ts';
import { keptOf, withRecords } from '../../shared/journey/identity/circle.ts';
import { identityOf } from '../../shared/journey/identity/identity.ts';
import { identityRecordSchema, nameOf, type IdentityRecord, type Node } from '../../shared/journey/identity/identity-record.ts';
import { addDuration, duration, instantSchema } from '../../shared/values.ts';
import { between, openWorld, type World } from './harness.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const START = instantSchema.parse('2026-03-02T08:00:00.000Z');
const user = (value: string): Node => ({ node: 'id', type: 'userId', value });
const browser = (value: string): Node => ({ node: 'id', type: 'anonymousId', value });
const house = { node: 'household', householdId: 'hh_anna' };
const record = (fields: object): IdentityRecord => identityRecordSchema.parse(fields);
const link = (recordId: string, from: object, to: object, minutes = 0): IdentityRecord =>
  record({ record: 'link', recordId, from, to, at: addDuration(START, duration(minutes, 'minutes')), evidence: { kind: 'said', source: 'web' } });
const around = async (node: Node) => {
  const [known, ...more] = await knownAround([nameOf(node)]);
  expect(more).toEqual([]);
  return known;
};

describe('a circle', () => {
  it('is everything that hangs together, found from each end', async () => {
    await noteWhoIsWho([link('r1', user('anna'), browser('x')), link('r2', user('ben'), browser('y'))]);
    expect((await around(browser('x')))?.records).toHaveLength(1);
    await noteWhoIsWho([link('r3', user('anna'), house), link('r4', user('ben'), house)]);
    const known = await around(browser('y'));
    expect(known?.records.map(({ recordId }) => recordId)).toEqual(['r1', 'r2', 'r3', 'r4']);
    expect(await around(user('anna'))).toEqual(known);
    expect(identityOf(known?.records ?? []).persons.map(({ name }) => name)).toEqual(['userId:anna', 'userId:ben']);
  });

  it('keeps of what is said with every visit the first of each month, whatever comes first', () => {
    const visits = Array.from({ length: 50 }, (_, day) => link(`v${day}`, user('anna'), browser('x'), day * 24 * 60));
    fc.assert(
      fc.property(fc.shuffledSubarray(visits, { minLength: 50 }), (shuffled) => {
        expect(shuffled.reduce<IdentityRecord[]>((all, visit) => withRecords(all, [visit]), []).map(({ recordId }) => recordId)).toEqual(['v0', 'v30']);
      }),
    );
  });

  it('is the same for every order, with several who note at once and some who die', async () => {
    const nodes = [user('a'), user('b'), browser('x'), browser('y'), browser('z'), house, { node: 'device', thing: 'tv-1' }];
    const pair = fc.record({ from: fc.integer({ min: 0, max: 6 }), step: fc.integer({ min: 1, max: 6 }), undo: fc.nat({ max: 5 }) });
    let run = 0;
    let chance = 0;
    const gone = { status: 400, headers: {}, body: JSON.stringify({ __type: 'AccessDeniedException', message: 'died' }) };
    let isDeadly = false;
    between((handle) => async (request) => {
      if (!isDeadly || request.headers['x-amz-target']?.endsWith('PutItem') !== true) return handle(request);
      chance = (chance * 1_103_515_245 + 12_345) % 2 ** 31;
      return chance % 5 === 0 ? gone : handle(request);
    });
    await fc.assert(
      fc.asyncProperty(fc.array(pair, { minLength: 2, maxLength: 8 }), async (pairs) => {
        run += 1;
        chance = run;
        const own = (node: object) => JSON.parse(JSON.stringify(node).replaceAll(/"(a|b|x|y|z|tv-1|hh_anna)"/g, `"$1${run}"`)) as Node;
        const records = pairs.map(({ from, step, undo }, index) => {
          const ends = { from: own(nodes[from] ?? house), to: own(nodes[(from + step) % 7] ?? house) };
          return undo === 0
            ? record({ record: 'unlink', recordId: `u${index}`, at: addDuration(START, duration(index, 'hours')), ...ends })
            : link(`l${index}`, ends.from, ends.to, index * 60);
        });
        isDeadly = true;
        await Promise.allSettled([...records, ...records].map((one) => noteWhoIsWho([one])));
        isDeadly = false;
        for (const one of [...records].reverse()) await noteWhoIsWho([one]);
        const names = [...new Set(records.flatMap((one) => ('from' in one && one.record !== 'block' ? [nameOf(one.from), nameOf(one.to)] : [])))];
        const known = await knownAround(names);
        const stored = known.flatMap((circle) => circle.records);
        expect(identityOf(stored)).toEqual(identityOf(withRecords([], records.flatMap(keptOf))));
        for (const one of records) {
          if (one.record !== 'link') continue;
          expect(await knownAround([nameOf(one.from)])).toEqual(await knownAround([nameOf(one.to)]));
        }
      }),
      { numRuns: 20 },
    );
  });
});
