/** Takes the snapshot that the page and the terminal show, from the tables and the files of the run. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import path from 'node:path';
import { z } from 'zod';
import { keys, kinds } from '../../../functions/runtime/aggregates.ts';
import { addDuration, duration, householdIdSchema, instantOf, type HouseholdId, type Instant, type RetailerId } from '../../../shared/values.ts';
import type { Access } from '../cloud/control.ts';
import type { Conductor } from '../conductor/conductor.ts';
import { REGION } from '../template/identity.ts';
import { readState } from './changed-items.ts';
import { flowOf } from './flow.ts';
import { HouseholdReader, type HouseholdFacts } from './household.ts';
import { householdView } from './household-view.ts';
import { Readings } from './readings.ts';
import { ShopBooks } from './shop-books.ts';
import { snapshotSchema, type Dated, type Snapshot } from './snapshot.ts';
import { NO_TOTAL, touchpointSentence } from './words.ts';

/** More fit on no screen; the flow counts the same ones. */
const HOUSEHOLDS_MAX = 4;
const SCAN_PAGES_MAX = 5;
/** Who moves in while the window is open is seen after this long. */
const LOOK_AGAIN_WALL_MILLIS = 15_000;
const ALERT_LASTS_DAYS = 3;
const ALERTS_MAX = 4;

export interface SnapshotSource {
  readonly access: Access;
  readonly conductor: Pick<Conductor, 'now' | 'mode'>;
  readonly dataDirectory: string;
  readonly rate: number;
  /** Households that are shown first, in this order, whoever else lives here. */
  readonly residents: readonly string[];
}

export class SnapshotTaker {
  readonly #source: SnapshotSource;
  readonly #documents: DynamoDBDocumentClient;
  readonly #readings: Readings;
  readonly #books: ShopBooks;
  readonly #readers = new Map<HouseholdId, HouseholdReader>();
  readonly #shopNames = new Map<RetailerId, string>();
  #moreHouseholds = false;
  #lookedAt = -Infinity;

  constructor(source: SnapshotSource) {
    const { access, dataDirectory, residents } = source;
    const { endpointUrl: endpoint, accessKeyId, secretAccessKey } = access;
    this.#source = source;
    this.#documents = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region: REGION, credentials: { accessKeyId, secretAccessKey } }));
    this.#readings = new Readings(path.join(dataDirectory, 'journal.ndjson'));
    this.#books = new ShopBooks(path.join(dataDirectory, 'ledgers'));
    for (const resident of residents.slice(0, HOUSEHOLDS_MAX)) this.#welcome(householdIdSchema.parse(resident));
  }

  async take(): Promise<Snapshot> {
    await this.#lookForHouseholds();
    const { conductor, rate } = this.#source;
    const [readings, receipts, ...read] = await Promise.all([
      this.#readings.read(),
      this.#books.read((retailerId) => this.#nameOf(retailerId)),
      ...[...this.#readers.values()].map((reader) => reader.read()),
    ]);
    const households = read.filter((facts) => facts !== undefined).sort((a, b) => this.#rank(a) - this.#rank(b) || byAge(a, b));
    for (const { orders } of households) for (const { order } of orders) await this.#nameOf(order.retailerId);
    const now = instantOf(conductor.now());
    const shopName = (retailerId: RetailerId): string => this.#shopNames.get(retailerId) ?? retailerId;
    return snapshotSchema.parse({
      now,
      mode: conductor.mode,
      rate: conductor.mode === 'real-time' ? rate : 0,
      households: households.map((facts) => householdView(facts, now, shopName)),
      moreHouseholds: this.#moreHouseholds,
      receipts,
      flow: flowOf(readings, households),
      alerts: households.flatMap((facts) => alertsOf(facts, now)).slice(0, ALERTS_MAX),
    });
  }

  close(): void {
    this.#documents.destroy();
  }

  async #lookForHouseholds(): Promise<void> {
    const isDue = this.#readers.size === 0 || performance.now() - this.#lookedAt > LOOK_AGAIN_WALL_MILLIS;
    if (!isDue || this.#moreHouseholds) return;
    this.#lookedAt = performance.now();
    const { tables } = this.#source.access;
    let startKey: Record<string, unknown> | undefined;
    for (let page = 0; page < SCAN_PAGES_MAX; page += 1) {
      const found = await this.#documents.send(
        new ScanCommand({
          TableName: tables.households,
          FilterExpression: 'sk = :household',
          ProjectionExpression: 'pk',
          ExpressionAttributeValues: { ':household': 'HOUSEHOLD' },
          ExclusiveStartKey: startKey,
        }),
      );
      for (const { pk } of z.array(z.object({ pk: z.string() })).parse(found.Items ?? [])) this.#welcome(householdIdSchema.parse(pk.slice(3)));
      startKey = found.LastEvaluatedKey;
      if (startKey === undefined) return;
    }
  }

  #rank({ household }: HouseholdFacts): number {
    const { residents } = this.#source;
    const place = residents.indexOf(household.householdId);
    return place < 0 ? residents.length : place;
  }

  #welcome(householdId: HouseholdId): void {
    if (this.#readers.has(householdId)) return;
    if (this.#readers.size >= HOUSEHOLDS_MAX) this.#moreHouseholds = true;
    else this.#readers.set(householdId, new HouseholdReader(this.#documents, this.#source.access.tables, householdId));
  }

  async #nameOf(retailerId: RetailerId): Promise<string> {
    const known = this.#shopNames.get(retailerId);
    if (known !== undefined) return known;
    const at = { table: this.#source.access.tables.retailers, key: keys.retailer(retailerId) };
    const name = (await readState(this.#documents, kinds.retailer, at))?.name ?? retailerId;
    this.#shopNames.set(retailerId, name);
    return name;
  }
}

/** Whoever moved in first stands first, and at the same moment whoever comes first in the alphabet, however the store keeps them. */
function byAge({ household: a }: HouseholdFacts, { household: b }: HouseholdFacts): number {
  return `${a.createdAt} ${a.householdId}` < `${b.createdAt} ${b.householdId}` ? -1 : 1;
}

/** A shop that was not reached, and what somebody should look at in an order. */
function alertsOf({ touchpoints, orders }: HouseholdFacts, now: Instant): Dated[] {
  const since = addDuration(now, duration(-ALERT_LASTS_DAYS, 'days'));
  const names = { supply: '', goods: '', total: NO_TOTAL };
  const unreached = touchpoints
    .filter(({ type, at }) => type === 'webhook.abandoned' && at >= since)
    .map((touchpoint) => ({ at: touchpoint.at, sentence: touchpointSentence(touchpoint, names) }));
  const disputed = orders.flatMap(({ order }) =>
    'progress' in order && order.proposedAt >= since
      ? order.progress.problems.map((problem) => ({
          at: order.proposedAt,
          sentence: { en: `${order.orderId}: ${problem}`, de: `${order.orderId}: ${problem}` },
        }))
      : [],
  );
  return [...unreached, ...disputed].sort((a, b) => (a.at < b.at ? 1 : -1));
}
