/** One table, run against the policy documents alone and against the broker: what is refused here is refused on AWS, and the other way round. */
import type { IClientOptions, MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decideBy, type Decide } from '../../../../infra/local/broker/decide.ts';
import { contextOf } from '../../../../infra/local/broker/identity.ts';
import { readPolicy, type Action, type PolicyDocument } from '../../../../infra/local/broker/policy.ts';
import { thingPoliciesOf, topicRulesOf } from '../../../../infra/local/cloud/definitions.ts';
import type { Template } from '../../../../infra/local/template/read-assembly.ts';
import { appPolicy, isAppClientOf } from '../../../../shared/household/app-connection.ts';
import { householdIdSchema, memberIdSchema } from '../../../../shared/values.ts';
import { ACCESS_TABLE, APP_ID, sentence, THINGS, type Attempt, type Row } from './access-table.ts';
import { ARN_BASE, BrokerHarness, granted, publishOutcome } from './broker-harness.ts';
import { templateOfStack } from './template-of-stack.ts';

let template: Template;
let thingPolicies: PolicyDocument[];
beforeAll(() => {
  template = templateOfStack();
  thingPolicies = thingPoliciesOf(template);
});
/** What the client makes of a CONNACK that refuses. */
const refusalSchema = z.looseObject({ code: z.int() });
const named = (rows: readonly Row[]) => rows.map((row) => [sentence(row), row] as const);

/** Everything that AWS asks the policies about an attempt. */
function questionsOf(attempt: Attempt): [Action, string][] {
  const said = (topic: string, retain = false): [Action, string][] => [
    ['iot:Publish', topic],
    ...(retain ? [['iot:RetainPublish', topic] as [Action, string]] : []),
  ];
  switch (attempt.kind) {
    case 'connect':
      return [['iot:Connect', attempt.as], ...(attempt.will === undefined ? [] : said(attempt.will.topic, attempt.will.retain))];
    case 'publish':
      return said(attempt.on, attempt.retain);
    case 'subscribe':
      return [['iot:Subscribe', attempt.to]];
    default:
      return attempt satisfies never;
  }
}

const [MEMBER, HOUSEHOLD] = [memberIdSchema.parse('mem_anna'), householdIdSchema.parse('hh_anna')];

/** The authorizer answers with documents only for a client id that is the member's own. */
function decideFor({ who, attempt }: Row): Decide {
  if (who === 'app') {
    const clientId = attempt.kind === 'connect' ? attempt.as : APP_ID;
    const documents = isAppClientOf(MEMBER, clientId) ? [{ name: 'app', document: appPolicy(ARN_BASE, clientId, HOUSEHOLD) }] : [];
    return decideBy(documents.map(readPolicy), MEMBER, { 'iot:ClientId': clientId });
  }
  const clientId = attempt.kind === 'connect' ? attempt.as : THINGS[who];
  return decideBy(thingPolicies.map(readPolicy), who, contextOf({ kind: 'thing', thing: THINGS[who], certificateId: '' }, clientId));
}

describe('by the documents', () => {
  it.each(named(ACCESS_TABLE.filter(({ decidedBy }) => decidedBy === 'policy')))('%s', (_, row) => {
    const decide = decideFor(row);
    expect(questionsOf(row.attempt).every(([action, resource]) => decide(action, resource) === 'allow')).toBe(row.allowed);
  });
});

describe('by the broker', () => {
  let harness: BrokerHarness;
  beforeAll(async () => {
    harness = await BrokerHarness.open(undefined, { thingPolicies, rules: topicRulesOf(template) });
  });
  afterAll(() => harness.close());

  const transports = {
    thing: { TLS: (more: IClientOptions) => harness.thingOptions(THINGS.thing, more) },
    'thing that is called as an app': { TLS: (more: IClientOptions) => harness.thingOptions(THINGS['thing that is called as an app'], more) },
    app: {
      TLS: (more: IClientOptions) => harness.memberOptions('mem_anna', { clientId: APP_ID, ...more }),
      WebSocket: (more: IClientOptions) => harness.webSocketOptions('mem_anna', { clientId: 'app-mem_anna-2', ...more }),
    },
  };
  const runs = ACCESS_TABLE.flatMap((row) =>
    Object.entries(transports[row.who]).map(([transport, options]) => [`${sentence(row)} (${transport})`, row, transport, options] as const),
  );
  /** One connection says and asks as much as the broker lets it. */
  const clients = new Map<string, MqttClient>();

  it.each(runs)('%s', async (_, { who, attempt, allowed }, transport, options) => {
    if (attempt.kind === 'connect') {
      const { as: clientId, will } = attempt;
      const connecting = harness.connect(await options({ clientId, ...(will && { will: { payload: Buffer.from('{}'), qos: 1, retain: false, ...will } }) }));
      await connecting.then(
        (client) => client.endAsync(true).then(() => expect(allowed).toBe(true)),
        (error: unknown) => expect([allowed, refusalSchema.parse(error).code]).toEqual([false, expect.toBeOneOf([2, 4, 5])]),
      );
      return;
    }
    const known = clients.get(`${who} ${transport}`);
    const client = known?.connected ? known : await harness.connect(await options({}));
    clients.set(`${who} ${transport}`, client);
    expect(await succeeds(client, attempt)).toBe(allowed);
  });
});

async function succeeds(client: MqttClient, attempt: Exclude<Attempt, { kind: 'connect' }>): Promise<boolean> {
  if (attempt.kind === 'subscribe') return (await granted(client, attempt.to, attempt.qos ?? 1)) < 128;
  const { on, bytes = 2, retain = false, qos = 1 } = attempt;
  return (await publishOutcome(client, on, Buffer.alloc(bytes, ' '), { retain, qos })) === 'acknowledged';
}
