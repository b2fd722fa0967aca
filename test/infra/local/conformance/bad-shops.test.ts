/** Each kind of bad shop is refused, and by the finding that tells its engineer what to mend. */
import { describe, expect, it } from 'vitest';
import { inLanguage, reportOf, runChecks } from '../../../../infra/local/conformance/run-checks.ts';
import { isPassed, type ConformanceCheck, type ConformanceFinding } from '../../../../shared/retailer/conformance.ts';
import { instantOf } from '../../../../shared/values.ts';
import { flaws, openSmallShop, type Flaw } from './bad-shops.ts';

async function findingsOn(flaw?: Flaw, scheme: 'v1' | 'v1a' = 'v1'): Promise<{ isLive: boolean; refused: readonly ConformanceFinding[] }> {
  const shop = await openSmallShop(flaw, scheme);
  const secrets = [shop.secret, shop.privateKey] as const;
  const ran = await runChecks({ ...shop, secrets: [...secrets], now: () => instantOf(Date.now()), answerWithinMillis: 150 });
  await shop.close();
  const report = reportOf(ran);
  return { isLive: isPassed(report), refused: report.findings.filter(({ passed }) => !passed) };
}

/** What is found first, and a word of what is told to do. */
const found: Record<Flaw, readonly [checks: readonly ConformanceCheck[], advice: RegExp]> = {
  'believes-anybody': [
    ['unsigned-question', 'wrong-secret', 'changed-body', 'other-id', 'too-old', 'too-new', 'header-missing', 'refused-is-not-kept'],
    /Verify the question/,
  ],
  'believes-old-messages': [['too-old', 'too-new', 'refused-is-not-kept'], /Compare webhook-timestamp with your clock/],
  'takes-duplicates-twice': [['same-message-twice', 'same-message-at-once', 'given-up-after-commit'], /Keep the webhook-id/],
  'takes-every-copy-anew': [['same-message-twice', 'same-message-at-once', 'given-up-after-commit'], /A repeat leaves the order.* Keep the webhook-id/],
  'forgets-when-hung-up-on': [['given-up-after-commit'], /Store the order before you note its webhook-id/],
  redirects: [['good-signature'], /redirects are never followed/],
  'knows-every-order': [['unknown-order', 'refused-is-not-kept'], /Answer 404/],
  'has-no-order-by-id': [
    ['order-by-id', 'same-message-twice', 'same-message-at-once', 'given-up-after-commit', 'cancel', 'cancel-before-order', 'too-late'],
    /Answer GET/,
  ],
  'reads-only-the-first-signature': [['second-version', 'two-signatures'], /Split webhook-signature at spaces/],
  'stores-before-it-verifies': [['refused-is-not-kept'], /Verify before you store/],
  'forgets-cancels': [['cancel-before-order'], /Keep a tombstone/],
  'takes-what-is-too-late': [['too-late'], /Refuse an order after its acceptBefore/],
  'tells-strangers': [['unsigned-question'], /Verify the question like a message/],
  'refuses-repeats': [['same-message-twice', 'same-message-at-once', 'given-up-after-commit'], /Answer 2xx to a message that you have/],
};

describe('the conformance run', () => {
  it('lets a small shop live that does all it should', async () => {
    expect(await findingsOn()).toEqual({ isLive: true, refused: [] });
  });

  it('lets one live that checks only v1a, with our public key, and refuses it for the same flaws', async () => {
    expect(await findingsOn(undefined, 'v1a')).toEqual({ isLive: true, refused: [] });
    const { refused } = await findingsOn('believes-anybody', 'v1a');
    expect(refused.map(({ check }) => check)).toEqual(found['believes-anybody'][0]);
    const first = await findingsOn('reads-only-the-first-signature', 'v1a');
    expect(first.refused.map(({ check }) => check)).toContain('good-signature');
  });

  it.each(flaws)('refuses a shop that %s', async (flaw) => {
    const { isLive, refused } = await findingsOn(flaw);
    expect(isLive).toBe(false);
    const tried = refused.filter(({ came }) => came !== 'not tried').map(({ check }) => check);
    expect(tried.filter((check) => check !== 'no-redirect' && check !== 'in-time')).toEqual(found[flaw][0]);
    expect(refused[0]?.advice).toMatch(found[flaw][1]);
    expect(refused.every(({ expected, came, advice }) => expected !== '' && came !== '' && advice !== undefined)).toBe(true);
  });

  it('says that nobody answers, and does not wait fifteen seconds for each check', async () => {
    const shop = await openSmallShop();
    await shop.close();
    const run = await runChecks({ ...shop, secrets: [shop.secret], now: () => instantOf(Date.now()) });
    const { findings } = reportOf(run);
    expect(findings[0]).toMatchObject({ check: 'good-signature', passed: false, came: 'no answer (ECONNREFUSED)' });
    expect(findings.filter(({ came }) => came === 'not tried').length).toBe(findings.length - 3);
    const [first] = run.findings.map((found) => inLanguage('de', found));
    expect(first).toMatchObject({ came: 'keine Antwort (ECONNREFUSED)', advice: expect.stringMatching(/^Sorgen Sie dafür/) as string });
  });
});
