/** Stages 2' and 7: supplies reviewed when their moment has come, and restocked by what became of the orders. */
import { Construct } from 'constructs';
import { QueueWorker } from './construct/house-function.ts';
import type { House } from './house.ts';

export class Supplies extends Construct {
  readonly reviewSupply: QueueWorker;

  constructor(scope: Construct, id: string, house: House) {
    super(scope, id);
    const environment = { HOUSEHOLDS_TABLE: house.tables.households.tableName, ...house.due };
    this.reviewSupply = new QueueWorker(this, 'ReviewSupply', {
      name: 'review-supply',
      errorImpact: 'Supplies without a sensor, and low ones that wait for confirmation, are not looked at: they may run out.',
      environment: { ...environment, RETAILERS_TABLE: house.tables.retailers.tableName },
      alerts: house.alerts,
    });
    // Query: whether the rest of the house was used while one level stood still.
    house.open(house.tables.households, this.reviewSupply.function, 'GetItem', 'PutItem', 'Query');
    // Whether a heating's fuel is cheap.
    house.open(house.tables.retailers, this.reviewSupply.function, 'GetItem', 'BatchGetItem');

    const followSupply = new QueueWorker(this, 'FollowSupply', {
      name: 'follow-supply',
      errorImpact: 'What was ordered or delivered is not counted: the household may be asked for the same thing twice.',
      environment,
      alerts: house.alerts,
    });
    // Query: how long the household takes to answer, as its other items have learnt it.
    house.open(house.tables.households, followSupply.function, 'GetItem', 'PutItem', 'Query');
    house.tell(followSupply, [
      'order.proposed',
      'order.approval-requested',
      'order.requoted',
      'order.approved',
      'order.declined',
      'order.expired',
      'order.withdrawn',
      'order.accepted',
      'order.changed',
      'order.rejected',
      'order.shipped',
      'order.substitution-answered',
      'order.part-delivered',
      'order.delivered',
      'order.returned',
      'order.cancelled',
      'contract.withdrawn',
    ]);
  }
}
