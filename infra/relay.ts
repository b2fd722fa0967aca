/** The relay: what was decided goes from each table's stream to the bus; nobody commits and then publishes. */
import { FilterRule } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { maySend } from './construct/grants.ts';
import { readStream } from './construct/stream-reader.ts';
import { HouseFunction } from './construct/house-function.ts';
import { DeadLetters } from './construct/dead-letters.ts';
import type { House } from './house.ts';

export class Relay extends Construct {
  constructor(scope: Construct, id: string, house: House) {
    super(scope, id);
    const errorImpact = 'Decisions are stored but nobody hears of them: orders stand still until the refused events are sent again.';
    const refused = new DeadLetters(this, 'RefusedEvents', { errorImpact, alerts: house.alerts }).queue;
    const publish = new HouseFunction(this, 'PublishEvents', {
      name: 'publish-events',
      errorImpact,
      environment: { EVENT_BUS: house.bus.eventBusName, REFUSED_EVENTS_QUEUE: refused.queueUrl },
      alerts: house.alerts,
    });
    house.bus.grantPutEventsTo(publish.function);
    maySend(publish.function, refused);
    for (const table of [house.tables.households, house.tables.retailers, house.tables.journeys]) {
      // Only writes that spoke: silent ones cost nothing and say nothing twice.
      readStream(publish, table, { batchSize: 25, failed: refused, filters: [{ dynamodb: { NewImage: { says: { N: FilterRule.exists() } } } }] });
    }
  }
}
