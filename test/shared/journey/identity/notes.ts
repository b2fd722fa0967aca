/** Records of who belongs to whom, as short as a test wants them. Moments are hours after one beginning. */
import type { IdType } from '../../../../shared/journey/identity/id-type.ts';
import { identityRecordSchema, type IdentityRecord, type Node } from '../../../../shared/journey/identity/identity-record.ts';
import type { Membership } from '../../../../shared/journey/identity/standing-links.ts';
import { instantOf, type Instant } from '../../../../shared/values.ts';

const BEGINNING = Date.UTC(2026, 2, 1);
export const hour = (hours: number): Instant => instantOf(BEGINNING + hours * 3_600_000);

export const id = (type: IdType, value: string) => ({ node: 'id' as const, type, value });
export const device = (thing: string) => ({ node: 'device' as const, thing });
export const household = (householdId: string) => ({ node: 'household' as const, householdId });
type Given = ReturnType<typeof id> | ReturnType<typeof device> | ReturnType<typeof household>;

const record = (given: object): IdentityRecord => identityRecordSchema.parse(given);
export const link = (recordId: string, at: number, from: Given | Node, to: Given | Node) =>
  record({ record: 'link', recordId, at: hour(at), from, to, evidence: { kind: 'seen', source: 'web' } });
export const merge = (recordId: string, at: number, from: Given, to: Given) =>
  record({ record: 'link', recordId, at: hour(at), from, to, evidence: { kind: 'decided', by: 'agent-7', reason: 'they said so on the telephone' } });
export const unlink = (recordId: string, at: number, from: Given, to: Given) => record({ record: 'unlink', recordId, at: hour(at), from, to });
export const block = (recordId: string, at: number, from: Given, to?: Given) => record({ record: 'block', recordId, at: hour(at), from, ...(to && { to }) });
export const identify = (recordId: string, at: number, userId: string, more: object) =>
  record({ record: 'identify', recordId, at: hour(at), source: 'web', userId, ...more });
export const touch = (recordId: string, at: number, ids: readonly ReturnType<typeof id>[], more: { thing?: string; householdId?: string } = {}) =>
  record({ record: 'touchpoint', recordId, at: hour(at), ids: ids.map(({ type, value }) => ({ type, value })), ...more });

export const member = (name: string, householdId: string, since: number, until?: number): Membership => ({
  ...{ member: name, householdId, since: hour(since) },
  ...(until !== undefined && { until: hour(until) }),
});
