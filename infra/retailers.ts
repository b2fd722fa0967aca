/** Stages 5 and 6: orders go to retailers by signed webhook, and what retailers answer comes back; silence is asked about. */
import { Duration } from 'aws-cdk-lib';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { alertWhen } from './construct/alert.ts';
import { HouseFunction, QueueWorker } from './construct/house-function.ts';
import type { House } from './house.ts';

/** What `deliver-webhook` logs when a person has to look: a message that no attempt could deliver, a shop that an hour of messages did not reach, a shop shut out. */
const ALERTS = ['webhook abandoned', 'shop unreachable', 'shop disabled'] as const;

export class Retailers extends Construct {
  readonly deliverWebhook: QueueWorker;
  readonly reconcileOrder: QueueWorker;
  readonly retailerApi: HouseFunction;

  constructor(scope: Construct, id: string, house: House) {
    super(scope, id);
    const { households, retailers } = house.tables;
    const environment = {
      HOUSEHOLDS_TABLE: households.tableName,
      RETAILERS_TABLE: retailers.tableName,
      ROOT_SECRET: house.rootSecret.secretArn,
      ...house.due,
    };

    this.deliverWebhook = new QueueWorker(this, 'DeliverWebhook', {
      name: 'deliver-webhook',
      errorImpact: 'Approved orders do not reach their shops: deliveries come late or not at all.',
      environment,
      // One attempt takes at most 15 s; one order a call, so that a hanging shop holds up nobody else's.
      timeout: Duration.seconds(45),
      batchSize: 1,
      alerts: house.alerts,
    });
    house.tell(this.deliverWebhook, [
      'order.approved',
      'order.cancel-requested',
      'order.taken-after-refusal',
      'order.substitution-answered',
      'contract.declared',
      'contract.withdrawn',
    ]);
    this.alertWhenAbandoned(house);

    this.reconcileOrder = new QueueWorker(this, 'ReconcileOrder', {
      name: 'reconcile-order',
      errorImpact: 'Orders whose shop fell silent are not asked about: households wait for goods that may never come.',
      environment,
      timeout: Duration.seconds(45),
      batchSize: 1,
      alerts: house.alerts,
    });

    this.retailerApi = new HouseFunction(this, 'RetailerApi', {
      name: 'retailer-api',
      errorImpact: 'Shops cannot answer orders or publish offers; they will try again for three days.',
      environment,
      alerts: house.alerts,
    });

    for (const { function: caller } of [this.deliverWebhook, this.reconcileOrder, this.retailerApi]) {
      house.open(households, caller, 'GetItem', 'PutItem');
      house.openRoot(caller);
    }
    house.open(retailers, this.deliverWebhook.function, 'GetItem', 'PutItem');
    house.open(retailers, this.reconcileOrder.function, 'GetItem', 'PutItem');
    house.open(retailers, this.retailerApi.function, 'GetItem', 'Query', 'PutItem');
  }

  /** The delivery itself is the dead letter, kept with its attempts; a person is told by the line that the function logs. */
  private alertWhenAbandoned(house: House): void {
    const filter = new MetricFilter(this.deliverWebhook, 'Abandoned', {
      logGroup: this.deliverWebhook.logs,
      filterPattern: FilterPattern.any(...ALERTS.map((line) => FilterPattern.stringValue('$.message', '=', line))),
      metricNamespace: 'Nachschub',
      metricName: 'WebhookAbandoned',
    });
    alertWhen(this.deliverWebhook, 'AbandonedAlarm', {
      text: 'A shop cannot be reached, was shut out, or did not take a message in any attempt: households were told, and somebody has to look at the shop.',
      metric: filter.metric({ statistic: 'Sum', period: Duration.minutes(5) }),
      threshold: 1,
      periods: 1,
      alerts: house.alerts,
    });
  }
}
