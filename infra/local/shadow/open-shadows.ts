/** The device shadow service of the local cloud: AWS IoT's, on MQTT topics for things and over HTTP for functions. */
import { applyUpdate, deltaOf, readRequest, readUpdate, stampAll, type JsonObject, type Shadow } from './shadow.ts';
import { ShadowFiles, type Kept } from './shadow-files.ts';
import { readShadowTopic, topicOf, type ShadowName } from './shadow-name.ts';
import { ShadowRefusal } from './refusal.ts';

export interface ShadowsOptions {
  /** Shadows are kept here. */
  readonly directory: string;
  /** Says a message on a topic, to whoever listens. */
  readonly publish: (topic: string, payload: string) => Promise<void>;
  /** Product time, milliseconds. */
  readonly now: () => number;
}

export interface Shadows {
  /** Takes what a client published on a shadow's topic; resolves when it is durable and the answers are out. Other topics are nothing to it. */
  handleMessage(message: { readonly topic: string; readonly payload: Buffer }): Promise<void>;
  /** These three throw ShadowRefusal. */
  get(shadow: ShadowName): Promise<JsonObject>;
  update(shadow: ShadowName, payload: Buffer): Promise<JsonObject>;
  remove(shadow: ShadowName): Promise<JsonObject>;
}

const REMEMBERED_SECONDS = 48 * 3_600;

export function openShadows({ directory, publish, now }: ShadowsOptions): Shadows {
  const files = new ShadowFiles(directory);
  const seconds = () => Math.floor(now() / 1_000);
  const say = (shadow: ShadowName, suffix: string, document: object) => publish(topicOf(shadow, suffix), JSON.stringify(document));

  const get = async (name: ShadowName, payload: Buffer = Buffer.alloc(0)) => {
    const { clientToken } = readRequest(payload);
    return withToken(documentOf(existing(name, await files.read(name)), seconds()), clientToken);
  };

  const update = (name: ShadowName, payload: Buffer) =>
    files.inTurn(name, async () => {
      const request = readUpdate(payload);
      const kept = await files.read(name);
      const before = kept !== undefined && 'shadow' in kept ? kept.shadow : undefined;
      const nowSeconds = seconds();
      const after = applyUpdate(before, request, { nowSeconds, versionBefore: versionBefore(kept, nowSeconds) });
      await files.write(name, { shadow: after });
      const { clientToken } = request;
      const state = request.state as JsonObject;
      const accepted = withToken({ state, metadata: stampAll(state, nowSeconds), version: after.version, timestamp: nowSeconds }, clientToken);
      await say(name, 'update/accepted', accepted);
      const delta = deltaOf(after);
      if (delta !== undefined) await say(name, 'update/delta', withToken({ version: after.version, timestamp: nowSeconds, ...delta }, clientToken));
      const documents = { previous: before === undefined ? {} : contentOf(before), current: contentOf(after), timestamp: nowSeconds };
      await say(name, 'update/documents', withToken(documents, clientToken));
      return accepted;
    });

  const remove = (name: ShadowName, payload: Buffer = Buffer.alloc(0)) =>
    files.inTurn(name, async () => {
      const { clientToken } = readRequest(payload);
      const { version } = existing(name, await files.read(name));
      await files.write(name, { versionBefore: version, deletedAtSeconds: seconds() });
      const accepted = withToken({ version, timestamp: seconds() }, clientToken);
      await say(name, 'delete/accepted', accepted);
      return accepted;
    });

  const handleMessage: Shadows['handleMessage'] = async ({ topic, payload }) => {
    const asked = readShadowTopic(topic);
    if (asked === undefined) return;
    const { shadow, operation } = asked;
    try {
      // Updates and deletions say themselves that they were accepted, whoever asked for them.
      if (operation === 'get') await say(shadow, 'get/accepted', await get(shadow, payload));
      else await (operation === 'update' ? update : remove)(shadow, payload);
    } catch (error) {
      if (!(error instanceof ShadowRefusal)) throw error;
      await say(shadow, `${operation}/rejected`, withToken({ code: error.code, message: error.message, timestamp: seconds() }, tokenIn(payload)));
    }
  };
  return { handleMessage, get, update, remove };
}

function existing({ name }: ShadowName, kept: Kept | undefined): Shadow {
  if (kept !== undefined && 'shadow' in kept) return kept.shadow;
  throw new ShadowRefusal(404, name === undefined ? 'No shadow exists' : `No shadow exists with name: '${name}'`);
}

/** A shadow that was deleted within the last 48 hours goes on counting. */
const versionBefore = (kept: Kept | undefined, nowSeconds: number): number =>
  kept !== undefined && 'versionBefore' in kept && nowSeconds - kept.deletedAtSeconds <= REMEMBERED_SECONDS ? kept.versionBefore : 0;

function contentOf({ version, desired, reported }: Shadow): JsonObject {
  const state = { ...(desired && { desired: desired.state }), ...(reported && { reported: reported.state }) };
  const metadata = { ...(desired && { desired: desired.metadata }), ...(reported && { reported: reported.metadata }) };
  return { state, metadata, version };
}

/** What a GET answers: the whole document, with what is still to be done. */
function documentOf(shadow: Shadow, timestamp: number): JsonObject {
  const { state, ...rest } = contentOf(shadow);
  const delta = deltaOf(shadow);
  return { state: { ...(state as JsonObject), ...(delta && { delta: delta.state }) }, ...rest, timestamp };
}

const withToken = (document: JsonObject, clientToken: string | undefined): JsonObject => (clientToken === undefined ? document : { ...document, clientToken });

/** A refusal echoes the token too, if the request can be read that far. */
function tokenIn(payload: Buffer): string | undefined {
  try {
    return readRequest(payload).clientToken;
  } catch {
    return undefined;
  }
}
