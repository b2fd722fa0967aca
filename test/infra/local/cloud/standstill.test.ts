import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Activity } from '../../../../infra/local/activity.ts';
import { watchStandstill, type Watched } from '../../../../infra/local/cloud/standstill.ts';

const LOOK_MILLIS = 15_000;
const START = Date.parse('2026-03-02T05:00:00.000Z');

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
afterEach(() => void vi.useRealTimers());

function standing() {
  const time = { now: START };
  const activity = new Activity();
  let end: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (end = resolve));
  const conductor: Watched['conductor'] = { now: () => time.now, mode: 'real-time', waitingFor: ['devices'], finished };
  const queues: Watched['queues'] = { queues: [], counts: () => ({ visible: 0, inFlight: 0, delayed: 0 }) };
  const lines: string[] = [];
  watchStandstill({ conductor, activity, queues }, (line) => lines.push(line));
  time.now += 1_000;
  vi.advanceTimersByTime(LOOK_MILLIS);
  return { time, activity, lines, end };
}

it('names who has not answered and what is under way, once time has stood for a while', () => {
  const { activity, lines } = standing();
  expect(lines).toEqual([]);
  for (const what of ['GET /me', 'GET /me', 'the stream to publish-events']) activity.begin(what);
  vi.advanceTimersByTime(LOOK_MILLIS);
  expect(lines).toEqual(['time stands at 2026-03-02T05:00:01.000Z: devices has not answered; under way: GET /me (2 times), the stream to publish-events']);
});

it('tells the number of what it does not name', () => {
  const { activity, lines } = standing();
  for (let count = 1; count <= 14; count += 1) activity.begin(`thing ${count}`);
  vi.advanceTimersByTime(LOOK_MILLIS);
  expect(lines[0]).toMatch(/under way: thing 1, .*, thing 12 and 2 more$/);
});

it('says nothing more once time has come to its end', async () => {
  const { lines, end } = standing();
  end();
  await Promise.resolve();
  vi.advanceTimersByTime(4 * LOOK_MILLIS);
  expect(lines).toEqual([]);
});
