/** The template's own functions at CloudFront, as they stand. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { edgeFunction } from '../../../../infra/local/site/edge-function.ts';

const named = (file: string) => edgeFunction(file, readFileSync(path.join(import.meta.dirname, '../../../../infra/site', file), 'utf8'));
const appPaths = named('app-paths.js');
const apiPaths = named('api-paths.js');
const get = (uri: string) => ({ method: 'GET', uri });

describe('paths of the app', () => {
  it.each([
    ['/app/', '/app/index.html'],
    ['/app/orders', '/app/index.html'],
    ['/app/orders/ord_1/why', '/app/index.html'],
    ['/app/statement/2026-03', '/app/index.html'],
    ['/app/config.json', '/app/config.json'],
    ['/app/service-worker.js', '/app/service-worker.js'],
    ['/app/v1.2/deep', '/app/index.html'],
    ['/robots.txt', '/robots.txt'],
    ['/other', '/other'],
  ])('%s is %s', (from, to) => expect(appPaths(get(from))).toEqual({ kind: 'handed-on', uri: to }));

  it.each(['/', '/app'])('%s leads into the app', (from) =>
    expect(appPaths(get(from))).toEqual({ kind: 'answered', statusCode: 302, headers: { location: { value: '/app/' } } }),
  );
});

it.each([
  ['/api/me', '/me'],
  ['/api/households/hh_a/orders', '/households/hh_a/orders'],
  ['/api/', '/'],
])('the API hears of %s as %s', (from, to) => expect(apiPaths(get(from))).toEqual({ kind: 'handed-on', uri: to }));

describe('a function', () => {
  it('that does not compile stops the start', () => expect(() => edgeFunction('broken', 'function handler( {')).toThrow(SyntaxError));

  it('reaches nothing of the machine that it runs on', () => {
    const curious = edgeFunction('curious', 'function handler() { return { uri: "/" + [typeof process, typeof require, typeof fetch].join("-") }; }');
    expect(curious(get('/'))).toEqual({ kind: 'handed-on', uri: '/undefined-undefined-undefined' });
    const digging = edgeFunction('digging', 'function handler(event) { return event.constructor.constructor("return process")(); }');
    expect(() => digging(get('/'))).toThrow();
  });

  it('that does not come to an end is stopped', () => {
    expect(() => edgeFunction('endless', 'function handler() { for (;;); }', 100)(get('/'))).toThrow(/timed out/);
  });

  it('that a busy machine lets wait is not taken for one', () => {
    const slow = edgeFunction('slow', 'function handler(event) { for (const end = Date.now() + 400; Date.now() < end; ); return event.request; }');
    expect(slow(get('/late'))).toEqual({ kind: 'handed-on', uri: '/late' });
  });

  it('that answers neither a request nor a response is refused', () => {
    expect(() => edgeFunction('mute', 'function handler() { return {}; }')(get('/'))).toThrow();
  });
});
