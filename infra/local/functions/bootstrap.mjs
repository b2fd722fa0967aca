/**
 * Runs one bundle in a worker thread as Lambda would run it in a container. Plain JavaScript, because a worker
 * starts without the loader that the local cloud itself runs with.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { bundleDirectory, handler, functionName, functionArn, memoryMegabytes, sharedClock, variables } = workerData;

// A line goes to the parent over the same port as the result and before it, so it is kept before the message that it is about is removed.
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk, encoding, callback) => {
    parentPort.postMessage({ log: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8') });
    const done = typeof encoding === 'function' ? encoding : callback;
    if (done) process.nextTick(done);
    return true;
  };
}

// The cells that infra/local/conductor/shared-clock.ts writes.
const writes = new Int32Array(sharedClock, 0, 1);
const cells = new Float64Array(sharedClock);
function productNow() {
  for (;;) {
    const before = Atomics.load(writes, 0);
    const [, product, wall, rate, ceiling] = cells;
    if (before % 2 !== 0 || Atomics.load(writes, 0) !== before) continue;
    return Math.floor(Math.min(product + (Number(process.hrtime.bigint() / 1_000n) / 1_000 - wall) * rate, ceiling));
  }
}
/** The town's weather, as the simulated heatings of seed 1 have it; read when somebody first asks. */
let recorded;
function recordedCelsius(day) {
  recorded ??= new Map(
    readFileSync(new URL('../weather/recorded.csv', import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => [Date.parse(line.split(',')[0]) / 86_400_000, Number(line.split(',')[1])]),
  );
  return recorded.get(day);
}
/** What was wanted more of, by a series of our own; read when somebody first asks. */
let trends;
function recordedTrends() {
  trends ??= readFileSync(new URL('../trends/recorded.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .map(([from, to, category, share]) => ({ from, to, category, share: Number(share) }));
  return trends;
}
globalThis[Symbol.for('nachschub.local')] = { productNow, loopbackAllowed: true, recordedCelsius, recordedTrends };

// The parent learns which variables of the template are read, so that one nobody needs can be found. Copying the whole environment,
// which describes each member before it takes it, is not reading.
const unread = new Set(variables);
let copied;
process.env = new Proxy(process.env, {
  get(environment, name) {
    if (copied !== name && unread.delete(name)) parentPort.postMessage({ read: name });
    copied = undefined;
    return environment[name];
  },
  getOwnPropertyDescriptor(environment, name) {
    copied = name;
    return Reflect.getOwnPropertyDescriptor(environment, name);
  },
});

const described = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, stack: error.stack }
    : { errorType: typeof error, errorMessage: String(error), stack: undefined };

/** Lambda logs what a handler throws; so does this, and the parent learns type and message. */
function report(error) {
  const { errorType, errorMessage, stack } = described(error);
  process.stderr.write(`${JSON.stringify({ level: 'ERROR', message: 'Invoke Error', errorType, errorMessage, stack: stack?.split('\n') })}\n`);
  return { errorType, errorMessage };
}

function contextOf(requestId, deadlineMillis) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(memoryMegabytes),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, deadlineMillis - Date.now()),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}

async function loadHandler() {
  const dot = handler.lastIndexOf('.');
  const [module, name] = [handler.slice(0, dot), handler.slice(dot + 1)];
  const file = ['mjs', 'js', 'cjs'].map((extension) => path.join(bundleDirectory, `${module}.${extension}`)).find((candidate) => existsSync(candidate));
  if (file === undefined) throw Object.assign(new Error(`Cannot find module '${module}' in ${bundleDirectory}`), { name: 'Runtime.ImportModuleError' });
  const loaded = await import(pathToFileURL(file).href);
  const found = loaded[name] ?? loaded.default?.[name];
  if (typeof found !== 'function') throw Object.assign(new Error(`${handler} is undefined or not exported`), { name: 'Runtime.HandlerNotFound' });
  return found;
}

try {
  const handle = await loadHandler();
  parentPort.on('message', async ({ requestId, event, timeoutMillis }) => {
    try {
      const result = await handle(JSON.parse(event), contextOf(requestId, Date.now() + timeoutMillis));
      parentPort.postMessage({ requestId, payload: JSON.stringify(result) ?? 'null' });
    } catch (error) {
      parentPort.postMessage({ requestId, error: report(error) });
    }
  });
  parentPort.postMessage({ ready: true });
} catch (error) {
  parentPort.postMessage({ failedToStart: report(error) });
}
