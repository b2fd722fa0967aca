import { describe, expect, it } from 'vitest';
import { openTiny, STARTS_AT } from './tiny-functions.ts';

const ECHO = 'export const handler = async (event) => event;';

describe('a function', () => {
  it('answers what its handler returns, as JSON would carry it', async () => {
    const { invoke } = openTiny({ echo: ECHO, silent: 'export const handler = async () => undefined;' });
    expect(await invoke('echo', { text: 'ä', at: new Date(0), gone: undefined })).toEqual({ ok: true, payload: { text: 'ä', at: '1970-01-01T00:00:00.000Z' } });
    expect(await invoke('silent', {})).toEqual({ ok: true, payload: null });
  });

  it('sees its own environment and nothing of this machine', async () => {
    process.env['NACHSCHUB_TEST_LEAK'] = 'leaked';
    const { invoke } = openTiny({ show: 'export const handler = async () => process.env;' }, { environment: { TABLE: 'Households', AWS_REGION: 'us-east-1' } });
    const result = await invoke('show', {});
    delete process.env['NACHSCHUB_TEST_LEAK'];
    expect(result).toMatchObject({
      ok: true,
      payload: {
        TABLE: 'Households',
        AWS_REGION: 'eu-central-1',
        AWS_LAMBDA_FUNCTION_NAME: 'show',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
        AWS_ACCESS_KEY_ID: 'KEY-show',
        AWS_SECRET_ACCESS_KEY: 'secret of show',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      },
    });
    const names = result.ok ? Object.keys(result.payload ?? {}) : [];
    expect(names.filter((name) => !/^(AWS_|LAMBDA_|_HANDLER$|LANG$|TZ$|TABLE$)/.test(name))).toEqual([]);
  });

  it('has the context of Lambda', async () => {
    const source = `export const handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() });`;
    const { invoke } = openTiny({ who: source }, { timeoutSeconds: 7, memoryMegabytes: 256 });
    const result = await invoke('who', {});
    expect(result).toMatchObject({
      payload: {
        functionName: 'who',
        functionVersion: '$LATEST',
        invokedFunctionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:who',
        memoryLimitInMB: '256',
        awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
        left: expect.toSatisfy((left: number) => left > 5_000 && left <= 7_000) as unknown,
      },
    });
  });

  it('is told the recorded weather of a day, and of none that was not recorded', async () => {
    const days = "['2026-11-01', '2020-01-01'].map((date) => Date.parse(date) / 86_400_000)";
    const source = `export const handler = async () => ${days}.map((day) => globalThis[Symbol.for('nachschub.local')].recordedCelsius(day) ?? 'unknown');`;
    const { invoke } = openTiny({ weather: source });
    expect(await invoke('weather', {})).toEqual({ ok: true, payload: [8.8, 'unknown'] });
  });

  it('reads the product clock as this thread does', async () => {
    const source = `export const handler = async () => ({ now: globalThis[Symbol.for('nachschub.local')].productNow(), ...globalThis[Symbol.for('nachschub.local')] });`;
    const { invoke, clock } = openTiny({ when: source });
    expect(await invoke('when', {})).toEqual({ ok: true, payload: { now: STARTS_AT, loopbackAllowed: true } });
    clock.jump(STARTS_AT + 86_400_000);
    expect(await invoke('when', {})).toMatchObject({ payload: { now: STARTS_AT + 86_400_000 } });
    clock.run(1_000, Infinity);
    const before = clock.now();
    const result = await invoke('when', {});
    expect(result).toMatchObject({ payload: { now: expect.toSatisfy((now: number) => now >= before && now <= clock.now()) as unknown } });
    // Less than a wall millisecond to the ceiling: from then on time stands for everybody.
    clock.run(1_000_000, clock.now() + 50);
    const atCeiling = await invoke('when', {});
    expect(await invoke('when', {})).toEqual(atCeiling);
    expect(atCeiling).toMatchObject({ payload: { now: clock.now() } });
  });

  it('says what it lacks when it cannot be loaded', async () => {
    const { invoke } = openTiny({ lacks: 'export const other = 1;' });
    expect(await invoke('lacks', {})).toEqual({
      ok: false,
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: expect.stringContaining('index.handler is undefined') as unknown,
    });
    const absent = openTiny({ absent: ECHO }, { handler: 'main.handler' });
    expect(await absent.invoke('absent', {})).toMatchObject({ ok: false, errorType: 'Runtime.ImportModuleError' });
    const broken = openTiny({ broken: 'throw new TypeError("no environment");' });
    expect(await broken.invoke('broken', {})).toMatchObject({
      ok: false,
      errorType: 'TypeError',
      errorMessage: expect.stringContaining('no environment') as unknown,
    });
    await expect(invoke('nobody', {})).rejects.toThrow('no function nobody');
  });
});

