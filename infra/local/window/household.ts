/** One household as the window shows it, read from the tables. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { householdPk, keys, kinds, type StoredOrder } from '../../../functions/runtime/aggregates.ts';
import type { Instance } from '../../../shared/journey/conversion-path/instance.ts';
import type { Standing } from '../../../shared/journey/standing/standing.ts';
import type { Touchpoint } from '../../../shared/journey/touchpoint.ts';
import type { Household, Member } from '../../../shared/household/household.ts';
import type { Spend } from '../../../shared/order/mandate/spend.ts';
import type { Supply } from '../../../shared/supply/supply.ts';
import type { HouseholdId } from '../../../shared/values.ts';
import type { Access } from '../cloud/control.ts';
import { ChangedItems, readState } from './changed-items.ts';
import { Touchpoints } from './touchpoints.ts';

export interface HouseholdFacts {
  readonly household: Household;
  readonly members: readonly Member[];
  readonly supplies: readonly Supply[];
  readonly orders: readonly StoredOrder[];
  readonly spend: Spend | undefined;
  readonly standing: Standing | undefined;
  readonly automations: readonly Instance[];
  /** The newest first. */
  readonly touchpoints: readonly Touchpoint[];
  readonly touchpointCounts: ReadonlyMap<string, number>;
  readonly touchpointsTotal: number;
}

export class HouseholdReader {
  readonly #documents: DynamoDBDocumentClient;
  readonly #householdId: HouseholdId;
  readonly #tables: Access['tables'];
  readonly #members: ChangedItems<Member>;
  readonly #supplies: ChangedItems<Supply>;
  readonly #orders: ChangedItems<StoredOrder>;
  readonly #automations: ChangedItems<Instance>;
  readonly #touchpoints: Touchpoints;

  constructor(documents: DynamoDBDocumentClient, tables: Access['tables'], householdId: HouseholdId) {
    const pk = householdPk(householdId);
    this.#documents = documents;
    this.#householdId = householdId;
    this.#tables = tables;
    this.#members = new ChangedItems(documents, kinds.member, { table: tables.households, pk, skPrefix: 'MEMBER#' });
    this.#supplies = new ChangedItems(documents, kinds.supply, { table: tables.households, pk, skPrefix: 'SUPPLY#' });
    this.#orders = new ChangedItems(documents, kinds.order, { table: tables.households, pk, skPrefix: 'ORDER#' });
    this.#automations = new ChangedItems(documents, kinds.conversionPath, { table: tables.journeys, pk, skPrefix: 'AUTO#' });
    this.#touchpoints = new Touchpoints(documents, tables.journeys, pk);
  }

  async read(): Promise<HouseholdFacts | undefined> {
    const { households, journeys } = this.#tables;
    const [household, spend, standing, members, supplies, orders, automations, touchpoints] = await Promise.all([
      readState(this.#documents, kinds.household, { table: households, key: keys.household(this.#householdId) }),
      readState(this.#documents, kinds.spend, { table: households, key: keys.spend(this.#householdId) }),
      readState(this.#documents, kinds.standing, { table: journeys, key: keys.standing(this.#householdId) }),
      this.#members.read(),
      this.#supplies.read(),
      this.#orders.read(),
      this.#automations.read(),
      this.#touchpoints.read(),
    ]);
    if (household === undefined) return undefined;
    const { counts: touchpointCounts, total: touchpointsTotal } = this.#touchpoints;
    return { household, members, spend, standing, supplies, orders, automations, touchpoints, touchpointCounts, touchpointsTotal };
  }
}
