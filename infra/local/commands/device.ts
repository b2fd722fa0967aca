/**
 * `npm run device -- add …` and `-- make …`: a device of somebody's own in the running local cloud, and the line with which it says its first
 * word. What is added belongs to a household at once; what is made waits for somebody who has its pairing code.
 */
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { telemetryTopic } from '../../../shared/device/telemetry.ts';
import { householdIdSchema, instantSchema, thingNameSchema } from '../../../shared/values.ts';
import { UsageError } from '../options.ts';
import { apiClient, ApiRefusal, type ApiClient } from '../run/api-client.ts';
import { supplyBody } from '../run/supply-body.ts';
import type { ScenarioThing } from '../scenario/household.ts';
import { DEVICE_TYPES, firstReading, leadTimeDaysOf, newDevice, offeredSlot } from '../scenario/new-device.ts';
import { runCommand } from './run-command.ts';
import { findRunningCloud, type RunningCloud } from './running-cloud.ts';

const usage = `npm run device -- add --household ID --type ${DEVICE_TYPES.join('|')} --out DIR [options]
npm run device -- make --type ${DEVICE_TYPES.join('|')} --out DIR [options]
  --household ID   who gets it, such as hh_anna; a device that is made gets a pairing code instead, for the app
  --out DIR        where its key, its certificate and the authority's certificate go
  --thing NAME     what it is called in topics (default: its type and six random characters)
  --name TEXT      what people call it
  --data DIR       of the running local cloud (default .nachschub)`;

const optionsSchema = z.strictObject({
  household: householdIdSchema.optional(),
  type: z.enum(DEVICE_TYPES, `expected ${DEVICE_TYPES.join(', ')}`),
  out: z.string().min(1),
  thing: thingNameSchema.optional(),
  name: z.string().min(1).max(80).optional(),
  data: z.string().default('.nachschub'),
});

function readOptions(args: readonly string[]): z.infer<typeof optionsSchema> & { action: 'add' | 'make' } {
  const [action, ...rest] = args;
  if (action !== 'add' && action !== 'make') throw new UsageError(`Expected add or make, found ${action ?? 'nothing'}.\n\n${usage}`);
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ args: rest, options: { household: text, type: text, out: text, thing: text, name: text, data: text } });
    const options = optionsSchema.parse(values);
    if (action === 'add' && options.household === undefined) throw new Error('--household is missing.');
    if (action === 'make' && options.household !== undefined) throw new Error('--household: a device that is made belongs to nobody yet.');
    return { action, ...options };
  } catch (error) {
    const sentences =
      error instanceof z.ZodError
        ? error.issues.map(({ path: [option], code, message }) =>
            code === 'invalid_type' ? `--${String(option)} is missing.` : `--${String(option)}: ${message}`,
          )
        : [error instanceof Error ? error.message : String(error)];
    throw new UsageError(`${sentences.join('\n')}\n\n${usage}`);
  }
}

/** As an operator would: the device, what its slots hold, and the certificate that proves it. */
async function add(operator: ApiClient, householdId: string, { thing, type, name, shelves }: ScenarioThing): Promise<void> {
  await operator.put(`/households/${householdId}/devices/${thing}`, { deviceType: type, name }).catch((error: unknown) => {
    if (error instanceof ApiRefusal && error.status === 404) throw new UsageError(`No household ${householdId} lives here.`);
    if (error instanceof ApiRefusal && error.status === 409) throw new UsageError(`${thing} belongs to another household already; choose another --thing.`);
    throw error;
  });
  for (const shelf of shelves) {
    const body = supplyBody(shelf, { thing, leadTimeDays: leadTimeDaysOf(shelf) });
    await operator.put(`/households/${householdId}/supplies/sup_${thing}-${shelf.slot}`, body);
  }
}

const madeSchema = z.object({ pairingCode: z.string() });

/** As its maker would: a thing that nobody has, and the code that is printed on it. */
async function make(operator: ApiClient, { thing, type, name, shelves }: ScenarioThing): Promise<string> {
  const body = { deviceType: type, model: name, slots: shelves.map(offeredSlot) };
  const made = await operator.put(`/things/${thing}/pairing`, body).catch((error: unknown) => {
    if (error instanceof ApiRefusal && error.status === 409) throw new UsageError(`${thing} belongs to a household already; choose another --thing.`);
    throw error;
  });
  return madeSchema.parse(made).pairingCode;
}

async function fetchCertificate(cloud: RunningCloud, thing: string, out: string): Promise<void> {
  await cloud.ask({ call: 'certificate', thing });
  mkdirSync(out, { recursive: true });
  const from = cloud.inside('broker', 'things', thing);
  for (const file of ['certificate.pem', 'key.pem']) copyFileSync(path.join(from, file), path.join(out, file));
  copyFileSync(cloud.inside('broker', 'ca.pem'), path.join(out, 'ca.pem'));
}

const quoted = (word: string): string => (/^[A-Za-z0-9_./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

function firstWord(cloud: RunningCloud, device: ScenarioThing, { out, now }: { out: string; now: string }): string {
  const inOut = (file: string) => path.join(out, file);
  const words = [
    ...['mosquitto_pub', '-h', 'localhost', '-p', String(cloud.brokerPort)],
    ...['--cafile', inOut('ca.pem'), '--cert', inOut('certificate.pem'), '--key', inOut('key.pem')],
    ...['-i', device.thing, '-q', '1', '-t', telemetryTopic(thingNameSchema.parse(device.thing))],
    ...['-m', JSON.stringify(firstReading(device, now))],
  ];
  return words.map(quoted).join(' ');
}

await runCommand(async () => {
  const options = readOptions(process.argv.slice(2));
  const { action, household, type, out, thing = `${type}-${randomBytes(3).toString('hex')}`, data } = options;
  const { name = action === 'add' ? `My ${type}` : `Nachschub ${type}` } = options;
  if (existsSync(path.join(out, 'key.pem'))) throw new UsageError(`${out} holds a key already; choose another --out, so that no device loses its own.`);
  const cloud = findRunningCloud(data);
  const device = newDevice(type, thing, name);
  const operator = apiClient(cloud.apiUrl, z.string().parse(await cloud.ask({ call: 'operatorToken' })));
  const pairingCode = household === undefined ? await make(operator, device) : undefined;
  if (household !== undefined) await add(operator, household, device);
  await fetchCertificate(cloud, thing, out);
  const { now } = z.object({ now: instantSchema }).parse(await (await fetch(`${cloud.url}/snapshot`)).json());
  const whose =
    pairingCode === undefined
      ? `${thing} belongs to ${household ?? 'nobody'}; its key and certificate are in ${out}.`
      : `${thing} belongs to nobody yet; its key and certificate are in ${out}.\n\nPairing code: ${pairingCode}\n\nType it in the app, at ${cloud.url}/app/devices/add. It works once, and we keep only its hash.`;
  process.stdout.write(`${whose}
Its slots: ${device.shelves.map(({ slot, name: holds }) => `${slot} (${holds})`).join(', ')}.

Let it say what is left of the first one:

${firstWord(cloud, device, { out, now })}

Then look at ${cloud.url}, or at the last lines of ${cloud.inside('journal.ndjson')}. Count seq up with each further reading.
`);
});
