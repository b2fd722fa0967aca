/** The same people, whatever the order in which they became known and however often. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identityOf } from '../../../../shared/journey/identity/identity.ts';
import type { IdentityRecord } from '../../../../shared/journey/identity/identity-record.ts';
import { block, device, household, id, link, merge, touch, unlink } from './notes.ts';

const seed = Number(process.env['IDENTITY_SEED'] ?? Date.now() % 1_000_000);
const few = <Value>(...values: readonly Value[]) => fc.constantFrom(...values);
const ids = few(
  ...['alice', 'bob', 'null'].map((value) => id('userId', value)),
  ...['a@x.org', 'b@x.org'].map((value) => id('email', value)),
  ...['t1', 't2'].map((value) => id('anonymousId', value)),
);
const nodes = fc.oneof(
  { weight: 5, arbitrary: ids },
  { weight: 1, arbitrary: few<ReturnType<typeof device> | ReturnType<typeof household>>(device('tv-1'), household('hh_anna'), household('hh_ben')) },
);
const at = fc.integer({ min: 0, max: 30 });
const record = fc.oneof(
  fc.tuple(at, nodes, nodes).map(
    ([when, a, b]) =>
      (name: string) =>
        link(name, when, a, b),
  ),
  fc.tuple(at, nodes, nodes).map(
    ([when, a, b]) =>
      (name: string) =>
        unlink(name, when, a, b),
  ),
  fc.tuple(at, nodes, nodes).map(
    ([when, a, b]) =>
      (name: string) =>
        merge(name, when, a, b),
  ),
  fc.tuple(at, ids).map(
    ([when, a]) =>
      (name: string) =>
        block(name, when, a),
  ),
  fc.tuple(at, fc.array(ids, { maxLength: 2 })).map(
    ([when, some]) =>
      (name: string) =>
        touch(name, when, some),
  ),
);
const history = fc.array(record, { maxLength: 25 }).map((make) => make.map((one, index) => one(`r${index}`)));
const check = <Values extends [unknown, ...unknown[]]>(property: fc.IProperty<Values>): void => fc.assert(property, { seed, numRuns: 400 });

describe(`who is who (IDENTITY_SEED=${seed})`, () => {
  it('is the same in any order, with any repeats', () => {
    const reordered = history.chain((records) =>
      fc
        .tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length }), fc.subarray(records))
        .map(([a, b, again]) => [a, [...b, ...again]] as const),
    );
    check(
      fc.property(reordered, ([records, others]) => {
        expect(identityOf(others)).toEqual(identityOf(records));
      }),
    );
  });

  it('loses no touchpoint and doubles none', () => {
    const touched = (records: readonly IdentityRecord[]) => records.flatMap((one) => (one.record === 'touchpoint' ? [one.recordId] : [])).sort();
    check(
      fc.property(history, (records) => {
        const { touchpoints, timelines } = identityOf(records);
        expect(touchpoints.map(({ recordId }) => recordId).sort()).toEqual(touched(records));
        const personal = Object.entries(timelines).flatMap(([name, recordIds]) =>
          name.startsWith('household:') || name.startsWith('device:') ? [] : recordIds,
        );
        expect(new Set(personal).size).toBe(personal.length);
      }),
    );
  });

  it('goes back to where it was when the last link of two is taken away', () => {
    const together = (a: { value: string }, b: { value: string }) => (record: IdentityRecord) =>
      [a, b].every(({ value }) => JSON.stringify(record).includes(`"value":"${value}"`));
    const late = fc.tuple(history, ids, ids).filter(([records, a, b]) => a !== b && !records.some(together(a, b)));
    check(
      fc.property(late, ([records, a, b]) => {
        const after = identityOf([...records, link('late', 40, a, b), unlink('undone', 41, a, b)]);
        const { touchpoints, timelines } = identityOf(records);
        expect([after.touchpoints, after.timelines]).toEqual([touchpoints, timelines]);
      }),
    );
  });

  it('never makes one person of two users unless somebody has decided so', () => {
    const undecided = history.map((records) => records.filter((one) => one.record !== 'link' || one.evidence.kind !== 'decided'));
    check(
      fc.property(undecided, (records) => {
        for (const { ids: known } of identityOf(records).persons) expect(known.filter((key) => key.startsWith('userId:')).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
