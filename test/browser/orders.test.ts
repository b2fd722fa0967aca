import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { urls } from '../../app/urls.ts';
import type { ArticleName } from '../../infra/local/scenario/articles.ts';
import { expectAccessible, openHouse, type HouseholdInTest } from './house.ts';

const house = await openHouse();

interface Followed {
  readonly status: string;
  readonly questions: readonly { readonly answer?: { readonly accepted: boolean } }[];
}
/** Until a shop that keeps its word has said yes, and asked what it wants to ask. */
const ANSWER_HOURS = 0.5;
/** From half a day to half a day, so that no more time passes than has to. */
const DELIVERY_HOURS = 12;

let home: HouseholdInTest;
/** Eggs and tabs keep their right of withdrawal; what spoils quickly has none. */
let delivered: string;
beforeAll(async () => {
  home = await house.newHousehold({ language: 'en', members: [{ name: 'Anna' }, { name: 'Ben' }] });
  delivered = await ordered('eggs');
  await arrived(delivered);
}, 300_000);

const follow = async (orderId: string) => (await house.done('followOrder', { params: { householdId: home.householdId, orderId }, as: home.owner })) as Followed;

async function arrived(orderId: string): Promise<void> {
  for (let tries = 0; tries < 6; tries += 1) {
    await house.skip(DELIVERY_HOURS);
    if ((await follow(orderId)).status === 'delivered') return;
  }
  throw new Error(`${orderId} has not come`);
}

/** Asked for, approved, and at the shop. */
async function ordered(article: ArticleName): Promise<string> {
  const { orderId, quoteHash } = await house.lowSupply(home, article);
  const evidence = { wordingVersion: '2026-03', buttonText: 'zahlungspflichtig bestellen', language: 'de' };
  const body = { approvalId: `apr_${orderId.slice(4)}`, quoteHash, evidence };
  await house.done('approveOrder', { params: { householdId: home.householdId, orderId }, as: home.owner, body });
  await house.skip(ANSWER_HOURS);
  return orderId;
}

const open = (path: string, more: object = {}) => house.page({ as: home.owner, path, ...more });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
/** As somebody without a mouse: Tab until it has the focus, then Enter. */
async function press(page: Page, name: string): Promise<void> {
  const wanted = button(page, name);
  await wanted.waitFor();
  for (let steps = 0; steps < 60; steps += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
  }
  throw new Error(`«${name}» is not reached with the keyboard`);
}

