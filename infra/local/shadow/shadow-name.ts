/** Which shadow a topic or an address means. */

export interface ShadowName {
  readonly thing: string;
  /** Absent for the thing's classic shadow. */
  readonly name?: string | undefined;
}
export type ShadowOperation = 'get' | 'update' | 'delete';

/** AWS IoT's rules for names: 1 to 128 characters for things, 1 to 64 for shadows. */
const TOPIC = /^\$aws\/things\/([A-Za-z0-9:_-]{1,128})\/shadow(?:\/name\/([A-Za-z0-9:_-]{1,64}))?\/(get|update|delete)$/;
const THING = /^[A-Za-z0-9:_-]{1,128}$/;
const NAME = /^[A-Za-z0-9:_-]{1,64}$/;

/** Undefined for every other topic: nobody listens there. */
export function readShadowTopic(topic: string): { shadow: ShadowName; operation: ShadowOperation } | undefined {
  const [, thing, name, operation] = TOPIC.exec(topic) ?? [];
  if (thing === undefined || (operation !== 'get' && operation !== 'update' && operation !== 'delete')) return undefined;
  return { shadow: { thing, name }, operation };
}

export const isShadowName = ({ thing, name }: ShadowName): boolean => THING.test(thing) && (name === undefined || NAME.test(name));

export const topicOf = ({ thing, name }: ShadowName, suffix: string): string =>
  `$aws/things/${thing}/shadow${name === undefined ? '' : `/name/${name}`}/${suffix}`;
