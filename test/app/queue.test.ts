import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { entriesInMemory, type Entries } from '../../app/offline/entries.ts';
import { freshly, openWindow } from './browser-world.ts';

/** As browsers grant them: one holder of a name after the other, whichever tab asks. */
function lockManager() {
  let last: Promise<unknown> = Promise.resolve();
  const request = <Result>(_: string, work: () => Promise<Result>): Promise<Result> => {
    const granted = last.then(work, work);
    last = granted.catch(() => undefined);
    return granted;
  };
  return { request };
}

const params = { householdId: 'hh_1', orderId: 'ord_1' };
const approval = (approvalId: string) => ({
  params,
  body: { approvalId, quoteHash: 'a'.repeat(64), evidence: { wordingVersion: '2026-03', buttonText: 'kaufen', language: 'de' as const } },
});
const about = { about: 'Milk from Frischhof', href: '/app/orders/ord_1' };

let kept: Entries;
let answering: (body: unknown) => Response | Promise<Response>;
const sent: unknown[] = [];
const tabs: { openQueue: (memberId: undefined) => Promise<void> }[] = [];

beforeEach(() => {
  openWindow({ href: 'http://127.0.0.1/app/' });
  vi.stubGlobal('navigator', { languages: ['en'], locks: lockManager() });
  kept = entriesInMemory();
  sent.length = 0;
  answering = () => Response.json({ done: true });
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    sent.push(init.body);
    return answering(init.body);
  });
});
afterEach(async () => {
  for (const tab of tabs.splice(0)) await tab.openQueue(undefined);
  vi.unstubAllGlobals();
});

const cut = () => Promise.reject(new TypeError('no network'));
const problem = (status: number, title: string) => Response.json({ title, status, detail: 'refused' }, { status });

/** Another copy of the app's modules over the same kept decisions: what a tab is. */
async function openTab() {
  const queue = await freshly(() => import('../../app/offline/queue.ts'));
  const { setCaller } = await import('../../app/api/request.ts');
  setCaller({ apiUrl: '/api', accessToken: () => Promise.resolve('token') });
  await queue.openQueue('mem_anna', () => kept);
  tabs.push(queue);
  return queue;
}

describe('a decision', () => {
  it('that is answered leaves nothing behind', async () => {
    const { decide, pending } = await openTab();
    expect(await decide('approveOrder', approval('apr_1'), about)).toEqual({ kind: 'sent', answer: { done: true } });
    expect([sent.length, pending.value, await kept.all()]).toEqual([1, [], []]);
  });

  it('that is refused says so and is not tried again', async () => {
    const { decide, sendWaiting } = await openTab();
    answering = () => problem(409, 'stale-quote');
    await expect(decide('approveOrder', approval('apr_1'), about)).rejects.toMatchObject({ code: 'stale-quote' });
    await sendWaiting();
    expect([sent.length, await kept.all()]).toEqual([1, []]);
  });

  it.each([
    ['the network is away', cut],
    ['the other side is in trouble', () => problem(503, 'internal-error')],
    ['there were too many at once', () => problem(429, 'too-many-requests')],
  ])('is kept when %s, shown as not sent yet, and sent as it was when it can be', async (_, trouble) => {
    const { decide, pending, sendWaiting } = await openTab();
    answering = trouble;
    expect(await decide('approveOrder', approval('apr_1'), about)).toEqual({ kind: 'kept' });
    expect(pending.value).toMatchObject([{ ...about, state: { kind: 'waiting' } }]);
    answering = () => Response.json({ done: true });
    await sendWaiting();
    expect(sent[1]).toBe(sent[0]);
    expect(pending.value).toMatchObject([{ ...about, state: { kind: 'done' } }]);
  });

  it('that comes too late is shown as refused until somebody has seen it', async () => {
    const { decide, dismiss, pending, sendWaiting } = await openTab();
    answering = cut;
    await decide('approveOrder', approval('apr_1'), about);
    answering = () => problem(409, 'not-waiting');
    await sendWaiting();
    expect(pending.value).toMatchObject([{ state: { kind: 'refused', code: 'not-waiting' } }]);
    await dismiss(pending.value[0]?.id ?? '');
    expect(pending.value).toEqual([]);
  });

  it('survives a reload, even one in the middle of sending', async () => {
    const first = await openTab();
    answering = () => new Promise(() => undefined);
    void first.decide('approveOrder', approval('apr_1'), about);
    await expect.poll(() => sent.length).toBe(1);
    // The tab is gone and with it its lock.
    vi.stubGlobal('navigator', { languages: ['en'], locks: lockManager() });
    const second = await openTab();
    answering = () => Response.json({ done: true });
    await second.sendWaiting();
    expect(sent[1]).toBe(sent[0]);
  });

  it('made in three tabs while the network is away is one decision, sent once', async () => {
    const three = [await openTab(), await openTab(), await openTab()];
    answering = cut;
    for (const [index, tab] of three.entries()) await tab.decide('approveOrder', approval(`apr_${index}`), about);
    sent.length = 0;
    answering = () => Response.json({ done: true });
    await Promise.all(three.map((tab) => tab.sendWaiting()));
    expect(sent).toEqual([JSON.stringify(approval('apr_0').body)]);
  });

  it('may be made anew once it has been answered', async () => {
    const { decide } = await openTab();
    await decide('approveOrder', approval('apr_1'), about);
    await decide('approveOrder', approval('apr_2'), about);
    expect(sent).toEqual([JSON.stringify(approval('apr_1').body), JSON.stringify(approval('apr_2').body)]);
  });

  it('goes after those before it, and none overtakes one that waits', async () => {
    const { decide, sendWaiting } = await openTab();
    answering = cut;
    await decide('approveOrder', approval('apr_1'), about);
    await decide('declineOrder', { params, body: { reason: 'no' } }, about);
    sent.length = 0;
    await sendWaiting();
    expect(sent).toEqual([JSON.stringify(approval('apr_1').body)]);
  });

  it('that was taken back is not sent', async () => {
    const { decide, dismiss, pending, sendWaiting } = await openTab();
    answering = cut;
    await decide('approveOrder', approval('apr_1'), about);
    await dismiss(pending.value[0]?.id ?? '');
    sent.length = 0;
    await sendWaiting();
    expect(sent).toEqual([]);
  });
});
