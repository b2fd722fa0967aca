/** The local cloud is killed twenty times at moments drawn from a seed, and once everything is: still nothing lost and nothing doubled. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Run } from '../run.ts';

const KILLS = 20;
const seed = Number(process.env['PROOF_SEED'] ?? Date.now() % 100_000);

/** mulberry32: small, seeded, good enough to choose moments. */
function draws(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe(`kill -9 (PROOF_SEED=${seed})`, () => {
  let run: Run | undefined;
  afterEach(() => run?.remove());

  it(`of the local cloud at ${KILLS} random moments loses and doubles nothing`, async () => {
    run = await Run.prepare();
    const draw = draws(seed);
    const ends = new Set<'ended'>();
    const isOver = (): boolean => ends.size > 0;
    const ended = run.start(['--headless', '--days', '21', '--seed', '4']).then((result) => {
      ends.add('ended');
      return result;
    });
    await run.says(/Open http/);
    let kills = 0;
    while (kills < KILLS && !isOver()) {
      // Random moments of wall time are the point of this proof: no event says when a machine dies.
      await Promise.race([wait(1_000 + draw() * 7_000), ended]);
      if (!isOver() && (await run.killCloud())) kills += 1;
    }
    const { code, output } = await ended;
    expect(code, output).toBe(0);
    const summary = await run.summary();
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    expect(summary.violations).toEqual([]);
    expect(summary.faults['cloud-killed']).toBe(kills);
    expect(kills).toBe(KILLS);
  });

  it('of everything at once, and started again, goes on where it was', async () => {
    run = await Run.prepare();
    const draw = draws(seed + 1);
    const args = ['--headless', '--days', '6', '--seed', '5'];
    const broken = run.start(args);
    await run.says(/Open http/);
    await wait(4_000 + draw() * 8_000);
    run.killAll();
    await broken;
    const { code, output } = await run.start(args);
    expect(code, output).toBe(0);
    const summary = await run.summary();
    expect(summary.violations).toEqual([]);
    expect(summary.faults['run-interrupted']).toBe(1);
  });
});
