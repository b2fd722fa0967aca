import fc from 'fast-check';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SharedClock } from '../../../../infra/local/conductor/shared-clock.ts';
import { clockFile, opened } from './opened-conductor.ts';
import { every, HOUR, MINUTE, START } from './product-time.ts';

describe('a restart', () => {
  it('goes on where a closed conductor stood, whatever it is told to start at', async () => {
    const file = clockFile();
    const first = await opened({ file, until: START + HOUR });
    await first.conductor.finished;
    await first.conductor.close();
    const second = await opened({ file, startsAt: START - HOUR, expected: ['fridges'] });
    expect(second.conductor.now()).toBe(START + HOUR);
  });

  it('of running time loses less than a second of it by a clean end', async () => {
    const file = clockFile();
    const first = await opened({ file, mode: 'real-time', rate: 1_000, until: START + 3 * MINUTE });
    await first.conductor.finished;
    const stoodAt = first.conductor.now();
    await first.conductor.close();
    const second = await opened({ file, expected: ['fridges'] });
    expect(second.conductor.now()).toBe(stoodAt);
  });

  it.each(['jump', 'real-time'] as const)('of a killed process never goes back behind any time it has told: %s', async (mode) => {
    const file = clockFile();
    let told = START;
    for (let life = 0; life < 2; life += 1) {
      const child = fork(new URL('./told-until-killed.ts', import.meta.url), [file, mode], { execArgv: ['--import', 'tsx'] });
      let count = 0;
      child.on('message', (message) => {
        const now = Number(message);
        expect(now).toBeGreaterThanOrEqual(told);
        told = now;
        count += 1;
        if (count === 30 + life * 17) child.kill('SIGKILL');
      });
      await once(child, 'exit');
      expect(count).toBeGreaterThanOrEqual(30);
    }
    expect(told).toBeGreaterThan(START);
    const { reachedBy } = JSON.parse(readFileSync(file, 'utf8')) as { reachedBy: string };
    expect(Date.parse(reachedBy)).toBeGreaterThanOrEqual(told);
  });

  it('says in one sentence that it cannot read its file', async () => {
    const file = clockFile();
    writeFileSync(file, '{"reachedBy":"tomorrow"}');
    await expect(opened({ file })).rejects.toThrow(`${file} does not hold the product's time`);
  });

  it('keeps the bound ahead of running time at every moment', async () => {
    const file = clockFile();
    const { conductor } = await opened({ file, mode: 'real-time', rate: 5_000, until: START + 2 * HOUR, schedules: every(MINUTE, () => undefined) });
    const behind: number[] = [];
    const look = setInterval(() => {
      const now = conductor.now();
      const { reachedBy } = JSON.parse(readFileSync(file, 'utf8')) as { reachedBy: string };
      if (Date.parse(reachedBy) < now) behind.push(now);
    }, 1);
    await conductor.finished;
    clearInterval(look);
    expect(behind).toEqual([]);
  });
});

it('does not tell a time past its bound, even after this thread was held up', async () => {
  const file = clockFile();
  const { conductor } = await opened({ file, mode: 'real-time', rate: 5_000 });
  await new Promise((resolve) => setImmediate(resolve));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 800);
  const now = conductor.now();
  const { reachedBy } = JSON.parse(readFileSync(file, 'utf8')) as { reachedBy: string };
  expect(now).toBeGreaterThan(START);
  expect(Date.parse(reachedBy)).toBeGreaterThanOrEqual(now);
});

describe('the shared clock', () => {
  it('never goes back, whatever is set when', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('wait' as const), millis: fc.double({ min: 0, max: 5_000, noNaN: true }) }),
      fc.record({
        kind: fc.constant('run' as const),
        rate: fc.double({ min: 0, max: 10_000, noNaN: true }),
        ahead: fc.integer({ min: -1_000, max: 1_000_000 }),
      }),
      fc.record({ kind: fc.constant('jump' as const), ahead: fc.nat({ max: 100_000 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let wall = 0;
        const clock = new SharedClock(START, () => wall);
        let last = clock.now();
        for (const one of steps) {
          const before = clock.now();
          if (one.kind === 'wait') wall += one.millis;
          if (one.kind === 'run') clock.run(one.rate, before + one.ahead);
          if (one.kind === 'jump') clock.jump(before + one.ahead);
          if (one.kind === 'jump') expect(clock.now()).toBe(before + one.ahead);
          if (one.kind === 'run') expect(clock.now()).toBe(before);
          expect(clock.now()).toBeGreaterThanOrEqual(last);
          last = clock.now();
        }
      }),
    );
  });

  it('stands at its ceiling, and refuses to jump back', () => {
    let wall = 0;
    const clock = new SharedClock(START, () => wall);
    clock.run(10, START + 25);
    wall = 2;
    expect(clock.now()).toBe(START + 20);
    wall = 1_000;
    expect(clock.now()).toBe(START + 25);
    expect(() => clock.jump(START + 24)).toThrow('product time cannot go back');
  });
});
