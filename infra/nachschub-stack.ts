/** The product in the order of its flow; what keeps and reads the journey stands in a stack of its own (`journeys-stack.ts`). */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { DISPLAY_SHADOW } from '../shared/device/display.ts';
import { allowOnIot } from './construct/allow-on-iot.ts';
import { HouseFunction } from './construct/house-function.ts';
import { Api } from './api.ts';
import { AppSite } from './app.ts';
import { Apps } from './apps.ts';
import { Automation } from './automation.ts';
import { Devices } from './devices.ts';
import { House } from './house.ts';
import { Mail } from './mail.ts';
import { Identities } from './identities.ts';
import { Operations } from './operations.ts';
import { Orders } from './orders.ts';
import { Relay } from './relay.ts';
import { Retailers } from './retailers.ts';
import { Privacy } from './privacy.ts';
import { DueSchedule } from './schedule.ts';
import { Supplies } from './supplies.ts';

export interface NachschubStackProps extends StackProps {
  /** Shops whose machines read our API with a client of their own. */
  readonly retailers?: readonly string[];
}

export class NachschubStack extends Stack {
  readonly house: House;
  readonly identities: Identities;
  readonly api: Api;

  constructor(scope: Construct, id: string, props?: NachschubStackProps) {
    super(scope, id, props);
    const identities = new Identities(this, 'Identities', props?.retailers ?? []);
    const house = new House(this, 'House');
    const apps = new Apps(this, 'Apps', house, identities);
    new Devices(this, 'Devices', house);
    const supplies = new Supplies(this, 'Supplies', house);
    const orders = new Orders(this, 'Orders', house);
    const retailers = new Retailers(this, 'Retailers', house);
    retailers.retailerApi.function.addEnvironment('RETAILER_CLIENTS', this.toJsonString(identities.retailerClientIds));
    const automation = new Automation(this, 'Automation', house);
    const mail = new Mail(this, 'Mail', house, identities);
    mail.open(automation.runAutomation);
    new Relay(this, 'Relay', house);
    const privacy = new Privacy(this, 'Privacy', house, identities);

    const householdApi = new HouseFunction(this, 'HouseholdApi', {
      name: 'household-api',
      errorImpact: 'Households cannot see or answer anything in the app.',
      environment: {
        HOUSEHOLDS_TABLE: house.tables.households.tableName,
        JOURNEYS_TABLE: house.tables.journeys.tableName,
        RETAILERS_TABLE: house.tables.retailers.tableName,
        ROOT_SECRET: house.rootSecret.secretArn,
        ...house.due,
      },
      alerts: house.alerts,
    });
    mail.open(householdApi);
    lookAfterMembers(householdApi.function, identities);
    house.open(house.tables.households, householdApi.function, 'GetItem', 'Query', 'PutItem');
    // For the links that end a mandate without signing in.
    house.openRoot(householdApi.function);
    house.open(house.tables.journeys, householdApi.function, 'GetItem', 'Query');
    house.open(house.tables.retailers, householdApi.function, 'GetItem', 'BatchGetItem', 'Query');
    allowOnIot(householdApi.function, {
      actions: ['iot:GetThingShadow'],
      resource: `thing/*/${DISPLAY_SHADOW}`,
      because: 'Things come and go after the deployment; what their screens show belongs into the copy that their household takes home.',
    });

    const describeApi = new HouseFunction(this, 'DescribeApi', {
      name: 'describe-api',
      errorImpact: 'Whoever writes a client for the API cannot read its description; nothing else is concerned.',
      alerts: house.alerts,
    });

    const api = new Api(this, 'Api', identities, {
      'household-api': householdApi.function,
      'retailer-api': retailers.retailerApi.function,
      'describe-api': describeApi.function,
    });
    const site = new AppSite(this, 'App', { identities, apiUrl: api.url, authorizerName: apps.authorizerName });
    identities.comeBackTo(site.url);
    mail.leadTo(site.url);
    const workers = {
      'review-supply': supplies.reviewSupply,
      'propose-order': orders.proposeOrder,
      'decide-order': orders.decideOrder,
      'deliver-webhook': retailers.deliverWebhook,
      'reconcile-order': retailers.reconcileOrder,
      'run-automation': automation.runAutomation,
      'erase-household': privacy.eraseHousehold,
    };
    new DueSchedule(this, 'Schedule', house, workers, ['deliver-subscription']);
    new Operations(this, 'Operations', house, api.http);
    new CfnOutput(this, 'ApiUrl', { value: api.url });
    this.house = house;
    this.identities = identities;
    this.api = api;
  }
}

/** Owners invite people: the function may put somebody new into the pool and find who has an address already, and nothing else. */
function lookAfterMembers(householdApi: Function, { pool }: Identities): void {
  householdApi.addEnvironment('USER_POOL_ID', pool.userPoolId);
  householdApi.addToRolePolicy(new PolicyStatement({ actions: ['cognito-idp:AdminCreateUser', 'cognito-idp:AdminGetUser'], resources: [pool.userPoolArn] }));
}
