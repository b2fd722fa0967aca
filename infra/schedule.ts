/** What time starts: the schedule reads the sparse index of what is due and tells the function that each item names. */
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { CfnParameter } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { HouseFunction, type QueueWorker } from './construct/house-function.ts';
import { maySend } from './construct/grants.ts';
import { DeadLetters } from './construct/dead-letters.ts';
import type { House } from './house.ts';

export class DueSchedule extends Construct {
  /** @param workers by the name that stands in an item's `dueFor` @param elsewhere names of those in another stack, which are told on the bus */
  constructor(scope: Construct, id: string, house: House, workers: Record<string, QueueWorker>, elsewhere: readonly string[]) {
    super(scope, id);
    const errorImpact = 'Nothing that waits for its time happens: no confirmation, no proposal, no expiry, no second attempt at a shop.';
    const rate = new CfnParameter(this, 'Rate', {
      type: 'String',
      default: 'rate(1 minute)',
      description: 'How often what is due is started; every fifteen minutes where product time runs fast',
    });
    rate.overrideLogicalId('DueRate');
    const { households, retailers, journeys } = house.tables;
    const run = new HouseFunction(this, 'RunDue', {
      name: 'run-due',
      errorImpact,
      environment: {
        HOUSEHOLDS_TABLE: households.tableName,
        RETAILERS_TABLE: retailers.tableName,
        JOURNEYS_TABLE: journeys.tableName,
        ...house.due,
        DUE_QUEUES: JSON.stringify({
          ...Object.fromEntries(Object.entries(workers).map(([name, worker]) => [name, worker.inbox.queue.queueUrl])),
          ...Object.fromEntries(elsewhere.map((name) => [name, 'bus'])),
        }),
        EVENT_BUS: house.bus.eventBusName,
      },
      alerts: house.alerts,
    });
    for (const table of [households, retailers, journeys]) house.open(table, run.function, 'Query byDue');
    for (const worker of Object.values(workers)) maySend(run.function, worker.inbox.queue);
    house.bus.grantPutEventsTo(run.function);
    const missed = new DeadLetters(this, 'Missed', { errorImpact, alerts: house.alerts }).queue;
    new Rule(this, 'Every', {
      schedule: Schedule.expression(rate.valueAsString),
      targets: [new LambdaFunction(run.function, { deadLetterQueue: missed, retryAttempts: 2 })],
    });
  }
}
