/** Stage 10: the household is reminded, and hears of what concerns it. */
import { Construct } from 'constructs';
import { touchpointCatalogue } from '../shared/journey/catalogue.ts';
import { isShown } from '../shared/journey/change-note.ts';
import { householdMessages } from '../shared/journey/message.ts';
import { allowOnIot } from './construct/allow-on-iot.ts';
import { QueueWorker } from './construct/house-function.ts';
import type { House } from './house.ts';
import { isEventType } from './journeys.ts';

/** What an app shows, or what people are told. */
const heardByApps = Object.keys(touchpointCatalogue)
  .filter((type) => isEventType(type, touchpointCatalogue))
  .filter((type) => type in householdMessages || isShown(type));

export class Automation extends Construct {
  readonly runAutomation: QueueWorker;

  constructor(scope: Construct, id: string, house: House) {
    super(scope, id);
    const { households, journeys, retailers } = house.tables;
    const alerts = house.alerts;

    this.runAutomation = new QueueWorker(this, 'RunAutomation', {
      name: 'run-automation',
      errorImpact: 'Reminders are not sent, so approvals may expire unanswered; and households are not asked how it went.',
      environment: { JOURNEYS_TABLE: journeys.tableName, HOUSEHOLDS_TABLE: households.tableName, RETAILERS_TABLE: retailers.tableName, ...house.due },
      alerts,
    });
    // Query: when a household usually acts is read from its days.
    house.open(journeys, this.runAutomation.function, 'GetItem', 'Query', 'PutItem');
    // Query: nobody is asked how it went while one of its problems is open.
    house.open(households, this.runAutomation.function, 'GetItem', 'PutItem', 'Query');
    // Messages name the shop. Query: what it has cheap.
    house.open(retailers, this.runAutomation.function, 'GetItem', 'Query');
    const acted = ['action.recommended', 'outreach.sent', 'outreach.opened'] as const;
    house.tell(this.runAutomation, ['order.delivered', 'case.solved', 'segment.entered', ...acted, 'referral.redeemed', 'referral.welcomed']);

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
}
