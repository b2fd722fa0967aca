import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { watch, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { BadSimulation, readSimulation } from '../../retailer-sim/simulation.ts';
import { DAY, HOUR, openWorld, orderOf, startsAt, steady, type World } from './world.ts';

let world: World | undefined;
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
  world?.close();
  world = undefined;
});

function spawnShop(...parameters: string[]): ChildProcess {
  const child = fork('retailer-sim/main.ts', parameters, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  children.push(child);
  return child;
}
async function startShop(at: World): Promise<ChildProcess> {
  const ready = at.conductor.ready();
  const child = spawnShop(at.simulationPath, 'rt_frischhof');
  await ready;
  return child;
}
async function exitOf(child: ChildProcess): Promise<{ code: unknown; said: string }> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'exit')) as unknown[];
  return { code, said };
}
const typesOf = (at: World, orderId: string) => at.said(orderId).map(({ type }) => type);
const whole = ['order.accepted', 'order.shipped', 'order.delivered'];

describe('the process', () => {
  it('lives an order through, over a kill, and goes when it is told to', async () => {
    world = await openWorld({ ...steady, leadTimeSdDays: 0 });
    const first = await startShop(world);
    expect((await world.place(orderOf('ord_1'))).status).toBe(202);
    await world.conductor.runUntil(startsAt + HOUR);
    const gone = world.conductor.gone();
    first.kill('SIGKILL');
    await gone;
    const second = await startShop(world);
    await world.conductor.runUntil(startsAt + 5 * DAY);
    expect(typesOf(world, 'ord_1')).toEqual(whole);
    expect(new Set(world.platform.heard.map(({ body }) => body)).size).toBe(world.platform.heard.length);
    expect(world.doorstep()).toMatchObject([{ orderId: 'ord_1' }]);
    const exit = exitOf(second);
    second.kill('SIGTERM');
    expect(await exit).toEqual({ code: 0, said: '' });
  });

  it('killed between the ledger and the answer, knows the order when it comes again', async () => {
    world = await openWorld();
    const at = world;
    const child = await startShop(at);
    const written = new Promise<void>((resolve) => {
      const watcher = watch(at.simulation.ledgers, () => {
        if (!at.entries().some(({ kind }) => kind === 'order-received')) return;
        watcher.close();
        resolve();
      });
    });
    // The answer is never read: whoever asked cannot know that there was one.
    const body = JSON.stringify({ type: 'order.placed', timestamp: new Date(startsAt).toISOString(), data: orderOf('ord_1') });
    const headers = Object.entries({ ...at.signed('msg_1', body), host: 'shop', 'content-length': String(Buffer.byteLength(body)) });
    const socket = connect(Number(new URL(at.shopUrl).port), '127.0.0.1');
    socket.pause();
    socket.on('error', () => undefined);
    socket.write(`POST /webhooks HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`);
    await written;
    const gone = at.conductor.gone();
    child.kill('SIGKILL');
    await gone;
    socket.destroy();

    await startShop(at);
    expect(await at.place(orderOf('ord_1'), 'msg_1')).toEqual({ status: 200, body: { orderId: 'ord_1', repeat: true } });
    await at.conductor.runUntil(startsAt + 5 * DAY);
    expect(typesOf(at, 'ord_1')).toEqual(whole);
    expect(at.doorstep()).toHaveLength(1);
    expect(at.entries().filter(({ kind }) => kind === 'order-received')).toHaveLength(1);
  });

  it('cuts and restores its line when told, and goes with whoever started it', async () => {
    world = await openWorld();
    const at = world;
    const child = await startShop(at);
    await at.place(orderOf('ord_1'));
    child.send({ line: 'cut' });
    await expect
      .poll(() =>
        at.place(orderOf('ord_2')).then(
          ({ status }) => status,
          () => 'nobody there',
        ),
      )
      .toBe('nobody there');
    await at.conductor.runUntil(startsAt + 5 * DAY);
    expect(typesOf(at, 'ord_1')).toEqual([]);
    child.send({ line: 'restored' });
    await expect.poll(() => at.conductor.next).toBeLessThanOrEqual(startsAt + 5 * DAY);
    await at.conductor.runUntil(startsAt + 5 * DAY);
    expect(typesOf(at, 'ord_1')).toEqual(whole);
    const exit = exitOf(child);
    child.disconnect();
    expect(await exit).toEqual({ code: 0, said: '' });
  });

  it('refuses a bad simulation in one sentence', async () => {
    world = await openWorld();
    writeFileSync(world.simulationPath, JSON.stringify({ ...world.simulation, seed: 'x' }));
    const { code, said } = await exitOf(spawnShop(world.simulationPath, 'rt_frischhof'));
    expect(code).toBe(2);
    expect(said).toMatch(/^.*simulation\.json is not a simulation, at seed: .*\.\n$/);
  });
});

describe('a simulation', () => {
  const refusal = (path: string | undefined, retailerId: string | undefined = 'rt_frischhof') => {
    try {
      readSimulation(path, retailerId);
    } catch (error) {
      if (error instanceof BadSimulation) return error.message;
      throw error;
    }
    return 'taken';
  };
  it.each([
    ['as it should be', {}, /^taken$/],
    ['without a conductor', { conductorPort: undefined }, /at conductorPort: /],
    ['without this shop', { retailers: [] }, /has no retailer rt_frischhof\.$/],
    ['with a secret that is none', { secretToRetailer: 'secret' }, /at retailers\.0\.secretToRetailer: /],
    ['with more than the whole rejected', { temper: { ...steady, reject: 0.7, change: 0.7 } }, /at retailers\.0\.temper: expected reject and change/],
    ['with the longer time first', { temper: { ...steady, answerMinutes: [30, 1] } }, /at retailers\.0\.temper\.answerMinutes: expected the shorter/],
    ['with nothing to sell', { catalogue: [] }, /at retailers\.0\.catalogue: /],
  ])('%s', async (_, over, expected) => {
    world = await openWorld();
    const [retailer] = world.simulation.retailers;
    const whole = { ...world.simulation, retailers: [{ ...retailer, ...over }], ...over };
    writeFileSync(world.simulationPath, JSON.stringify(whole));
    expect(refusal(world.simulationPath)).toMatch(expected);
  });
  it('that is no file, no JSON or not named', async () => {
    world = await openWorld();
    expect(refusal(`${world.simulationPath}.not`)).toContain('cannot be read');
    writeFileSync(world.simulationPath, '{');
    expect(refusal(world.simulationPath)).toContain('cannot be read');
    expect(refusal(undefined)).toContain('Usage');
  });
});