describe('a failure', () => {
  it('of the handler is an answer, and the thread stays warm', async () => {
    const { invoke } = openTiny({
      moody: 'let calls = 0; export const handler = async (e) => { calls += 1; if (e.bad) throw new RangeError("too far"); return calls; };',
    });
    expect(await invoke('moody', { bad: true })).toEqual({ ok: false, errorType: 'RangeError', errorMessage: 'too far' });
    expect(await invoke('moody', {})).toEqual({ ok: true, payload: 2 });
  });

  it('to come back in time ends the thread, and the next call has a new one', async () => {
    const source =
      'let calls = 0; export const handler = async (event) => { calls += 1; while (event.busy) {} if (event.idle) await new Promise(() => setInterval(() => {}, 1000)); return calls; };';
    const { invoke, activity } = openTiny({ slow: source }, { timeoutSeconds: 0.5 });
    expect(await invoke('slow', {})).toEqual({ ok: true, payload: 1 });
    for (const event of [{ busy: true }, { idle: true }]) {
      expect(await invoke('slow', event)).toEqual({
        ok: false,
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 0\.50 seconds$/) as unknown,
      });
      expect(await invoke('slow', {})).toEqual({ ok: true, payload: 1 });
    }
    expect(activity.count).toBe(0);
  });

  it.each([
    ['that exits', 'process.exit(3);', 'Runtime.ExitError', 'exit status 3'],
    ['that nobody caught', 'setImmediate(() => { throw new SyntaxError("loose"); }); await new Promise(() => {});', 'SyntaxError', 'loose'],
    ['that nobody awaited', 'Promise.reject(new Error("forgotten")); await new Promise(() => {});', 'Error', 'forgotten'],
    ['that fills the memory', 'const all = []; for (;;) all.push(new Array(100_000).fill({}));', 'Error', 'memory'],
  ])('%s costs one call, not the machine', async (_name, line, errorType, reason) => {
    const { invoke } = openTiny({ weak: `export const handler = async (event) => { if (event.die) { ${line} } return 'alive'; };` }, { memoryMegabytes: 32 });
    expect(await invoke('weak', { die: true })).toEqual({ ok: false, errorType, errorMessage: expect.stringContaining(reason) as unknown });
    expect(await invoke('weak', {})).toEqual({ ok: true, payload: 'alive' });
  });
});

describe('several calls at once', () => {
  const COUNT = `
    let running = 0;
    export const handler = async () => {
      running += 1;
      const seen = running;
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1;
      return { seen, thread: threadId };
    };
    import { threadId } from 'node:worker_threads';`;

  it('never meet in one thread, share as many as there may be, and all are answered', async () => {
    const { invoke, activity } = openTiny({ count: COUNT });
    const calls = Promise.all(Array.from({ length: 9 }, () => invoke('count', {})));
    expect(activity.count).toBe(9);
    const payloads = (await calls).map((result) => (result.ok ? result.payload : result)) as { seen: number; thread: number }[];
    expect(payloads.map(({ seen }) => seen)).toEqual(Array(9).fill(1));
    expect(new Set(payloads.map(({ thread }) => thread)).size).toBe(2);
    expect(activity.count).toBe(0);
  });

  it('are all answered when the functions are closed under them', async () => {
    const { invoke, close } = openTiny({ hang: 'export const handler = () => new Promise(() => setInterval(() => {}, 1000));' });
    const calls = Array.from({ length: 5 }, () => invoke('hang', {}));
    await close();
    for (const result of await Promise.all(calls)) expect(result).toMatchObject({ ok: false, errorType: 'Runtime.ExitError' });
    expect(await invoke('hang', {})).toMatchObject({ ok: false });
  });
});
