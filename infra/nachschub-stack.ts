/** The whole product in the order of its flow. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { HouseFunction } from './construct/house-function.ts';
import { Api } from './api.ts';
import { Apps } from './apps.ts';
import { Devices } from './devices.ts';
import { House } from './house.ts';
import { Identities } from './identities.ts';
import { Journeys } from './journeys.ts';
import { Operations } from './operations.ts';
import { Orders } from './orders.ts';
import { Relay } from './relay.ts';
import { Retailers } from './retailers.ts';
import { DueSchedule } from './schedule.ts';
import { Supplies } from './supplies.ts';

export interface NachschubStackProps extends StackProps {
  /** Shops whose machines read our API with a client of their own. */
  readonly retailers?: readonly string[];
}

export class NachschubStack extends Stack {
  constructor(scope: Construct, id: string, props?: NachschubStackProps) {
    super(scope, id, props);
    const identities = new Identities(this, 'Identities', props?.retailers ?? []);
    const house = new House(this, 'House');
    new Apps(this, 'Apps', house, identities);
    new Devices(this, 'Devices', house);
    const supplies = new Supplies(this, 'Supplies', house);
    const orders = new Orders(this, 'Orders', house);
    const retailers = new Retailers(this, 'Retailers', house);
    retailers.retailerApi.function.addEnvironment('RETAILER_CLIENTS', this.toJsonString(identities.retailerClientIds));
    const journeys = new Journeys(this, 'Journeys', house);
    new Relay(this, 'Relay', house);

    const householdApi = new HouseFunction(this, 'HouseholdApi', {
      name: 'household-api',
      errorImpact: 'Households cannot see or answer anything in the app.',
      environment: {
        HOUSEHOLDS_TABLE: house.tables.households.tableName,
        JOURNEYS_TABLE: house.tables.journeys.tableName,
        RETAILERS_TABLE: house.tables.retailers.tableName,
        ...house.due,
      },
      alerts: house.alerts,
    });
    house.open(house.tables.households, householdApi.function, 'GetItem', 'Query', 'PutItem');
    house.open(house.tables.journeys, householdApi.function, 'GetItem', 'Query');
    house.open(house.tables.retailers, householdApi.function, 'GetItem');

    const describeApi = new HouseFunction(this, 'DescribeApi', {
      name: 'describe-api',
      errorImpact: 'Whoever writes a client for the API cannot read its description; nothing else is concerned.',
      alerts: house.alerts,
    });

    const api = new Api(this, 'Api', identities, {
      'household-api': householdApi.function,
      'retailer-api': retailers.retailerApi.function,
      'collect-touchpoints': journeys.collectTouchpoints.function,
      'describe-api': describeApi.function,
    });
    new DueSchedule(this, 'Schedule', house, {
      'review-supply': supplies.reviewSupply,
      'propose-order': orders.proposeOrder,
      'decide-order': orders.decideOrder,
      'deliver-webhook': retailers.deliverWebhook,
      'reconcile-order': retailers.reconcileOrder,
      'run-automation': journeys.runAutomation,
    });
    new Operations(this, 'Operations', house, api.http);
    new CfnOutput(this, 'ApiUrl', { value: api.url });
  }
}
