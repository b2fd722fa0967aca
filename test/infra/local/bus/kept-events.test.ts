import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openBus } from '../../../../infra/local/bus/bus.ts';
import { keepEvents, readEvents } from '../../../../infra/local/bus/kept-events.ts';
import { envelop, type EventEnvelope } from '../../../../shared/events.ts';
import { householdIdSchema } from '../../../../shared/values.ts';
import { START } from '../../../shared/supply/milk.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'nachschub-events-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const householdId = householdIdSchema.parse('hh_anna');
const said = (version: number): EventEnvelope[] =>
  envelop([{ type: 'household.created', data: { householdId } }], { aggregate: 'HH#hh_anna/HOUSEHOLD', version, time: START });

/** A bus one of whose targets takes nothing while it is broken. */
function openKeeping(isBroken: () => boolean) {
  const bus = openBus({
    ...{ account: '000000000000', region: 'eu-central-1', now: () => 0, took: keepEvents(data) },
    buses: [{ name: 'nachschub', arn: 'arn:bus' }],
    rules: [{ name: 'all', busName: 'nachschub', pattern: { source: ['nachschub'] }, targets: [{ id: 'one', arn: 'queue:one' }] }],
    deliver: () => (isBroken() ? Promise.reject(new Error('it takes nothing')) : Promise.resolve()),
  });
  return async (events: readonly EventEnvelope[]): Promise<void> => {
    const entries = events.map((event) => ({ EventBusName: 'nachschub', Source: 'nachschub', DetailType: event.type, Detail: JSON.stringify(event) }));
    await bus.handle({
      ...{ caller: 'publish-events', method: 'POST', path: '/', query: new URLSearchParams() },
      headers: { 'x-amz-target': 'AWSEvents.PutEvents', 'content-type': 'application/x-amz-json-1.1' },
      body: Buffer.from(JSON.stringify({ Entries: entries })),
    });
  };
}

it('keeps what every target has, in its order, and nothing that was refused', async () => {
  let isBroken = false;
  const put = openKeeping(() => isBroken);
  await put(said(1));
  isBroken = true;
  await put(said(2));
  isBroken = false;
  await put([...said(3), ...said(4)]);
  expect((await readEvents(data)).map(({ id }) => id)).toEqual([1, 3, 4].map((version) => `HH#hh_anna/HOUSEHOLD/${version}/0`));
});

it('reads a run that kept none, and one whose last line is torn', async () => {
  expect(await readEvents(data)).toEqual([]);
  appendFileSync(path.join(data, 'events.ndjson'), `${JSON.stringify(said(1)[0])}\n{"detail-type":"something else"}\n{"specversion":"1.0","id":"HH#`);
  expect(await readEvents(data)).toEqual(said(1));
});
