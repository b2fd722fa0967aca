/** One page of everything that is held of a household: whole items as they stand, and beside them what they name elsewhere. */
import { GetThingShadowCommand, IoTDataPlaneClient, ResourceNotFoundException } from '@aws-sdk/client-iot-data-plane';
import { z } from 'zod';
import { DISPLAY_SHADOW } from '../../shared/device/display.ts';
import type { ExportEntry } from '../../shared/household/export.ts';
import { memberSchema, type Device, type Member } from '../../shared/household/household.ts';
import { historyFor, privacySchema } from '../../shared/household/privacy.ts';
import { leadSchema } from '../../shared/journey/lead/lead.ts';
import { outreachSchema } from '../../shared/journey/outreach/outreach.ts';
import { leadLookSchema, lookSchema } from '../../shared/support/look.ts';
import { thingNameSchema, type MemberId, type ThingName } from '../../shared/values.ts';
import { householdPk, isLead, kinds } from '../runtime/aggregates.ts';
import { besides, householdPartitions, isOfDevice, kindOf, thingPartition } from '../runtime/holdings.ts';
import { readItem, readItems, type Partition, type StoredItem } from '../runtime/partition.ts';
import { list } from '../runtime/store.ts';
import { VisibleError } from '../runtime/visible-error.ts';
import { doneElsewhere } from './done-elsewhere.ts';

const broker = new IoTDataPlaneClient({});

/** Lambda answers at most 6 MB; an item is at most 400 KB, and what stands beside it at most 64 KB. */
const PAGE_CHARACTERS = 1_500_000;
const ITEMS_AT_ONCE = 25;

/** Where a page ended: in which partition, behind which sort key. The household is never read from it. */
const cursorSchema = z.strictObject({ section: z.int().min(0).max(1_000), after: z.string().max(400).optional() });
type Cursor = z.infer<typeof cursorSchema>;

interface Section extends Partition {
  readonly device?: Device;
  /** Of a person, a visitor or a thing: only these touchpoints of it. */
  readonly touchpointIds?: ReadonlySet<string>;
  /** The lead that somebody was, with who looked at it. */
  readonly isLeads?: boolean;
}

interface Page {
  readonly entries: ExportEntry[];
  readonly next?: string;
}

export async function collectPage(member: Member, cursorText: string | undefined): Promise<Page> {
  const sections = await sectionsOf(member);
  let { section, after } = readCursor(cursorText);
  const entries: ExportEntry[] = [];
  let characters = 0;
  for (; ; section += 1, after = undefined) {
    const here = sections[section];
    if (here === undefined) return { entries };
    for (let items = await readItems(here, after, ITEMS_AT_ONCE); items.length > 0; items = await readItems(here, after, ITEMS_AT_ONCE)) {
      for (const item of items) {
        const found = await entriesOf(here, item, member.memberId);
        entries.push(...found);
        characters += JSON.stringify(found).length;
        after = item.sk;
        if (characters > PAGE_CHARACTERS) return { entries, next: writeCursor({ section, after }) };
      }
    }
  }
}

/** Its own partitions, those of every thing that was ever its own, and of whoever turned out to belong to it, in an order that a repeat finds again. */
async function sectionsOf(member: Member): Promise<Section[]> {
  const { householdId } = member;
  const devices = await list(kinds.device, householdPk(householdId), 'DEVICE#');
  const { partitions, touchpointIds, leadsAt } = await doneElsewhere(member);
  return [
    ...householdPartitions(householdId),
    ...devices.map(({ state }) => ({ ...thingPartition(state), device: state })),
    ...partitions.map((partition) => ({ ...partition, touchpointIds, isLeads: leadsAt.has(partition.pk) })),
  ];
}

const touchpointSchema = z.object({ touchpointId: z.string() });
const isAmong = (ids: ReadonlySet<string>, { state }: StoredItem): boolean => ids.has(touchpointSchema.safeParse(state).data?.touchpointId ?? '');

