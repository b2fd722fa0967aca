/** The apps' MQTT door: who may listen is decided by a function, and whoever leaves a household is disconnected. */
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnAuthorizer } from 'aws-cdk-lib/aws-iot';
import { Construct } from 'constructs';
import { allowOnIot } from './construct/allow-on-iot.ts';
import { HouseFunction, QueueWorker } from './construct/house-function.ts';
import type { House } from './house.ts';
import type { Identities } from './identities.ts';

export class Apps extends Construct {
  /** What an app names when it connects. */
  readonly authorizerName: string;

  constructor(scope: Construct, id: string, house: House, { issuer, app }: Identities) {
    super(scope, id);
    const stack = Stack.of(this);
    const arnBase = `arn:${stack.partition}:iot:${stack.region}:${stack.account}`;
    const { households } = house.tables;

    const authorize = new HouseFunction(this, 'AuthorizeApp', {
      name: 'authorize-app',
      errorImpact: 'Apps cannot connect: households hear of their orders only when they look.',
      environment: {
        HOUSEHOLDS_TABLE: households.tableName,
        TOKEN_ISSUER: issuer,
        TOKEN_CLIENTS: stack.toJsonString([app.userPoolClientId]),
        IOT_ARN_BASE: arnBase,
      },
      alerts: house.alerts,
    });
    house.open(households, authorize.function, 'GetItem', 'PutItem');
    const authorizer = new CfnAuthorizer(this, 'Authorizer', {
      authorizerFunctionArn: authorize.function.functionArn,
      // A signed token of AWS IoT's own would say no more than the user pool's signature, which the function verifies.
      signingDisabled: true,
      status: 'ACTIVE',
    });
    authorize.function.addPermission('AskedByIot', { principal: new ServicePrincipal('iot.amazonaws.com'), sourceArn: authorizer.attrArn });
    this.authorizerName = authorizer.ref;
    const description = 'What an app names as x-amz-customauthorizer-name';
    new CfnOutput(this, 'AuthorizerName', { value: authorizer.ref, description }).overrideLogicalId('AppAuthorizerName');

    const disconnect = new QueueWorker(this, 'DisconnectMember', {
      name: 'disconnect-member',
      errorImpact: 'Whoever was removed from a household goes on hearing its messages for up to five minutes.',
      environment: { HOUSEHOLDS_TABLE: households.tableName, ...house.due },
      alerts: house.alerts,
    });
    house.open(households, disconnect.function, 'GetItem', 'Query', 'PutItem');
    allowOnIot(disconnect.function, {
      actions: ['iot:DeleteConnection'],
      resource: 'client/app-*',
      because: 'Which app a member connects with is known only from the connection; things cannot have such a client id.',
    });
    house.tell(disconnect, ['member.left']);
  }
}
