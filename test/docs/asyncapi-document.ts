/** `docs/asyncapi.yaml`: AsyncAPI 3.0, written from the point of view of whoever connects. */
import { z } from 'zod';
import { channels, type Channel } from './mqtt-channels.ts';
import { messages, type Message } from './mqtt-messages.ts';

/** AsyncAPI's own schemas are a superset of draft 7. */
export const publishedSchema = ({ schema, way }: Pick<Message, 'schema' | 'way'>): Record<string, unknown> => {
  const { $schema: _, ...published } = z.toJSONSchema(schema, { target: 'draft-7', io: way === 'from-clients' ? 'input' : 'output' });
  return z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(published)));
};

const mapped = <Value, Result>(record: Readonly<Record<string, Value>>, make: (value: Value, name: string) => Result): Record<string, Result> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, make(value, name)]));

const SERVER: Record<Channel['who'], string> = { thing: 'things', app: 'apps' };

const channelOf = ({ address, who, message, summary, bytesMax }: Channel) => ({
  address,
  summary,
  servers: [{ $ref: `#/servers/${SERVER[who]}` }],
  parameters: who === 'thing' ? { thing: { $ref: '#/components/parameters/thing' } } : { householdId: { $ref: '#/components/parameters/householdId' } },
  messages: { [message]: { $ref: `#/components/messages/${message}` } },
  'x-payload-bytes-max': bytesMax,
});

const operationOf = ({ action, who, summary, message }: Channel, name: string) => ({
  action,
  channel: { $ref: `#/channels/${name}` },
  summary,
  tags: [{ name: SERVER[who] }],
  messages: [{ $ref: `#/channels/${name}/messages/${message}` }],
  bindings: { mqtt: { qos: 1, ...(action === 'send' && { retain: false }), bindingVersion: '0.2.0' } },
});

const messageOf = (message: Message, name: string) => ({
  name,
  title: message.title,
  summary: message.summary,
  contentType: 'application/json',
  payload: publishedSchema(message),
  examples: Object.entries(message.examples).map(([exampleName, payload]) => ({ name: exampleName, payload })),
});

const RULES = `Written from the point of view of whoever connects: \`send\` is what you publish, \`receive\` what you subscribe to.

- MQTT 3.1.1. QoS 0 and 1; send with QoS 1, and again until its PUBACK comes. There is no QoS 2.
- Nothing is ever retained, last wills included. Sessions do not survive: subscribe again after each connection, then ask on \`sync\`.
- At most 20 messages a second of one connection; what is above is discarded without a word and without a PUBACK. Keep-alive between 30 and 1,200 seconds. At most 50 subscriptions.
- Every other topic, every filter with \`+\` or \`#\`, and every topic of another thing or household ends the connection.
- A PUBACK means that a message is kept, not that it was understood: readings that nobody can use are quarantined with their reason.`;

export const asyncApiDocument = () => ({
  asyncapi: '3.0.0',
  info: { title: 'Nachschub over MQTT', version: '1', description: RULES, license: { name: 'Apache-2.0' } },
  defaultContentType: 'application/json',
  servers: {
    things: {
      host: '{endpoint}:8883',
      protocol: 'secure-mqtt',
      protocolVersion: '3.1.1',
      description: 'The client id is the thing’s name, and the certificate is the thing’s own.',
      variables: { endpoint: { $ref: '#/components/serverVariables/endpoint' } },
      security: [{ $ref: '#/components/securitySchemes/certificate' }],
    },
    apps: {
      host: '{endpoint}',
      pathname: '/mqtt',
      protocol: 'wss',
      protocolVersion: '3.1.1',
      description: 'The client id is `app-<member id>-<letters or digits>`.',
      variables: { endpoint: { $ref: '#/components/serverVariables/endpoint' } },
      security: [{ $ref: '#/components/securitySchemes/accessToken' }],
    },
  },
  channels: mapped<Channel, unknown>(channels, channelOf),
  operations: mapped<Channel, unknown>(channels, operationOf),
  components: {
    messages: mapped<Message, unknown>(messages, messageOf),
    parameters: {
      thing: { description: 'Your own name: lower-case letters, digits and hyphens, at most 63. It never begins with `app-`.', examples: ['fridge-anna'] },
      householdId: { description: 'The household that the user name of the connection names', examples: ['hh_anna'] },
    },
    serverVariables: { endpoint: { description: 'On AWS the account’s IoT data endpoint; on one machine what `npm start` prints' } },
    securitySchemes: {
      certificate: { type: 'X509', description: 'Mutual TLS 1.2 or newer, with a certificate that is attached to the thing' },
      accessToken: {
        type: 'userPassword',
        description:
          'The user name is the household’s id, on AWS followed by `?x-amz-customauthorizer-name=` and the name of the authorizer; the password is a member’s access token. ' +
          'A connection ends with its token, and when the member leaves the household.',
      },
    },
  },
});
