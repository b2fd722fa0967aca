/** Both screens over a feed that a test writes. */
import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { InteractiveScreen } from '../../../../infra/local/run/screen/interactive.ts';
import { plainScreen } from '../../../../infra/local/run/screen/plain.ts';
import type { Live } from '../../../../infra/local/run/screen/screen-contract.ts';
import type { Line } from '../../../../infra/local/run/screen/terminal.ts';
import { snapshotSchema } from '../../../../infra/local/window/snapshot.ts';

const inEuros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const openOrder = {
  ...{ orderId: 'ord_1', quoteHash: 'a'.repeat(64), shop: 'Frischhof', deliveryFee: inEuros(0), total: inEuros(498), leadTimeDays: 1 },
  ...{ expiresAt: '2026-03-04T12:00:00.000Z', lines: [], reasons: [] },
};
const snapshotOf = (now: string, openOrders: readonly object[]) => {
  const journey = { touchpoints: 0, latest: [], phases: [], segments: [] };
  const anna = { householdId: 'hh_anna', name: 'Anna', timeZone: 'Europe/Berlin', supplies: [], openOrders, orders: [], journey };
  return snapshotSchema.parse({ now, mode: 'real-time', rate: 3_600, households: [anna], moreHouseholds: false, receipts: [], flow: [], alerts: [] });
};

/** A feed of three days: somebody is asked on the second, and has answered on the third. */
async function feed(): Promise<string> {
  const days = [snapshotOf('2026-03-02T05:00:00.000Z', []), snapshotOf('2026-03-03T05:00:00.000Z', [openOrder]), snapshotOf('2026-03-04T05:00:00.000Z', [])];
  const server = createServer((_, response) => {
    response.writeHead(200);
    for (const day of days) response.write(`data: ${JSON.stringify(day)}\n\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}`;
}

function liveAt(url: string, whoAnswers: readonly string[]) {
  const book: string[] = [];
  const note = (what: string) => () => {
    book.push(what);
    return Promise.resolve();
  };
  const cloud = { pause: note('pause'), resume: note('resume'), skip: () => Promise.resolve() };
  const parts = { url, cloud, apiUrl: `${url}/api`, households: [], answeredByHand: undefined, tokenFile: () => '', cutLine: () => undefined };
  return { book, live: { ...parts, whoAnswers: () => whoAnswers } satisfies Live };
}

/** What a pipe is told until the third day, without the wall's time before each line. */
async function linesUntilThirdDay(url: string, { live, waits }: { live: Live; waits: boolean }): Promise<string[]> {
  const lines: string[] = [];
  await new Promise<void>((resolve) => {
    const screen = plainScreen(
      (line) => {
        lines.push(line.slice('00:00:00 '.length).replace(url, 'URL'));
        if (line.includes('day 2')) setImmediate(resolve);
      },
      { waits },
    );
    onTestFinished(() => screen.close());
    screen.live(live);
  });
  return lines;
}

it.each([
  ['for whoever has opened their app', true, ['hh_anna'], ['pause', 'resume']],
  ['for nobody where everybody answers by themselves', true, [], []],
  ['for nobody when the run has no screen', false, ['hh_anna'], []],
])('without a terminal the clock stands %s', async (_, waits, whoAnswers, expected) => {
  const url = await feed();
  const { book, live } = liveAt(url, whoAnswers);
  const lines = await linesUntilThirdDay(url, { live, waits });
  expect(book).toEqual(expected);
  const said = expected.length > 0 ? ['The clock waits for an answer in the app, or for “Go on” at URL'] : [];
  expect(lines.filter((line) => !line.startsWith('day'))).toEqual(['Open URL', ...said]);
});

it('shows each step of the ending once, whether or not anything else was ever seen', () => {
  let drawn: readonly Line[] = [];
  const terminal = { columns: 100, rows: 30, draw: (lines: readonly Line[]) => (drawn = lines), onKey: () => undefined, onResize: () => undefined };
  const screen = new InteractiveScreen({ ...terminal, close: () => undefined });
  onTestFinished(() => screen.close());
  screen.step('Moving in');
  // Where nobody answers.
  screen.live(liveAt('http://127.0.0.1:9', []).live);
  screen.step('Draining');
  const text = drawn.map((line) => line.map(({ text: part }) => part).join(''));
  expect(text.filter((line) => ['Moving in', 'Draining'].includes(line))).toEqual(['Moving in', 'Draining']);
});
