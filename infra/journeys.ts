/** Stages 8 to 10: every step becomes a touchpoint, touchpoints become a profile, and the household hears of what concerns it. */
import { FilterRule } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { EventType } from '../shared/events.ts';
import { touchpointCatalogue } from '../shared/journey/catalogue.ts';
import { isShown } from '../shared/journey/change-note.ts';
import { householdMessages } from '../shared/journey/message.ts';
import { allowOnIot } from './construct/allow-on-iot.ts';
import { HouseFunction, QueueWorker } from './construct/house-function.ts';
import { readStream } from './construct/stream-reader.ts';
import { DeadLetters } from './construct/dead-letters.ts';
import type { House } from './house.ts';

const isEventType = (type: string, among: object): type is EventType => type in among;

/** What the catalogue marks: the template's rule and the function's code cannot disagree. */
const withTouchpoint = Object.entries(touchpointCatalogue).flatMap(([type, entry]) =>
  'none' in entry || !isEventType(type, touchpointCatalogue) ? [] : [type],
);
/** What an app shows, or what people are told. */
const heardByApps = Object.keys(touchpointCatalogue)
  .filter((type) => isEventType(type, touchpointCatalogue))
  .filter((type) => type in householdMessages || isShown(type));

export class Journeys extends Construct {
  readonly runAutomation: QueueWorker;
  readonly collectTouchpoints: HouseFunction;

  constructor(scope: Construct, id: string, house: House) {
    super(scope, id);
    const { households, journeys, retailers } = house.tables;
    const environment = { JOURNEYS_TABLE: journeys.tableName };
    const alerts = house.alerts;

    const record = new QueueWorker(this, 'RecordTouchpoint', {
      name: 'record-touchpoint',
      errorImpact: 'The journey misses what happened: support and marketing see an incomplete story until the dead letters are sent again.',
      environment,
      alerts,
    });
    house.open(journeys, record.function, 'PutItem');
    house.tell(record, withTouchpoint);

    this.collectTouchpoints = new HouseFunction(this, 'CollectTouchpoints', {
      name: 'collect-touchpoints',
      errorImpact: 'Touchpoints from web, e-mail and CRM are refused; senders will try again.',
      environment: { ...environment, HOUSEHOLDS_TABLE: households.tableName },
      alerts,
    });
    house.open(journeys, this.collectTouchpoints.function, 'GetItem', 'PutItem');
    house.open(households, this.collectTouchpoints.function, 'GetItem');

    this.updateJourney(house, environment);

    this.runAutomation = new QueueWorker(this, 'RunAutomation', {
      name: 'run-automation',
      errorImpact: 'Reminders are not sent: approvals may expire unanswered.',
      environment: { ...environment, ...house.due },
      alerts,
    });
    house.open(journeys, this.runAutomation.function, 'GetItem', 'PutItem');
    house.tell(this.runAutomation, ['order.approval-requested', 'order.approved', 'order.declined', 'order.expired', 'order.withdrawn']);

    const notify = new QueueWorker(this, 'NotifyHousehold', {
      name: 'notify-household',
      errorImpact: 'Households do not hear that an order waits for their answer or what became of it, and open screens show what was.',
      environment: { HOUSEHOLDS_TABLE: households.tableName, RETAILERS_TABLE: retailers.tableName, ROOT_SECRET: house.rootSecret.secretArn },
      alerts,
    });
    // For the link that goes out with a mandate.
    house.openRoot(notify.function);
    house.open(households, notify.function, 'GetItem');
    house.open(retailers, notify.function, 'GetItem');
    for (const topic of ['messages', 'changes']) {
      allowOnIot(notify.function, {
        actions: ['iot:Publish'],
        resource: `topic/app/nachschub/*/${topic}`,
        because: 'Households come and go after the deployment; only the two topics of their apps may be published on.',
      });
    }
    house.tell(notify, heardByApps);
  }

  private updateJourney(house: House, environment: Record<string, string>): void {
    const errorImpact = 'Profiles, phases and segments stand still; nothing is lost, they are recomputed from the touchpoints.';
    const update = new HouseFunction(this, 'UpdateJourney', { name: 'update-journey', errorImpact, environment, alerts: house.alerts });
    house.open(house.tables.journeys, update.function, 'GetItem', 'Query', 'PutItem');
    const failed = new DeadLetters(update, 'Failed', { errorImpact, alerts: house.alerts }).queue;
    // Inserts of touchpoints only: what this function writes itself does not start it again.
    const filter: Record<string, unknown> = { eventName: FilterRule.isEqual('INSERT'), dynamodb: { NewImage: { sk: { S: FilterRule.beginsWith('TP#') } } } };
    readStream(update, house.tables.journeys, { batchSize: 100, failed, filter });
  }
}
