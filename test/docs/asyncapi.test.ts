/** The written contract over MQTT: renewed by `npx vitest run test/docs -u`, and never more or less than the policies allow. */
import { format, resolveConfig } from 'prettier';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { NachschubStack } from '../../infra/nachschub-stack.ts';
import { allowed, type Statement } from '../../infra/rules/policy.ts';
import { appPolicy } from '../../shared/household/app-connection.ts';
import { householdIdSchema } from '../../shared/values.ts';
import { emptyBundles, ofResourceType, synthesize } from '../infra/synthesized.ts';
import { asyncApiDocument, publishedSchema } from './asyncapi-document.ts';
import { channels, type Channel } from './mqtt-channels.ts';
import { messages, type Message } from './mqtt-messages.ts';

const FILE = join(import.meta.dirname, '../../docs/asyncapi.yaml');
const document = asyncApiDocument();
const listed = Object.entries<Channel>(channels);

it('is what is committed', async () => {
  const text = `# Made from the schemas that the product validates with. Do not edit: npx vitest run test/docs -u\n${stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 })}`;
  await expect(await format(text, { ...(await resolveConfig(FILE)), parser: 'yaml' })).toMatchFileSnapshot(FILE);
});

describe('the document', () => {
  it('leads nowhere that is not in it', () => {
    const lookUp = (reference: string): unknown =>
      reference
        .slice(2)
        .split('/')
        .reduce<unknown>((place, step) => z.record(z.string(), z.unknown()).safeParse(place).data?.[step], document);
    const references = Array.from(JSON.stringify(document).matchAll(/"\$ref":"(#[^"]+)"/g), ([, target = '']) => target);
    expect(references.length).toBeGreaterThan(40);
    expect(references.filter((target) => lookUp(target) === undefined)).toEqual([]);
  });

  it('uses every message, and names each topic once', () => {
    expect(new Set(listed.map(([, { message }]) => message))).toEqual(new Set(Object.keys(messages)));
    expect(new Set(listed.map(([, { address }]) => address)).size).toBe(listed.length);
  });

  it('keeps to what AWS IoT takes: 256 bytes and seven slashes behind the reserved part', () => {
    for (const [name, { address }] of listed) {
      const longest = address.replace('{thing}', 't'.repeat(63)).replace('{householdId}', `hh_${'h'.repeat(64)}`);
      const counted = longest.replace(/^\$aws\/rules\/[^/]+\//, '');
      expect(counted.length, name).toBeLessThanOrEqual(256);
      expect(counted.split('/').length - 1, name).toBeLessThanOrEqual(7);
    }
  });

  it('sends and hears what its messages say: from clients what they send, to clients what they hear', () => {
    for (const [name, { action, message }] of listed) expect([name, messages[message].way]).toEqual([name, action === 'send' ? 'from-clients' : 'to-clients']);
  });
});

describe.each(Object.entries<Message>(messages))('the examples of %s', (_, message) => {
  const published = z.fromJSONSchema(publishedSchema(message));

  it.each(Object.entries(message.examples))('%s holds, for us and for whoever reads the document', (_name, example) => {
    expect(message.schema.safeParse(example).error).toBeUndefined();
    expect(published.safeParse(example).error).toBeUndefined();
    expect(published.safeParse('text').success).toBe(false);
    expect(JSON.stringify(example).length).toBeLessThan(4_096);
  });
});

describe('the policies', () => {
  /** `topic/…` and `topicfilter/…` that may be used, with the parameters of the document in place of what AWS fills in. */
  let granted: Record<Channel['who'], readonly { readonly action: string; readonly topic: string }[]>;
  beforeAll(() => {
    emptyBundles();
    const { resources } = synthesize((app) => new NachschubStack(app, 'Nachschub', { env: { region: 'eu-central-1' } }));
    const ruleNamed = (logicalId: string) => z.object({ RuleName: z.string() }).parse(resources[logicalId]?.Properties).RuleName;
    const readable = (text: string) =>
      text.replaceAll('${iot:Connection.Thing.ThingName}', '{thing}').replaceAll(/<(\w+)>(?=\/dt\/)/g, (_, logicalId: string) => ruleNamed(logicalId));
    const topicsOf = (statements: readonly Statement[]) =>
      statements.flatMap(({ actions, resources: on }) =>
        actions.flatMap((action) =>
          on.flatMap((resource) => (/:topic(?:filter)?\/(.*)$/.exec(readable(resource)) ?? []).slice(1).map((topic) => ({ action, topic }))),
        ),
      );
    const things = ofResourceType(resources, 'AWS::IoT::Policy').flatMap(([, { PolicyDocument: policy }]) => topicsOf(allowed(policy)));
    const household = householdIdSchema.parse('hh_the-household');
    const apps = topicsOf(allowed(JSON.parse(JSON.stringify(appPolicy('arn:aws:iot:eu-central-1:000000000000', 'app-mem_anna-1', household)))));
    granted = { thing: things, app: apps.map(({ action, topic }) => ({ action, topic: topic.replace(household, '{householdId}') })) };
  }, 120_000);

  const covers = (pattern: string, topic: string): boolean => new RegExp(`^${pattern.split('*').map(escape).join('.*')}$`).test(topic);
  const ACTIONS: Record<Channel['action'], readonly string[]> = { send: ['iot:Publish'], receive: ['iot:Subscribe', 'iot:Receive'] };

  it.each(listed)('let those use %s for whom it is written', (_, { who, action, address }) => {
    for (const needed of ACTIONS[action]) {
      expect([needed, granted[who].some((grant) => grant.action === needed && covers(grant.topic, address))]).toEqual([needed, true]);
    }
  });

  it('let nobody use what is not written, nor in the other direction', () => {
    for (const who of ['thing', 'app'] as const) {
      expect(granted[who].length).toBeGreaterThan(1);
      const unwritten = granted[who].filter(
        ({ action, topic }) => !listed.some(([, channel]) => channel.who === who && ACTIONS[channel.action].includes(action) && covers(topic, channel.address)),
      );
      expect(unwritten).toEqual([]);
    }
  });
});

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
