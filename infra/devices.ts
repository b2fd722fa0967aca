/** Stage 2: what devices say. Rule → queue → batches; the device's identity comes from the connection. */
import { CfnParameter, Duration, Stack, Validations } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-iot';
import { Construct } from 'constructs';
import { DISPLAY_SHADOW } from '../shared/device/display.ts';
import { ruleNames } from '../shared/device/telemetry.ts';
import type { EventType } from '../shared/events.ts';
import { householdMessages } from '../shared/journey/message.ts';
import { allowOnIot } from './construct/allow-on-iot.ts';
import { QueueWorker } from './construct/house-function.ts';
import { TopicRule } from './construct/topic-rule.ts';
import type { House } from './house.ts';

/** The payload untouched (base64, so that no field of it can pose as one of ours) beside what the connection proves. */
const wrapFrom = (filter: string): string =>
  `SELECT encode(*, 'base64') AS payload, topic(3) AS thing, clientid() AS clientId, principal() AS principal, timestamp() AS receivedAt FROM '${filter}'`;

const isTold = (type: string): type is EventType => type in householdMessages;
/**
 * Everything that a household is told of, and what it is not told because it did so itself: two answers take a card away, a device that is given
 * away loses all of them. What is asked how it went comes, and goes with its answer, with a problem, or with the consent.
 */
const askedOnTvs = ['survey.asked', 'survey.answered', 'survey.skipped', 'case.opened', 'consent.given', 'consent.withdrawn'] as const;
const shownOnScreens: readonly EventType[] = [
  ...Object.keys(householdMessages).filter(isTold),
  'order.declined',
  'order.withdrawn',
  'device.removed',
  ...askedOnTvs,
];

export class Devices extends Construct {
  constructor(scope: Construct, id: string, house: House) {
    super(scope, id);
    const logged = new CfnParameter(this, 'ReadingsLogged', {
      type: 'String',
      default: '1',
      allowedPattern: '100|[1-9]?[0-9]',
      description: 'Of a hundred log lines about readings, so many are written; what nobody could use is always logged',
    });
    logged.overrideLogicalId('ReadingsLogged');
    const ingest = new QueueWorker(this, 'IngestTelemetry', {
      name: 'ingest-telemetry',
      errorImpact: 'Readings of devices are not understood: supplies may run out unnoticed. The messages wait in the dead-letter queue.',
      environment: {
        ...{ HOUSEHOLDS_TABLE: house.tables.households.tableName, JOURNEYS_TABLE: house.tables.journeys.tableName },
        ...{ ...house.due, READINGS_LOGGED: logged.valueAsString },
      },
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(5),
      alerts: house.alerts,
    });
    house.open(house.tables.households, ingest.function, 'GetItem', 'Query byThing', 'PutItem');
    // How the devices are used, where the household has said yes to that.
    house.open(house.tables.journeys, ingest.function, 'PutItem');

    const telemetryRule = new TopicRule(this, 'TelemetryRule', {
      ruleName: ruleNames.telemetry,
      description: 'Wraps the untouched payload beside what the connection proves',
      sql: wrapFrom('dt/nachschub/+/telemetry'),
      worker: ingest,
    });
    this.followPresence(house);
    this.serveScreens(house);

    const policy = new CfnPolicy(this, 'ThingPolicy', { policyDocument: thingPolicy(Stack.of(this), telemetryRule.ref) });
    for (const kind of ['topic', 'topicfilter']) {
      Validations.of(policy).acknowledge({
        id: `Nachschub-ThingPolicyWithoutWildcard[${kind}/$aws/things/\${iot:Connection.Thing.ThingName}/shadow/name/display/*]`,
        reason: 'The answers about the thing’s own display: five topics, which one by one would not fit into the 2,048 characters of a policy.',
      });
    }
  }

