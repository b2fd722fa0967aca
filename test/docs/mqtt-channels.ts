/** Every topic that somebody outside may use, from that somebody's point of view. Checked against the policies that decide it. */
import { DISPLAY_SHADOW } from '../../shared/device/display.ts';
import { basicIngestTopic, commandTopic, presenceTopic, ruleNames, shadowTopic, TELEMETRY_BYTES_MAX, telemetryTopic } from '../../shared/device/telemetry.ts';
import { householdChangesTopic } from '../../shared/journey/change-note.ts';
import { householdMessagesTopic } from '../../shared/journey/message.ts';
import { householdIdSchema, thingNameSchema } from '../../shared/values.ts';
import type { MessageName } from './mqtt-messages.ts';

export interface Channel {
  readonly address: string;
  readonly who: 'thing' | 'app';
  readonly action: 'send' | 'receive';
  readonly summary: string;
  readonly message: MessageName;
  /** Of the payload; AWS IoT takes 131,072. */
  readonly bytesMax: number;
}

/** Topics are made by the very functions that the product uses; then the name becomes a parameter. */
const EXAMPLE_THING = thingNameSchema.parse('the-thing');
const EXAMPLE_HOUSEHOLD = householdIdSchema.parse('hh_the-household');
const parameters = (topic: string): string => topic.replaceAll(EXAMPLE_THING, '{thing}').replaceAll(EXAMPLE_HOUSEHOLD, '{householdId}');

const IOT_BYTES_MAX = 131_072;
/** AWS IoT: a shadow holds 8 KB; its answers come with sections of the service's own. */
const SHADOW_BYTES_MAX = 8_192;

type Rest = Omit<Channel, 'address' | 'bytesMax'> & { readonly bytesMax?: number };
const channel = (topic: string, { bytesMax = IOT_BYTES_MAX, ...rest }: Rest): Channel => ({ address: parameters(topic), bytesMax, ...rest });
const sends = (topic: string, message: MessageName, summary: string, bytesMax?: number): Channel =>
  channel(topic, { who: 'thing', action: 'send', message, summary, ...(bytesMax !== undefined && { bytesMax }) });
const hears = (topic: string, message: MessageName, summary: string): Channel => channel(topic, { who: 'thing', action: 'receive', message, summary });
const shadow = (request: Parameters<typeof shadowTopic>[2], answer = ''): string => `${shadowTopic(EXAMPLE_THING, DISPLAY_SHADOW, request)}${answer}`;

export const channels = {
  telemetry: sends(telemetryTopic(EXAMPLE_THING), 'reading', 'Says what is left in one slot', TELEMETRY_BYTES_MAX),
  telemetryPastTheBroker: sends(
    basicIngestTopic(ruleNames.telemetry, telemetryTopic(EXAMPLE_THING)),
    'reading',
    'The same, straight to its rule: without the message broker and its price (Basic Ingest)',
    TELEMETRY_BYTES_MAX,
  ),
  presence: sends(presenceTopic(EXAMPLE_THING), 'presence', 'Says that the device is there; as last will, that it has gone'),
  sync: sends(commandTopic(EXAMPLE_THING, 'sync'), 'syncRequest', 'Asks after connecting for what was missed, since sessions do not survive'),
  message: hears(commandTopic(EXAMPLE_THING, 'message'), 'note', 'Messages for the screen: those that were missed, after a sync'),
  displayGet: sends(shadow('get'), 'displayQuestion', 'Asks for the whole display', SHADOW_BYTES_MAX),
  displayGot: hears(shadow('get', '/accepted'), 'displayDocument', 'Answers with the whole display'),
  displayNotGot: hears(shadow('get', '/rejected'), 'displayRefusal', 'Says why there is no display'),
  displayUpdate: sends(shadow('update'), 'displayReport', 'Reports what the screen shows', SHADOW_BYTES_MAX),
  displayUpdated: hears(shadow('update', '/accepted'), 'displayReported', 'Says that the report was taken'),
  displayNotUpdated: hears(shadow('update', '/rejected'), 'displayRefusal', 'Says why the report was not taken'),
  displayDelta: hears(shadow('update/delta'), 'displayDifference', 'Says what the screen should show otherwise'),
  householdMessages: channel(householdMessagesTopic(EXAMPLE_HOUSEHOLD), {
    who: 'app',
    action: 'receive',
    message: 'householdMessage',
    summary: 'Everything that a household is told',
  }),
  householdChanges: channel(householdChangesTopic(EXAMPLE_HOUSEHOLD), {
    who: 'app',
    action: 'receive',
    message: 'changeNote',
    summary: 'What has changed, so that an open screen reads it again',
  }),
} as const satisfies Record<string, Channel>;
