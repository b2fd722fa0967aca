import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFaults } from '../../../../infra/local/faults/open-faults.ts';
import type { FaultKind } from '../../../../infra/local/faults/kinds.ts';
import { invokeAsync } from '../../../../infra/local/functions/invoke-async.ts';
import type { Functions } from '../../../../infra/local/functions/functions.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const startsAt = Date.UTC(2026, 2, 2);

function open(kinds: readonly FaultKind[], seed = 1) {
  const directory = mkdtempSync(path.join(tmpdir(), 'faults-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = path.join(directory, 'faults.ndjson');
  appendFileSync(file, '');
  const clock = { now: startsAt };
  const lines = () =>
    readFileSync(file, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line): unknown => JSON.parse(line));
  return { faults: openFaults({ seed, kinds, file }, { startsAt, now: () => clock.now }), clock, lines };
}

describe('functions that run out of time', () => {
  it('have done their work or not begun, a few times in a month each, and say which in the log', async () => {
    const { faults, clock, lines } = open(['function-timed-out']);
    let worked = 0;
    const invoke = faults.invoke(() => {
      worked += 1;
      return Promise.resolve({ ok: true, payload: 'done' });
    });
    let answered = 0;
    for (; clock.now < startsAt + 60 * DAY; clock.now += HOUR) {
      const before = worked;
      const result = await invoke('run-due', {});
      if (result.ok) answered += 1;
      else expect([result.errorType, worked - before]).toEqual(['Sandbox.Timedout', expect.toBeOneOf([0, 1])]);
    }
    const said = lines() as { fault: string; at: string; subject: string }[];
    expect(said.length).toBe(60 * 24 - answered);
    expect(said.length).toBeGreaterThan(3);
    expect(new Set(said.map(({ subject }) => subject))).toEqual(new Set(['run-due, after its work', 'run-due, before it began']));
    expect(said.filter(({ subject }) => subject.endsWith('after its work'))).toHaveLength(worked - answered);
  });

  it('are left alone when the fault is off', () => {
    const invoke: Functions['invoke'] = () => Promise.resolve({ ok: true, payload: null });
    expect(open(['call-throttled']).faults.invoke(invoke)).toBe(invoke);
  });
});

describe('poison', () => {
  it('goes to queues and topics with a mark of its own, each noted before it is sent', async () => {
    const { faults, clock, lines } = open(['message-poisoned']);
    const sent: [place: string, body: string][] = [];
    const put = (place: string, body: string) => {
      expect(body).toContain((lines().at(-1) as { subject: string }).subject);
      sent.push([place, body]);
      return Promise.resolve();
    };
    faults.poison({ queueArns: ['q1', 'q2'], send: put, publish: put });
    const invoke = faults.invoke(() => Promise.resolve({ ok: true, payload: null }));
    for (; clock.now < startsAt + 120 * DAY; clock.now += HOUR) expect(await invoke('run-due', {})).toEqual({ ok: true, payload: null });
    expect(sent.length).toBeGreaterThan(30);
    expect(new Set(sent.map(([place]) => place))).toEqual(new Set(['q1', 'q2', 'dt/nachschub/poisoned-thing/telemetry']));
    expect(new Set(lines().map((line) => (line as { subject: string }).subject)).size).toBe(sent.length);
  });

  it('that cannot be sent does not keep a function from running', async () => {
    const { faults, clock } = open(['message-poisoned']);
    const refuse = () => Promise.reject(new Error('the queue is gone'));
    faults.poison({ queueArns: ['q1'], send: refuse, publish: refuse });
    clock.now += 30 * DAY;
    expect(await faults.invoke(() => Promise.resolve({ ok: true, payload: 1 }))('run-due', {})).toEqual({ ok: true, payload: 1 });
  });
});

describe('an asynchronous invocation', () => {
  const failing = (times: number): Functions['invoke'] => {
    let left = times;
    return () => Promise.resolve(left-- > 0 ? { ok: false, errorType: 'Sandbox.Timedout', errorMessage: 'timed out' } : { ok: true, payload: null });
  };
  it('is tried twice more', async () => {
    await expect(invokeAsync(failing(2), 'run-due', {})).resolves.toBeUndefined();
  });
  it('is given up after that, with the reason', async () => {
    await expect(invokeAsync(failing(3), 'run-due', {})).rejects.toThrow('run-due: timed out');
  });
});