  /** Two witnesses, one queue: the broker's life-cycle events and what devices say of themselves, last wills included. */
  private followPresence(house: House): void {
    const worker = new QueueWorker(this, 'FollowPresence', {
      name: 'follow-presence',
      errorImpact: 'Nobody sees which devices are connected: a dead fridge looks alive, and a living one dead.',
      environment: { HOUSEHOLDS_TABLE: house.tables.households.tableName },
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(5),
      alerts: house.alerts,
    });
    house.open(house.tables.households, worker.function, 'GetItem', 'Query byThing', 'PutItem');
    new TopicRule(this, 'LifecycleRule', {
      ruleName: ruleNames.lifecycle,
      description: 'What the broker tells of connections; the client is named by a topic that only the broker can publish on',
      sql: "SELECT encode(*, 'base64') AS payload, topic(4) AS eventType, topic(5) AS clientId FROM '$aws/events/presence/+/+'",
      worker,
    });
    new TopicRule(this, 'PresenceRule', {
      ruleName: ruleNames.presence,
      description: 'What devices say of their own presence',
      sql: wrapFrom('dt/nachschub/+/presence'),
      worker,
    });
  }

  /** What the screens of a household show, and what they missed while they were off. */
  private serveScreens(house: House): void {
    const { households, retailers } = house.tables;
    const environment = { HOUSEHOLDS_TABLE: households.tableName, RETAILERS_TABLE: retailers.tableName };
    const update = new QueueWorker(this, 'UpdateDisplay', {
      name: 'update-display',
      errorImpact: 'TV and fridge show old orders and messages; the app still shows what is true.',
      environment,
      alerts: house.alerts,
    });
    house.open(households, update.function, 'GetItem', 'Query', 'PutItem');
    house.tell(update, shownOnScreens);
    const answer = new QueueWorker(this, 'AnswerSync', {
      name: 'answer-sync',
      errorImpact: 'Devices that were off do not hear what they missed until the next thing happens.',
      environment,
      alerts: house.alerts,
    });
    house.open(households, answer.function, 'GetItem', 'Query byThing');
    new TopicRule(this, 'SyncRule', {
      ruleName: ruleNames.sync,
      description: 'Devices that have connected ask what they missed',
      sql: wrapFrom('cmd/nachschub/+/sync'),
      worker: answer,
    });
    for (const { function: worker } of [update, answer]) {
      house.open(retailers, worker, 'GetItem');
      allowOnIot(worker, {
        actions: ['iot:GetThingShadow', 'iot:UpdateThingShadow'],
        resource: `thing/*/${DISPLAY_SHADOW}`,
        because: 'Things come and go after the deployment; only this one shadow of each may be read and written.',
      });
    }
    allowOnIot(answer.function, {
      actions: ['iot:Publish'],
      resource: 'topic/cmd/nachschub/*/message',
      because: 'The thing that asked is known only from its question; things come and go after the deployment.',
    });
  }
}

/**
 * What a thing may do, whichever it is: be itself and speak of itself. AWS takes 2,048 characters, which is why the answers of the
 * thing's own shadow are allowed as one.
 */
function thingPolicy({ partition, region, account }: Stack, telemetryRule: string): object {
  const iot = (resource: string) => `arn:${partition}:iot:${region}:${account}:${resource}`;
  const own = '${iot:Connection.Thing.ThingName}';
  const display = `$aws/things/${own}/shadow/name/display`;
  const publishes = [
    `dt/nachschub/${own}/telemetry`,
    `dt/nachschub/${own}/presence`,
    `cmd/nachschub/${own}/sync`,
    `$aws/rules/${telemetryRule}/dt/nachschub/${own}/telemetry`,
    `${display}/get`,
    `${display}/update`,
  ];
  const hears = [`cmd/nachschub/${own}/message`, `${display}/*`];
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'iot:Connect',
        Resource: iot(`client/${own}`),
        Condition: { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } },
      },
      // These client ids are the apps'.
      { Effect: 'Deny', Action: 'iot:Connect', Resource: iot('client/app-*') },
      { Effect: 'Allow', Action: 'iot:Publish', Resource: publishes.map((topic) => iot(`topic/${topic}`)) },
      { Effect: 'Allow', Action: 'iot:Subscribe', Resource: hears.map((filter) => iot(`topicfilter/${filter}`)) },
      { Effect: 'Allow', Action: 'iot:Receive', Resource: hears.map((topic) => iot(`topic/${topic}`)) },
    ],
  };
}
