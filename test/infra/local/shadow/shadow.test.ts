import { describe, expect, it } from 'vitest';
import { applyUpdate, deltaOf, readUpdate, STATE_BYTES_MAX, type Shadow } from '../../../../infra/local/shadow/shadow.ts';
import { readShadowTopic } from '../../../../infra/local/shadow/shadow-name.ts';

/** Given updates, one a second: what stands there afterwards. */
const after = (...updates: unknown[]): Shadow => {
  const shadow = updates.reduce<Shadow | undefined>(
    (before, update, index) => applyUpdate(before, readUpdate(Buffer.from(JSON.stringify(update))), { nowSeconds: index + 1, versionBefore: 0 }),
    undefined,
  );
  if (shadow === undefined) throw new Error('expected an update');
  return shadow;
};
const desired = (state: unknown, more: object = {}) => ({ state: { desired: state }, ...more });
const reported = (state: unknown) => ({ state: { reported: state } });
const refusal = (update: () => unknown): unknown => {
  try {
    update();
    return 'accepted';
  } catch (error) {
    return { ...(error as object), message: (error as Error).message };
  }
};

describe('an update', () => {
  it('replaces values, merges objects, replaces arrays whole and removes what is null', () => {
    const shadow = after(desired({ a: 1, b: { c: 2, d: 3 }, list: [1, 2] }), desired({ b: { c: 4 }, list: [3] }), desired({ a: null, b: { d: null } }));
    expect(shadow).toMatchObject({ version: 3, desired: { state: { b: { c: 4 }, list: [3] } } });
    expect(shadow.desired?.state).not.toHaveProperty('a');
    expect(shadow.desired?.state['b']).not.toHaveProperty('d');
  });

  it('stamps what it touches and leaves the rest', () => {
    expect(after(desired({ a: 1, b: { c: 2 }, list: [{ x: 1 }] }), desired({ b: { c: 3 } })).desired?.metadata).toEqual({
      a: { timestamp: 1 },
      b: { c: { timestamp: 2 } },
      list: [{ x: { timestamp: 1 } }],
    });
  });

  it('ends a section that it sets to null or leaves with nothing', () => {
    expect(after(desired({ a: 1 }), reported({ a: 1 }), desired(null))).not.toHaveProperty('desired');
    expect(after(desired({ a: 1 }), desired({ a: null }))).not.toHaveProperty('desired');
  });

  it('counts, and refuses a version that has gone by', () => {
    expect(after(desired({ a: 1 }), desired({ a: 2 }, { version: 1 })).version).toBe(2);
    expect(refusal(() => after(desired({ a: 1 }), desired({ a: 2 }, { version: 2 })))).toMatchObject({ code: 409, message: 'Version conflict' });
    expect(refusal(() => after(desired({ a: 1 }, { version: 1 })))).toMatchObject({ code: 409 });
  });

  const levels = (count: number): object => (count === 1 ? {} : { x: levels(count - 1) });
  it.each([
    ['nothing', {}, 400, 'Missing required node: state'],
    ['no object', { state: 1 }, 400, 'State node must be an object'],
    ['a desire that is none', { state: { desired: [] } }, 400, 'Desired node must be an object'],
    ['a report that is none', { state: { reported: 'x' } }, 400, 'Reported node must be an object'],
    ['another section', { state: { wished: {} } }, 400, 'State contains an invalid node'],
    ['a version that is none', { state: {}, version: 'one' }, 400, 'Invalid version'],
    ['a long token', { state: {}, clientToken: 'x'.repeat(65) }, 400, 'Invalid clientToken'],
    ['seven levels', desired(levels(7)), 400, 'JSON contains too many levels of nesting; maximum is 6'],
    ['a byte too many', desired({ a: 'x'.repeat(STATE_BYTES_MAX - '{"desired":{"a":""}}'.length + 1) }), 413, 'The payload exceeds the maximum size allowed'],
  ])('is refused with %s', (_, update, code, message) => {
    expect(refusal(() => after(update))).toEqual({ code, message, name: 'ShadowRefusal' });
  });

  it('is taken up to the last byte and level', () => {
    expect(after(desired({ a: 'x'.repeat(STATE_BYTES_MAX - '{"desired":{"a":""}}'.length) })).version).toBe(1);
    expect(after(desired(levels(6))).version).toBe(1);
    expect(refusal(() => readUpdate(Buffer.from('{"state":')))).toMatchObject({ code: 400, message: 'Invalid JSON' });
  });

  it('counts both sections together', () => {
    const half = 'x'.repeat(STATE_BYTES_MAX / 2);
    expect(refusal(() => after(desired({ a: half }), reported({ a: half })))).toMatchObject({ code: 413 });
  });
});

describe('the delta', () => {
  it('is what is desired and not reported, with its own times', () => {
    const shadow = after(desired({ a: 1, b: { c: 2, d: 3 }, list: [1] }), reported({ a: 1, b: { c: 9, d: 3 }, list: [1, 2], e: 5 }));
    expect(deltaOf(shadow)).toEqual({ state: { b: { c: 2 }, list: [1] }, metadata: { b: { c: { timestamp: 1 } }, list: [{ timestamp: 1 }] } });
  });

  it('is none once all is reported', () => {
    expect(deltaOf(after(desired({ a: [1, { b: 2 }] }), reported({ a: [1, { b: 2 }] })))).toBeUndefined();
    expect(deltaOf(after(reported({ a: 1 })))).toBeUndefined();
  });
});

describe('a topic', () => {
  it.each([
    ['$aws/things/tv-anna/shadow/name/display/update', { shadow: { thing: 'tv-anna', name: 'display' }, operation: 'update' }],
    ['$aws/things/tv-anna/shadow/get', { shadow: { thing: 'tv-anna', name: undefined }, operation: 'get' }],
    ['$aws/things/tv-anna/shadow/name/display/update/accepted', undefined],
    ['$aws/things/tv-anna/shadow/name/a b/update', undefined],
    ['$aws/things/tv-anna/shadow/name/display/list', undefined],
    ['dt/nachschub/tv-anna/telemetry', undefined],
  ])('%s', (topic, expected) => {
    expect(readShadowTopic(topic)).toEqual(expected);
  });
});
