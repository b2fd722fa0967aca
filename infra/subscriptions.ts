/** Stage 8, outwards: what happened goes to the systems that subscribed to it, from a queue of its own, so that none of them keeps an order waiting. */
import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { toldTypes } from '../shared/journey/subscription/subscription.ts';
import { alertWhen } from './construct/alert.ts';
import { maySend } from './construct/grants.ts';
import { QueueWorker, type HouseFunction } from './construct/house-function.ts';
import { QueueTarget } from './construct/queue-target.ts';
import type { House } from './house.ts';

/** As items name it that are due for it; the first stack says so on the bus (`run-due`). */
const WORKER = 'deliver-subscription';
/** What the function logs when a person has to look. */
const ALERTS = ['subscription unreachable', 'subscription stopped'] as const;

export class Subscriptions extends Construct {
  readonly #deliver: QueueWorker;

  constructor(scope: Construct, id: string, house: House) {
    super(scope, id);
    const { households, journeys } = house.tables;
    this.#deliver = new QueueWorker(this, 'DeliverSubscription', {
      name: WORKER,
      errorImpact: 'CRM, warehouse and marketing tools do not hear what happens; nothing is lost, what waits goes out when this works again.',
      environment: {
        ...{ HOUSEHOLDS_TABLE: households.tableName, JOURNEYS_TABLE: journeys.tableName, ROOT_SECRET: house.rootSecret.secretArn },
        ...house.due,
      },
      // Messages of a batch go out side by side; an attempt takes at most 15 s.
      timeout: Duration.seconds(45),
      alerts: house.alerts,
    });
    const { function: run } = this.#deliver;
    house.open(journeys, run, 'GetItem', 'Query', 'PutItem');
    // Whether the household is still there, and its consents.
    house.open(households, run, 'GetItem');
    house.openRoot(run);
    house.tell(this.#deliver, [...toldTypes, 'household.erased', 'consent.withdrawn']);
    new Rule(this, 'Due', {
      eventBus: house.bus,
      eventPattern: { source: [`nachschub.${WORKER}`], detailType: ['due'] },
      targets: [new QueueTarget(this.#deliver.inbox)],
    });
    this.alertWhenStopped(house);
  }

  /** Lets a function that has made messages say so at once. */
  hurry(maker: HouseFunction): void {
    maker.function.addEnvironment('HAND_ON_QUEUE', this.#deliver.inbox.queue.queueUrl);
    maySend(maker.function, this.#deliver.inbox.queue);
  }

  private alertWhenStopped(house: House): void {
    const filter = new MetricFilter(this.#deliver, 'Stopped', {
      logGroup: this.#deliver.logs,
      filterPattern: FilterPattern.any(...ALERTS.map((line) => FilterPattern.stringValue('$.message', '=', line))),
      metricNamespace: 'Nachschub',
      metricName: 'SubscriptionStopped',
    });
    alertWhen(this.#deliver, 'StoppedAlarm', {
      text: 'A system that subscribed to the journey has not been reached for an hour, or was stopped after days: somebody has to look at it. What happens meanwhile is held for a month.',
      metric: filter.metric({ statistic: 'Sum', period: Duration.minutes(5) }),
      threshold: 1,
      periods: 1,
      alerts: house.alerts,
    });
  }
}
