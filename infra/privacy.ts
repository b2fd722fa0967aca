/** What a household says about its data is obeyed, and a household that asks for it is forgotten. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DISPLAY_SHADOW } from '../shared/device/display.ts';
import { allowOnIot } from './construct/allow-on-iot.ts';
import { QueueWorker } from './construct/house-function.ts';
import type { House } from './house.ts';
import type { Identities } from './identities.ts';

export class Privacy extends Construct {
  readonly eraseHousehold: QueueWorker;

  constructor(scope: Construct, id: string, house: House, { pool }: Identities) {
    super(scope, id);
    const { households, journeys, retailers } = house.tables;
    const alerts = house.alerts;

    const apply = new QueueWorker(this, 'ApplyConsent', {
      name: 'apply-consent',
      errorImpact: 'A consent that was withdrawn is not obeyed: data goes on being used that must not be. The law knows no grace here.',
      environment: { HOUSEHOLDS_TABLE: households.tableName, JOURNEYS_TABLE: journeys.tableName, ...house.due },
      alerts,
    });
    house.open(households, apply.function, 'GetItem', 'Query', 'PutItem');
    house.open(journeys, apply.function, 'GetItem', 'Query', 'PutItem', 'DeleteItem');
    house.tell(apply, ['consent.given', 'consent.withdrawn', 'device.added', 'device.paired']);

    this.eraseHousehold = new QueueWorker(this, 'EraseHousehold', {
      name: 'erase-household',
      errorImpact: 'A household that asked to be forgotten is not yet: the law gives a month, and its people believe that it is done.',
      environment: {
        HOUSEHOLDS_TABLE: households.tableName,
        JOURNEYS_TABLE: journeys.tableName,
        RETAILERS_TABLE: retailers.tableName,
        USER_POOL_ID: pool.userPoolId,
        ...house.due,
      },
      // One household at a time takes the whole run.
      batchSize: 1,
      alerts,
    });
    house.open(households, this.eraseHousehold.function, 'GetItem', 'Query', 'PutItem', 'DeleteItem');
    house.open(journeys, this.eraseHousehold.function, 'GetItem', 'Query', 'PutItem', 'DeleteItem');
    house.open(retailers, this.eraseHousehold.function, 'DeleteItem');
    allowOnIot(this.eraseHousehold.function, {
      actions: ['iot:DeleteThingShadow'],
      resource: `thing/*/${DISPLAY_SHADOW}`,
      because: 'Things come and go after the deployment; only this one shadow of each may be cleared.',
    });
    allowOnIot(this.eraseHousehold.function, {
      actions: ['iot:DeleteConnection'],
      resource: 'client/app-*',
      because: 'Which app a member connects with is known only from the connection; things cannot have such a client id.',
    });
    this.eraseHousehold.function.addToRolePolicy(new PolicyStatement({ actions: ['cognito-idp:AdminDeleteUser'], resources: [pool.userPoolArn] }));
    house.tell(this.eraseHousehold, ['household.erasure-requested']);
  }
}
