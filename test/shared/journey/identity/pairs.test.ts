import { expect, it } from 'vitest';
import { identityOf } from '../../../../shared/journey/identity/identity.ts';
import { identityRecordSchema, type IdentityRecord, type Node } from '../../../../shared/journey/identity/identity-record.ts';
import { pairsOf } from '../../../../shared/journey/identity/pairs.ts';

const id = (type: 'userId' | 'anonymousId', value: string): Node => ({ node: 'id', type, value });
const [anna, ben, tablet] = [id('userId', 'mem_anna'), id('userId', 'mem_ben'), id('anonymousId', 'tablet-1')];
let day = 0;
const record = (one: object): IdentityRecord =>
  identityRecordSchema.parse({ recordId: `r${(day += 1)}`, at: `2026-03-${String(day).padStart(2, '0')}T08:00:00.000Z`, ...one });
const link = (from: Node, to: Node) => record({ record: 'link', from, to, evidence: { kind: 'seen', source: 'web' } });
const states = (...records: IdentityRecord[]) =>
  pairsOf(records, identityOf(records).refused).map(({ from, to, state }) => [state, ...[from, to].flatMap((node) => (node?.node === 'id' ? node.value : []))]);

it('tells of each two what stands, whatever was said of them before', () => {
  const first = link(anna, tablet);
  expect(states(first, link(tablet, anna))).toEqual([['linked', 'mem_anna', 'tablet-1']]);
  const apart = record({ record: 'unlink', from: anna, to: tablet });
  expect(states(apart, first)).toEqual([['unlinked', 'mem_anna', 'tablet-1']]);
  expect(states(first, apart, link(anna, tablet))).toEqual([['linked', 'mem_anna', 'tablet-1']]);
});

it('says why what was noted was never taken, and that a block holds', () => {
  const two = link(anna, ben);
  expect(pairsOf([two], identityOf([two]).refused)).toMatchObject([{ state: 'refused', reason: expect.stringContaining('two persons') as unknown }]);
  const never = record({ record: 'block', from: anna, to: tablet });
  expect(states(link(anna, tablet), never, link(anna, tablet))).toEqual([['blocked', 'mem_anna', 'tablet-1']]);
  expect(states(record({ record: 'block', from: tablet }))).toEqual([['blocked', 'tablet-1']]);
});