async function entriesOf({ device, touchpointIds, isLeads }: Section, item: StoredItem, memberId: MemberId): Promise<ExportEntry[]> {
  if (isLeads === true && item.sk.startsWith('LEAD')) return [leadEntry(item)];
  if (touchpointIds !== undefined && !isAmong(touchpointIds, item)) return [];
  const { kind, id, isPersonal } = kindOf(device === undefined ? 'household' : 'thing', item.sk);
  if (device === undefined ? isPersonal && !isOf(item, memberId) : !isOfDevice(device, item)) return [];
  const beside = await Promise.all(besides(kind, item).map(async (one) => ({ ...one, item: await readItem(one.table, one.key) })));
  const thing = kind === 'device' ? thingNameSchema.parse(id) : undefined;
  return [
    { kind, id, state: shownTo(memberId, kind, item.state), events: item.events },
    ...beside.flatMap((one) => (one.item === undefined ? [] : [{ kind: one.kind, id: one.key.sk, state: one.item.state, events: one.item.events }])),
    ...(thing === undefined ? [] : await shadowOf(thing)),
  ];
}

/** What they were to us before they had a household, and when but not by whom of us that was looked at. */
function leadEntry({ sk, state, events }: StoredItem): ExportEntry {
  if (!isLead(sk)) {
    const { staffId: _, ...seen } = leadLookSchema.parse(state);
    return { kind: 'leadLook', id: seen.lookId, state: seen, events };
  }
  const lead = leadSchema.parse(state);
  const { handedOver, ...standing } = lead.standing;
  const { by: _, ...handing } = handedOver ?? { by: undefined };
  const shown = { ...standing, ...(handedOver !== undefined && { handedOver: handing }) };
  return { kind: 'lead', id: lead.leadId, state: { ...lead, standing: shown, decisions: lead.decisions.map(({ by: __, ...decision }) => decision) }, events };
}

const ownedSchema = z.object({ memberId: z.string() });
/** Some of these items name their member only in the key. */
const isOf = ({ sk, state }: StoredItem, memberId: MemberId): boolean => {
  const owned = ownedSchema.safeParse(state);
  return owned.success ? owned.data.memberId === memberId : sk.split('#').includes(memberId);
};

/** Of the others who live there no more than they see of each other anyway (GDPR Art. 15 (4), Art. 20 (4)), and when but not by whom of us they were looked at (CJEU C-579/21). */
function shownTo(memberId: MemberId, kind: string, state: unknown): unknown {
  if (kind === 'privacy') {
    const privacy = privacySchema.parse(state);
    return { ...privacy, answers: historyFor(privacy, memberId), exports: privacy.exports.filter((one) => one.memberId === memberId) };
  }
  if (kind === 'outreach') {
    const outreach = outreachSchema.parse(state);
    const own = <Of extends { memberId: MemberId }>(of: readonly Of[] = []) => of.filter((one) => one.memberId === memberId);
    const reached = outreach.reached.map((one) => ({ ...one, ...(one.mailed && { mailed: own(one.mailed) }) }));
    return { ...outreach, ...(outreach.mailAnswers && { mailAnswers: own(outreach.mailAnswers) }), reached };
  }
  if (kind === 'look') {
    const { staffId: _, ...seen } = lookSchema.parse(state);
    return seen;
  }
  if (kind !== 'member') return state;
  const member = memberSchema.parse(state);
  const { householdId, memberId: who, name, role, joinedAt } = member;
  return who === memberId ? member : { householdId, memberId: who, name, role, joinedAt };
}

async function shadowOf(thing: ThingName): Promise<ExportEntry[]> {
  try {
    const { payload } = await broker.send(new GetThingShadowCommand({ thingName: thing, shadowName: DISPLAY_SHADOW }));
    return [{ kind: 'shadow', id: thing, state: JSON.parse(Buffer.from(payload ?? []).toString('utf8')) as unknown, events: [] }];
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return [];
    throw error;
  }
}

const writeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

function readCursor(text: string | undefined): Cursor {
  if (text === undefined) return { section: 0 };
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    throw new VisibleError(400, 'bad-request', 'cursor: expected the one that the page before gave');
  }
}
