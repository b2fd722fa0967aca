/** The local cloud: reads the synthesized template and runs it on this machine. Nothing of the product is known here. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Activity } from '../activity.ts';
import { openBroker, type Broker } from '../broker/open-broker.ts';
import { openBus, type RuleDefinition } from '../bus/bus.ts';
import { keepEvents } from '../bus/kept-events.ts';
import { scheduledEvent } from '../bus/event.ts';
import { compilePattern } from '../bus/pattern.ts';
import { compileTargets } from '../bus/target.ts';
import { openConductor, type Conductor } from '../conductor/conductor.ts';
import { meteredCalls } from '../cost/call-meter.ts';
import { RunMeter } from '../cost/run-meter.ts';
import { stagesOf } from '../cost/stages.ts';
import { COUNTS_FILE } from '../cost/tally.ts';
import { SERVICES } from '../endpoint/call.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { openFaults, type FaultSettings } from '../faults/open-faults.ts';
import { openFunctions, type Functions } from '../functions/functions.ts';
import { invokeAsync } from '../functions/invoke-async.ts';
import { Journal } from '../functions/journal.ts';
import { openIdentity, type Identity } from '../identity/open-identity.ts';
import { userPoolHandler } from '../identity/user-pool-handler.ts';
import { OUTBOX, openOutbox } from '../mail/outbox.ts';
import { OPERATOR } from '../permissions/authorize.ts';
import type { Usage } from '../permissions/usage.ts';
import { openQueues, type Queues } from '../queues/queues.ts';
import { iotDataWithShadows } from '../shadow/shadow-handler.ts';
import { openShadows, type Shadows } from '../shadow/open-shadows.ts';
import { openSecrets } from '../secrets/secrets.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { ACCOUNT_ID, PARTITION, REGION } from '../template/identity.ts';
import type { Template } from '../template/read-assembly.ts';
import { connectionAuthorizer } from './connection-authorizer.ts';
import { openFront, type Front, type FrontOptions } from './front.ts';
import { openMappings } from './mappings.ts';
import { productSchedules } from './product-schedules.ts';
import {
  eventRulesOf,
  functionsOf,
  mappingsOf,
  ofType,
  queuesOf,
  tablesOf,
  thingPoliciesOf,
  topicRulesOf,
  arnOf,
  type ScheduledTargets,
} from './definitions.ts';

export interface CloudOptions extends FrontOptions {
  readonly clock: { readonly startsAt: number; readonly rate: number; readonly mode: 'real-time' | 'jump'; readonly until?: number; readonly port?: number };
  readonly brokerPort?: number;
  /** Simulators that time waits for. */
  readonly expected: readonly string[];
  /** What is to go wrong. */
  readonly faults?: FaultSettings;
  /** How many copies of a function work side by side, and so many batches of a queue; two unless told. */
  readonly copies?: number;
  /** Whose functions work off their streams and queues; all, unless told. For whoever measures one of them. */
  readonly working?: (functionName: string) => boolean;
}

export interface Cloud {
  readonly template: Template;
  readonly endpoint: Endpoint;
  readonly store: Store;
  readonly queues: Queues;
  readonly broker: Broker;
  readonly functions: Functions;
  readonly conductor: Conductor;
  readonly identity: Identity;
  readonly shadows: Shadows;
  readonly activity: Activity;
  /** What AWS would bill of all this. */
  readonly meter: RunMeter;
  /** What of the template was used so far. */
  readonly usage: Usage;
  /** For programs of this machine that are no function, such as the auditor. */
  readonly operatorKey: { readonly accessKeyId: string; readonly secretAccessKey: string };
  close(): Promise<void>;
}

const NO_FAULTS: FaultSettings = { seed: 0, kinds: [], file: '' };

