/** Stages 3 and 4: baskets become proposals, and proposals are decided inside a mandate or by a person. */
import { Construct } from 'constructs';
import { QueueWorker } from './construct/house-function.ts';
import type { House } from './house.ts';

const TERMINAL = ['order.declined', 'order.expired', 'order.withdrawn', 'order.rejected', 'order.delivered', 'order.cancelled'] as const;

export class Orders extends Construct {
  readonly proposeOrder: QueueWorker;
  readonly decideOrder: QueueWorker;

  constructor(scope: Construct, id: string, house: House) {
    super(scope, id);
    const { households, retailers } = house.tables;
    this.proposeOrder = new QueueWorker(this, 'ProposeOrder', {
      name: 'propose-order',
      errorImpact: 'Needs are known but nothing is proposed: households run out although their devices said so.',
      environment: { HOUSEHOLDS_TABLE: households.tableName, RETAILERS_TABLE: retailers.tableName, ...house.due },
      alerts: house.alerts,
    });
    house.open(households, this.proposeOrder.function, 'GetItem', 'PutItem', 'Query');
    house.open(retailers, this.proposeOrder.function, 'GetItem', 'PutItem', 'BatchGetItem');
    house.tell(this.proposeOrder, ['supply.low', 'order.requoted', ...TERMINAL]);

    this.decideOrder = new QueueWorker(this, 'DecideOrder', {
      name: 'decide-order',
      errorImpact: 'Proposed orders are neither bought inside a mandate nor put before a person; money reserved for ended ones stays reserved.',
      environment: { HOUSEHOLDS_TABLE: households.tableName, ...house.due },
      alerts: house.alerts,
    });
    house.open(households, this.decideOrder.function, 'GetItem', 'PutItem');
    house.tell(this.decideOrder, ['order.proposed', ...TERMINAL, 'member.left']);
  }
}
