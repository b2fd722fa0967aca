/** The company's side of the journey: what those who look after households see and do. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { HouseFunction } from './construct/house-function.ts';
import type { House } from './house.ts';
import type { Identities } from './identities.ts';

export class Console extends Construct {
  readonly journeyApi: HouseFunction;

  constructor(scope: Construct, id: string, house: House, { pool }: Identities) {
    super(scope, id);
    const { households, journeys, retailers } = house.tables;
    this.journeyApi = new HouseFunction(this, 'JourneyApi', {
      name: 'journey-api',
      errorImpact: 'Whoever has a household on the telephone sees nothing of it; households notice nothing but a longer call.',
      environment: {
        ...{ HOUSEHOLDS_TABLE: households.tableName, JOURNEYS_TABLE: journeys.tableName, RETAILERS_TABLE: retailers.tableName },
        USER_POOL_ID: pool.userPoolId,
        // A lead that is handed over is looked at again.
        ...house.due,
      },
      alerts: house.alerts,
    });
    const { function: run } = this.journeyApi;
    // Cases are answered; nothing else of a household is changed from here.
    house.open(households, run, 'GetItem', 'Query', 'PutItem');
    // A lead that asks to be forgotten is; a household's own data is erased elsewhere.
    house.open(journeys, run, 'GetItem', 'Query', 'PutItem', 'DeleteItem');
    // Query: which shops have something cheap, or are late.
    house.open(retailers, run, 'GetItem', 'Query');
    run.addToRolePolicy(new PolicyStatement({ actions: ['cognito-idp:AdminGetUser'], resources: [pool.userPoolArn] }));
  }
}
