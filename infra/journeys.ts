/** Stages 8 and 9: every step becomes a touchpoint, and touchpoints become a journey. */
import { Stack } from 'aws-cdk-lib';
import { FilterRule } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { EventType } from '../shared/events.ts';
import { touchpointCatalogue } from '../shared/journey/catalogue.ts';
import { HouseFunction, QueueWorker } from './construct/house-function.ts';
import { readStream } from './construct/stream-reader.ts';
import { DeadLetters } from './construct/dead-letters.ts';
import type { House } from './house.ts';
import type { Identities } from './identities.ts';
import { Subscriptions } from './subscriptions.ts';

export const isEventType = (type: string, among: object): type is EventType => type in among;

/** What the catalogue marks: the template's rule and the function's code cannot disagree. */
const withTouchpoint = Object.entries(touchpointCatalogue).flatMap(([type, entry]) =>
  'none' in entry || !isEventType(type, touchpointCatalogue) ? [] : [type],
);
export class Journeys extends Construct {
  readonly collectTouchpoints: HouseFunction;

  constructor(scope: Construct, id: string, house: House, { issuer, collectorClientId }: Identities) {
    super(scope, id);
    const { households, journeys } = house.tables;
    const environment = { JOURNEYS_TABLE: journeys.tableName };
    const alerts = house.alerts;

    const record = new QueueWorker(this, 'RecordTouchpoint', {
      name: 'record-touchpoint',
      errorImpact: 'The journey misses what happened: support and marketing see an incomplete story until the dead letters are sent again.',
      environment: { ...environment, HOUSEHOLDS_TABLE: households.tableName },
      alerts,
    });
    house.open(journeys, record.function, 'GetItem', 'PutItem');
    // Of which product line the goods are that an event is about.
    house.open(households, record.function, 'GetItem');
    house.tell(record, withTouchpoint);

    this.collectTouchpoints = new HouseFunction(this, 'CollectTouchpoints', {
      name: 'collect-touchpoints',
      errorImpact: 'Touchpoints from web, e-mail and CRM are refused; senders will try again.',
      environment: {
        ...{ ...environment, HOUSEHOLDS_TABLE: households.tableName, ROOT_SECRET: house.rootSecret.secretArn },
        ...house.due,
        ...{ TOKEN_ISSUER: issuer, TOKEN_CLIENTS: Stack.of(this).toJsonString([collectorClientId]) },
      },
      alerts,
    });
    // For the key under which addresses and telephone numbers are hidden.
    house.openRoot(this.collectTouchpoints.function);
    house.open(journeys, this.collectTouchpoints.function, 'GetItem', 'Query', 'PutItem');
    house.open(households, this.collectTouchpoints.function, 'GetItem');

    this.updateJourney(house, environment, new Subscriptions(this, 'Subscriptions', house));
    this.tally(house, environment);
  }

  private updateJourney(house: House, environment: Record<string, string>, subscriptions: Subscriptions): void {
    const errorImpact = 'Profiles, phases and segments stand still; nothing is lost, they are recomputed from the touchpoints.';
    const update = new HouseFunction(this, 'UpdateJourney', {
      name: 'update-journey',
      errorImpact,
      // Where a household stands is looked at again once a day.
      environment: { ...environment, ...house.due },
      alerts: house.alerts,
    });
    house.open(house.tables.journeys, update.function, 'GetItem', 'Query', 'PutItem', 'DeleteItem');
    subscriptions.hurry(update);
    const failed = new DeadLetters(update, 'Failed', { errorImpact, alerts: house.alerts }).queue;
    const isNew: Record<string, unknown> = { eventName: FilterRule.isEqual('INSERT') };
    const image = (sk: unknown) => ({ dynamodb: { NewImage: { sk: { S: sk } } } });
    const filters = [
      // What this function writes itself does not start it again.
      { ...isNew, ...image(FilterRule.beginsWith('TP#')) },
      // Who is who has changed.
      image(FilterRule.isEqual('CIRCLE')),
    ];
    readStream(update, house.tables.journeys, { batchSize: 100, failed, filters });
  }

  private tally(house: House, environment: Record<string, string>): void {
    const errorImpact = 'Reports on journeys stand still; nothing is lost, what changed is counted when it is read again.';
    const tally = new HouseFunction(this, 'TallyJourneys', { name: 'tally-journeys', errorImpact, environment, alerts: house.alerts });
    // Who is forgotten is on no roll.
    house.open(house.tables.journeys, tally.function, 'GetItem', 'PutItem', 'DeleteItem');
    const failed = new DeadLetters(tally, 'Failed', { errorImpact, alerts: house.alerts }).queue;
    // Counters are no source of counters: what this function writes itself does not start it again.
    const counted = [...['DAY#', 'PROCESS#', 'TOUCHPATHS#', 'EXPOSURE#', 'AUTO#'].map((prefix) => ({ prefix })), 'STANDING', 'NEXT-BEST', 'LEAD'];
    readStream(tally, house.tables.journeys, { batchSize: 100, failed, filters: [{ dynamodb: { Keys: { sk: { S: counted } } } }] });
  }
}
