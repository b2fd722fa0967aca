/** One shadow as AWS IoT keeps it: what is desired, what is reported, since when each value stands, and how often it was written. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { ShadowRefusal } from './refusal.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

const jsonSchema: z.ZodType<Json> = z.json();
export const objectSchema: z.ZodType<JsonObject> = z.record(z.string(), jsonSchema);
export const sections = ['desired', 'reported'] as const;
type Section = (typeof sections)[number];

const keptSection = z.object({ state: objectSchema, metadata: objectSchema });
export const shadowSchema = z.object({ version: z.int().min(1), desired: keptSection.optional(), reported: keptSection.optional() });
export type Shadow = z.infer<typeof shadowSchema>;

/** Of desired and reported state together, without what the service adds (AWS IoT Core quotas; its troubleshooting page for shadows). */
export const STATE_BYTES_MAX = 8_192;
/** AWS's own words: "JSON contains too many levels of nesting; maximum is 6". */
const LEVELS_MAX = 6;
const CLIENT_TOKEN_BYTES_MAX = 64;

export interface ShadowUpdate {
  readonly state: Readonly<Partial<Record<Section, JsonObject | null>>>;
  readonly clientToken?: string | undefined;
  readonly version?: number | undefined;
}

/** Reads a request; throws ShadowRefusal with AWS's words. */
export function readUpdate(payload: Buffer): ShadowUpdate {
  const { clientToken, document } = readRequest(payload);
  const { state, version } = document;
  if (state === undefined) throw new ShadowRefusal(400, 'Missing required node: state');
  if (!isObject(state)) throw new ShadowRefusal(400, 'State node must be an object');
  if (version !== undefined && (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 0)) throw new ShadowRefusal(400, 'Invalid version');
  const given = sections.flatMap((section) => {
    const value = state[section];
    if (value === undefined) return [];
    if (value !== null && !isObject(value)) throw new ShadowRefusal(400, `${section === 'desired' ? 'Desired' : 'Reported'} node must be an object`);
    if (levelsOf(value) > LEVELS_MAX) throw new ShadowRefusal(400, `JSON contains too many levels of nesting; maximum is ${LEVELS_MAX}`);
    return [[section, value] as const];
  });
  if (Object.keys(state).length > given.length) throw new ShadowRefusal(400, 'State contains an invalid node');
  return { state: Object.fromEntries(given), clientToken, version };
}

/** A request for the document or for its end; nothing at all counts as an empty one. */
export function readRequest(payload: Buffer): { clientToken?: string | undefined; document: JsonObject } {
  let value: unknown;
  try {
    value = payload.length === 0 ? {} : JSON.parse(payload.toString('utf8'));
  } catch {
    throw new ShadowRefusal(400, 'Invalid JSON');
  }
  const document = objectSchema.safeParse(value);
  if (!document.success) throw new ShadowRefusal(400, 'Invalid JSON');
  const { clientToken } = document.data;
  if (clientToken === undefined) return { document: document.data };
  if (typeof clientToken !== 'string' || Buffer.byteLength(clientToken) > CLIENT_TOKEN_BYTES_MAX) throw new ShadowRefusal(400, 'Invalid clientToken');
  return { clientToken, document: document.data };
}

/**
 * Merges an update: values replace values, arrays whole, and null removes.
 * @param versionBefore of a shadow of this name that was deleted, or 0
 * @throws ShadowRefusal on another version than the one that the update names, and when it grows too large
 */
export function applyUpdate(
  before: Shadow | undefined,
  update: ShadowUpdate,
  { nowSeconds, versionBefore }: { nowSeconds: number; versionBefore: number },
): Shadow {
  const version = before?.version ?? versionBefore;
  if (update.version !== undefined && update.version !== version) throw new ShadowRefusal(409, 'Version conflict');
  const after: Shadow = { version: version + 1, ...sectionsAfter(before, update, nowSeconds) };
  const bytes = Buffer.byteLength(JSON.stringify({ desired: after.desired?.state, reported: after.reported?.state }));
  if (bytes > STATE_BYTES_MAX) throw new ShadowRefusal(413, 'The payload exceeds the maximum size allowed');
  return after;
}

/** A section that holds nothing any more is none. */
function sectionsAfter(before: Shadow | undefined, update: ShadowUpdate, nowSeconds: number): Omit<Shadow, 'version'> {
  const kept = sections.flatMap((section) => {
    const known = before?.[section];
    const change = update.state[section];
    if (change === undefined) return known === undefined ? [] : [[section, known] as const];
    const state = change === null ? {} : mergeObject(known?.state ?? {}, change);
    return Object.keys(state).length === 0 ? [] : [[section, { state, metadata: stamp(change ?? {}, state, known?.metadata ?? {}, nowSeconds) }] as const];
  });
  return Object.fromEntries(kept);
}

function mergeObject(before: JsonObject, change: JsonObject): JsonObject {
  const merged = new Map(Object.entries(before));
  for (const [key, value] of Object.entries(change)) {
    const known = merged.get(key);
    if (value === null) merged.delete(key);
    else merged.set(key, isObject(value) ? mergeObject(isObject(known) ? known : {}, value) : value);
  }
  return Object.fromEntries(merged);
}

/** Metadata has the shape of the state with `{timestamp}` in place of each value; what the update did not touch keeps its own. */
function stamp(change: JsonObject, state: JsonObject, known: JsonObject, timestamp: number): JsonObject {
  const entries = Object.entries(state).map(([key, value]): [string, Json] => {
    const changed = change[key];
    const before = known[key];
    if (changed === undefined) return [key, before ?? stampAll(value, timestamp)];
    if (!isObject(value) || !isObject(changed)) return [key, stampAll(value, timestamp)];
    return [key, stamp(changed, value, isObject(before) ? before : {}, timestamp)];
  });
  return Object.fromEntries(entries);
}

export function stampAll(value: Json, timestamp: number): Json {
  if (Array.isArray(value)) return value.map((item: Json) => stampAll(item, timestamp));
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, stampAll(item, timestamp)])) : { timestamp };
}

/** What is desired and not reported: undefined when nothing is. Arrays differ as a whole. */
export function deltaOf({ desired, reported }: Shadow): { state: JsonObject; metadata: JsonObject } | undefined {
  const state = difference(desired?.state ?? {}, reported?.state ?? {});
  return state === undefined ? undefined : { state, metadata: pick(desired?.metadata ?? {}, state) };
}

function difference(desired: JsonObject, reported: JsonObject): JsonObject | undefined {
  const differing = Object.entries(desired).flatMap(([key, value]): [string, Json][] => {
    const known = reported[key];
    if (isObject(value) && isObject(known)) {
      const inner = difference(value, known);
      return inner === undefined ? [] : [[key, inner]];
    }
    return isDeepStrictEqual(value, known) ? [] : [[key, value]];
  });
  return differing.length === 0 ? undefined : Object.fromEntries(differing);
}

const pick = (metadata: JsonObject, shape: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(shape).flatMap(([key, value]): [string, Json][] => {
      const known = metadata[key];
      if (known === undefined) return [];
      return [[key, isObject(value) && isObject(known) ? pick(known, value) : known]];
    }),
  );

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

const levelsOf = (value: Json): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map((inner: Json) => levelsOf(inner))) : 0;
