/** The main job, for real: a reading goes in over MQTT, an order comes out at a retailer, touchpoints are stored. Three days of three households. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Run, type Ended } from '../run.ts';

describe('three days with Anna, the Bergers and the Köhlers', () => {
  let run: Run;
  let ended: Ended;
  beforeAll(async () => {
    run = await Run.prepare();
    ended = await run.start(['--headless', '--days', '3', '--seed', '1']);
  }, 480_000);
  afterAll(() => run.remove());

  it('end well', () => {
    expect(ended.output).not.toContain('dead letter');
    expect(ended.code, ended.output).toBe(0);
  });

  it('break no rule that the auditor knows', async () => {
    expect((await run.summary()).violations).toEqual([]);
  });

  it('lose no reading', async () => {
    const { telemetry } = await run.summary();
    expect(telemetry.published).toBeGreaterThan(20);
    expect(telemetry.applied + telemetry.ignored + telemetry.quarantined).toBe(telemetry.received);
    expect(telemetry.received).toBe(telemetry.published);
  });

  it('bring an order inside the mandate to the door', async () => {
    const { orders, needs, webhooks } = await run.summary();
    expect(needs).toBeGreaterThanOrEqual(orders.proposed);
    expect(orders.approvedByMandate).toBeGreaterThanOrEqual(1);
    expect(orders.placed).toBeGreaterThanOrEqual(1);
    expect(orders.delivered).toBeGreaterThanOrEqual(1);
    // Answers about substitutes are messages of their own.
    expect(webhooks.delivered).toBeGreaterThanOrEqual(orders.placed);
  });

  it('make the journey grow', async () => {
    const { events, touchpoints } = await run.summary();
    expect(touchpoints).toBeGreaterThan(10);
    expect(events).toBeGreaterThan(touchpoints);
  });
});