export async function openCloud(options: CloudOptions): Promise<Cloud> {
  const { dataDirectory, report } = options;
  const inside = (...parts: string[]) => path.join(dataDirectory, ...parts);
  mkdirSync(dataDirectory, { recursive: true });
  const activity = new Activity();
  const { endpoint, template, usage, handlers, keyFor } = await openFront(options);
  const { rules, schedules } = eventRulesOf(template);
  const identity = await openIdentity(dataDirectory, template, options.issuer);

  // What the clock fires needs the functions, and the functions need the clock: the one is filled in when the other is there.
  let fire: (targets: ScheduledTargets) => Promise<void> = () => Promise.resolve();
  const conductor = await openConductor({
    ...{ file: inside('clock.json'), activity, expected: options.expected, ...options.clock },
    schedules: productSchedules(schedules, (targets) => fire(targets)),
  });
  const now = () => conductor.now();
  const stages = stagesOf(functionsOf(template), mappingsOf(template, compilePattern));
  const meter = new RunMeter({ file: inside(COUNTS_FILE), startsAt: options.clock.startsAt, now }, functionsOf(template), stages);
  const journal = new Journal(dataDirectory, meter.wrote);
  const { store, queues } = await openKeeping({ template, inside, now, report, activity, meter });
  const faults = openFaults(options.faults ?? NO_FAULTS, { startsAt: options.clock.startsAt, now });
  const healthy = openFunctions({
    ...{ functions: functionsOf(template), endpointUrl: endpoint.url, journal, activity, sharedClock: conductor.sharedClock },
    accessKeyFor: keyFor,
    onVariableRead: (functionName, name) => usage.read(functionName, name),
    ran: meter.ran,
    ...(options.copies !== undefined && { instancesMax: options.copies }),
  });
  const functions: Functions = { ...healthy, invoke: faults.invoke(healthy.invoke) };

  const deliver = deliverTo(queues, functions, new Map(functionsOf(template).map(({ arn, name }) => [arn, name])));
  fire = async ({ name, arn, targets }) => {
    meter.fired(name);
    return compileTargets(name, targets, deliver)(scheduledEvent({ account: ACCOUNT_ID, region: REGION }, arn, now()));
  };
  const secrets = ofType(template, 'AWS::SecretsManager::Secret').map(({ name, ref, properties }) => ({ name, arn: ref, properties }));
  handlers.dynamodb = store.handle;
  handlers.sqs = queues.handle;
  const poolIds = ofType(template, 'AWS::Cognito::UserPool').map(({ ref }) => ref);
  handlers['cognito-idp'] = userPoolHandler(identity.people, poolIds);
  const namesOf = (type: string) => ofType(template, type).map(({ name }) => name);
  handlers.ses = openOutbox({
    ...{ directory: inside(OUTBOX), now, report, identities: namesOf('AWS::SES::EmailIdentity'), configurations: namesOf('AWS::SES::ConfigurationSet') },
  });
  handlers.secretsmanager = (await openSecrets({ file: inside('secrets.json'), secrets })).handle;
  const ownBuses = ofType(template, 'AWS::Events::EventBus').map((resource) => ({ name: resource.name, arn: arnOf(resource) }));
  // Every account has it, and AWS's own services tell no other.
  const buses = [{ name: 'default', arn: `arn:${PARTITION}:events:${REGION}:${ACCOUNT_ID}:event-bus/default` }, ...ownBuses];
  handlers.events = openBus({ buses, rules, deliver, now, region: REGION, account: ACCOUNT_ID, published: meter.published, took: keepEvents(inside()) }).handle;
  const shadows = openShadows({ directory: inside('shadows'), now, publish: (topic, payload) => broker.publish(topic, payload, 1) });
  const broker: Broker = await openBroker({
    ...{ directory: inside('broker'), rules: topicRulesOf(template), activity, now, report, meter: meter.broker },
    ...(options.brokerPort !== undefined && { port: options.brokerPort }),
    deliver: (queueArn, body) => queues.send(queueArn, body),
    thingPolicies: thingPoliciesOf(template),
    thingAllowed: (action, resource, context) => usage.allowedThing({ action, resource, context: { ...context } }),
    authorizeConnection: connectionAuthorizer(template, functions.invoke),
    onShadowMessage: (topic, payload) => shadows.handleMessage({ topic, payload }),
    // Wall time in seconds: a broker that is started again goes on counting above the one before.
    firstVersion: Math.floor(Date.now() / 1_000),
  });
  handlers['iot-data'] = iotDataWithShadows(shadows, broker.handleIotData);
  meterCalls(handlers, meter);
  letThingsFail(faults, { handlers, rules, queues, broker });
  const { copies, working } = options;
  const mappings = openMappings(template, { ...{ store, queues, functions, activity, meter, copies, working }, directory: inside('positions') });

  return {
    ...{ template, endpoint, store, queues, broker, functions, conductor, identity, shadows, activity, meter, usage, operatorKey: keyFor(OPERATOR) },
    close: () =>
      closeInTurn([
        ...[conductor, { close: () => Promise.all(mappings.map((mapping) => mapping.close())) }, broker, functions],
        ...[endpoint, queues, store, usage, meter],
      ]),
  };
}

interface KeepingOptions extends Pick<CloudOptions, 'report'> {
  readonly template: Template;
  readonly inside: (part: string) => string;
  readonly now: () => number;
  readonly activity: Activity;
  readonly meter: RunMeter;
}

/** What survives a kill: the tables and the queues. */
async function openKeeping({ template, inside, now, report, activity, meter }: KeepingOptions): Promise<{ store: Store; queues: Queues }> {
  const store = await openStore({
    directory: inside('store'),
    tables: tablesOf(template),
    now,
    onFailure: (reason) => report(reason.message),
    meterFor: meter.storeFor,
  });
  const queues = await openQueues({ directory: inside('queues'), queues: queuesOf(template), activity, sent: meter.sent });
  queues.deadLettered(({ queueArn, body }) => report(`dead letter in ${queueArn.split(':').at(-1) ?? queueArn}: ${body.slice(0, 300)}`));
  return { store, queues };
}

/** The last keeps what the others have still counted. */
async function closeInTurn(parts: readonly { close(): unknown }[]): Promise<void> {
  for (const part of parts) await part.close();
}

function meterCalls(handlers: Front['handlers'], { count, stages }: RunMeter): void {
  for (const service of SERVICES) {
    const handle = handlers[service];
    if (handle !== undefined) handlers[service] = meteredCalls(service, handle, count, stages);
  }
}

interface Meddled {
  readonly handlers: Front['handlers'];
  readonly rules: readonly RuleDefinition[];
  readonly queues: Queues;
  readonly broker: Broker;
}

/** Between each caller and its service, and with a bad message here and there; nothing happens unless the run asked for it. */
function letThingsFail(faults: ReturnType<typeof openFaults>, { handlers, rules, queues, broker }: Meddled): void {
  for (const service of SERVICES) {
    const handle = handlers[service];
    if (handle !== undefined) handlers[service] = faults.calls(service, handle);
  }
  faults.poison({
    queueArns: [...new Set(rules.flatMap(({ targets }) => targets.map(({ arn }) => arn)).filter((arn) => arn.includes(':sqs:')))],
    send: (queueArn, body) => queues.send(queueArn, body),
    publish: (topic, payload) => broker.publish(topic, payload, 1),
  });
}

const deliverTo = (queues: Queues, functions: Functions, functionNames: ReadonlyMap<string, string>) => async (arn: string, event: unknown) => {
  const name = functionNames.get(arn);
  if (name === undefined) return queues.send(arn, JSON.stringify(event));
  return invokeAsync(functions.invoke, name, event);
};