describe('an order', () => {
  it('is followed to the door, and the list shows it', async () => {
    const page = await open(urls.orders);
    await page
      .getByRole('link', { name: /Freilandeier/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Order at Frischhof' }).waitFor();
    const steps = page.locator('.step-title');
    await steps.getByText('Delivered').waitFor();
    const told = (await steps.allTextContents()).map((text) => text.replace(/\(.*\)/, '').trim());
    expect(told).toEqual(['Put together', 'You were asked', 'Approved', 'The shop has it', 'Confirmed by the shop', 'On the way', 'Delivered']);
    await page.getByText(/by Anna/).waitFor();
    await expectAccessible(page);
    await house.screenshot(page, 'order-delivered-phone-en');
  });

  it('is cancelled when the shop still can, and the page says what holds', async () => {
    const orderId = await ordered('tabs');
    const page = await open(urls.order(orderId));
    await button(page, 'Ask the shop to cancel').click();
    await button(page, 'Ask to cancel').click();
    await page.getByText('You have asked the shop to cancel.').waitFor();
    await expectAccessible(page);
    await house.skip(ANSWER_HOURS);
    await page.getByText('The shop has cancelled the order.').waitFor();
    expect((await follow(orderId)).status).toBe('cancelled');
    await house.screenshot(page, 'order-cancelled-phone-en');
  });

  it('whose shop asks for a substitute shows price and time, and takes a yes', { tags: ['long'] }, async () => {
    const orderId = await ordered('cheese');
    const page = await open(urls.order(orderId));
    await page.getByText('Almkäse 250 g').first().waitFor();
    await page.getByText(/Time to answer: \d+ h/).waitFor();
    await expectAccessible(page);
    await house.screenshot(page, 'order-question-phone-en');
    await button(page, 'Yes, take it').click();
    await page.getByText('Yes by Anna').waitFor();
    await arrived(orderId);
    await page.getByText(/instead: \d+ × Almkäse/).waitFor();
    expect(await follow(orderId)).toMatchObject({ status: 'delivered', questions: [{ answer: { accepted: true } }] });
  });

  it('with something dearer is agreed to under the words of the law alone (German)', { tags: ['long'] }, async () => {
    const orderId = await ordered('butter');
    const page = await open(urls.order(orderId), { language: 'de' });
    await page.evaluate(() => localStorage.setItem('nachschub-language', 'de'));
    await page.reload();
    await page.getByText(/mehr, als du zugesagt hast/).waitFor();
    expect(await button(page, 'Ja, nehmen wir').count()).toBe(0);
    expect(await button(page, 'zahlungspflichtig bestellen').count()).toBe(1);
    await house.screenshot(page, 'order-question-dearer-phone-de');
    await button(page, 'Nein, weglassen').click();
    await page.getByText('Nein von Anna').waitFor();
  });
});

describe('a question of the shop', () => {
  const inCents = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
  const asked = (answerBefore: string) => ({
    ...{ questionId: 'qst_1', gtin: '4012345010019', title: 'Bergkäse 250 g', hash: 'a'.repeat(64), quantity: 1, answerBefore, needsOrderButton: false },
    ...{ lineTotal: inCents(449), offeredTotal: inCents(449) },
    offered: { gtin: '4012345011030', title: 'Almkäse 250 g', unitPrice: inCents(449), pack: { amount: 250, unit: 'g' }, tags: [] },
  });
  /** The page of an order about which the shop asks what `questions` says at that moment. */
  async function openAsked(questions: () => readonly object[]): Promise<Page> {
    const page = await open(urls.orders);
    await page.context().route(`**/orders/${delivered}/timeline`, async (route) => {
      const response = await route.fetch();
      const view = (await response.json()) as object;
      await route.fulfill({ response, json: { ...view, questions: questions() } });
    });
    await page.goto(`${house.url}${urls.order(delivered)}`);
    await page.getByText('Bergkäse 250 g has run short.').waitFor();
    return page;
  }

  it('says that an answer was not heard, even when the question is gone by then', async () => {
    let questions = [asked('2099-01-01T00:00:00.000Z')];
    const page = await openAsked(() => questions);
    await page.context().route('**/substitutions/**', async (route) => {
      questions = [];
      await route.abort();
    });
    await button(page, 'Yes, take it').click();
    await page.getByText('Bergkäse 250 g has run short.').waitFor({ state: 'detached' });
    await page.getByRole('alert').getByText('No connection').waitFor();
    await page.context().unrouteAll({ behavior: 'ignoreErrors' });
  });

  it('offers no button once its time is up', async () => {
    const page = await openAsked(() => [asked('2020-01-01T00:00:00.000Z')]);
    await page.getByText('Time is up').waitFor();
    expect([await button(page, 'Yes, take it').count(), await button(page, 'No, leave it').count()]).toEqual([0, 0]);
    await page.context().unrouteAll({ behavior: 'ignoreErrors' });
  });
});

describe('a withdrawal', () => {
  it('is declared in two steps with the keyboard alone, in German, and the receipt comes at once and is the same again', async () => {
    const page = await open(urls.order(delivered), { language: 'de' });
    await page.evaluate(() => localStorage.setItem('nachschub-language', 'de'));
    await page.reload();
    await press(page, 'Vertrag widerrufen');
    await press(page, 'Widerruf bestätigen');
    const receipt = page.locator('.receipt-text');
    await receipt.waitFor();
    const text = await receipt.innerText();
    for (const part of ['Eingangsbestätigung: Widerruf', delivered, 'Anna', 'Freilandeier', 'Eingegangen am']) expect(text).toContain(part);
    await expectAccessible(page);
    await house.screenshot(page, 'withdrawal-receipt-phone-de');
    await page.reload();
    await page.getByText('Du hast den ganzen Vertrag widerrufen.').waitFor();
    const again = await house.done('withdrawContract', {
      params: { householdId: home.householdId, orderId: delivered, declarationId: 'dec_again' },
      ...{ as: home.owner, body: { language: 'de' } },
    });
    expect((again as { text: string }).text.trim()).toBe(text.trim());
  });

  async function declare(orderNumber: string): Promise<string> {
    const page = await house.page({ path: urls.withdraw, language: 'de' });
    await page.getByRole('heading', { name: 'Vertrag widerrufen', exact: true }).waitFor();
    await page.getByLabel('Dein Name').fill('Anna Berg');
    await page.getByLabel('Bestellnummer').fill(orderNumber);
    await page.getByLabel('E-Mail-Adresse').fill('anna@example.org');
    await expectAccessible(page);
    await house.screenshot(page, 'withdraw-public-phone-de');
    await button(page, 'Vertrag widerrufen').click();
    await button(page, 'Widerruf bestätigen').click();
    const receipt = page.locator('.receipt-text');
    await receipt.waitFor();
    return receipt.innerText();
  }

  it('without signing in answers the same for an order that there is and one that there is not, and the same twice', async () => {
    const unknown = 'ord_00000000000000000000000000000000';
    const plain = (text: string) => text.replaceAll(/(ord|dec)_[0-9a-f]+/g, '$1');
    const known = await declare(delivered);
    expect(await declare(delivered)).toBe(known);
    expect(plain(await declare(unknown))).toBe(plain(known));
    expect(known).toContain(delivered);
  });
});

it('a problem is reported, answered, solved and taken up again', async () => {
  const page = await open(urls.order(delivered));
  await button(page, 'Report a problem').click();
  await page.getByLabel('Something is broken').check();
  await page.getByLabel('What happened?').fill('Two eggs are <b>broken</b>');
  await button(page, 'Send').click();
  await page.waitForURL(/\/app\/cases\//);
  await page.getByText('Two eggs are <b>broken</b>').waitFor();
  const caseId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const params = { householdId: home.householdId, caseId };
  await house.done('writeInCase', { params, body: { noteId: 'note_answer', text: 'We are sorry. The money comes back.' } });
  await page.reload();
  await page.getByText('We are sorry. The money comes back.').waitFor();
  await page.getByText('Answered', { exact: true }).waitFor();
  await expectAccessible(page);
  await button(page, 'It is solved').click();
  await page.getByText('This is solved.').waitFor();
  await page.getByLabel('What is still wrong?').fill('It has not come');
  await button(page, 'It is not solved after all').click();
  await page.getByText('Reopened', { exact: true }).waitFor();
  await house.screenshot(page, 'case-reopened-phone-en');
});
