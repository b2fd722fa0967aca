/** The frame around every page: who is here, in which language, with or without a network, and what moves by itself. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { urls } from '../../app/urls.ts';
import { expectAccessible, openHouse } from './house.ts';

const house = await openHouse();
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
/** The worker keeps the app's files from its second page on. */
const installed = (page: Page) => page.evaluate(async () => (await navigator.serviceWorker.ready).scope);

describe('home', () => {
  it.each([
    ['phone', 'en', false],
    ['phone', 'de', true],
    ['tablet', 'de', false],
    ['tablet', 'en', true],
  ] as const)('is legible on a %s in %s, dark: %s', async (viewport, language, dark) => {
    const home = await house.newHousehold({ language, supplies: ['milk', 'eggs', 'yoghurt'] });
    const page = await house.page({ as: home.owner, viewport, language, dark });
    await page.getByRole('heading', { name: language === 'de' ? 'Alles gut' : 'All is well' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    expect(isWide).toBe(false);
    await expectAccessible(page);
    await house.screenshot(page, `home-${viewport}-${language}${dark ? '-dark' : ''}`);
  });

  it('shows by itself what waits for a person, counts it in the navigation, and says so politely', { tags: ['long'] }, async () => {
    const home = await house.newHousehold({});
    const page = await house.page({ as: home.owner });
    await page.getByRole('heading', { name: 'All is well' }).waitFor();
    await house.lowSupply(home);
    await page.getByText('asks for your yes').waitFor();
    expect(
      await page
        .locator('.navigation')
        .getByRole('link', { name: /Orders.*1 waits for you/ })
        .count(),
    ).toBe(1);
    expect(await page.locator('.toasts').getAttribute('aria-live')).toBe('polite');
    await expectAccessible(page);
    await house.screenshot(page, 'home-waiting');
  });
});

describe('whoever types instead of pointing', () => {
  it('is led over the navigation to the heading of each page, whose name stands in the window', { tags: ['long'] }, async () => {
    const home = await house.newHousehold({});
    const page = await house.page({ as: home.owner });
    await heading(page).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    const more = page.locator('.navigation').getByRole('link', { name: 'More' });
    await more.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'More' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    expect(await page.title()).toBe('More · Nachschub');
    expect(await more.getAttribute('aria-current')).toBe('page');
    await expectAccessible(page);
    await house.screenshot(page, 'more');
  });
});

describe('a language', () => {
  it('that is chosen is spoken at once, everywhere, and again next time', async () => {
    const home = await house.newHousehold({});
    const page = await house.page({ as: home.owner, path: urls.more });
    await page.getByText('Deutsch').click();
    await page.getByRole('heading', { level: 1, name: 'Mehr' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Mehr' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await page.locator('.navigation').textContent()).toBe('ZuhauseVorräteListeBestellungenMehr');
  });
});

describe('without a network', () => {
  it('opens all the same, says of when it is what it shows, and is right again as soon as the network is back', { tags: ['long'] }, async () => {
    const home = await house.newHousehold({ members: [{ name: 'Anna' }, { name: 'Ben' }] });
    const page = await house.page({ as: home.owner });
    await page.getByRole('heading', { name: 'All is well' }).waitFor();
    await installed(page);
    await page.context().setOffline(true);
    await page.reload();
    await page.getByText(/Offline\. What you see is from/).waitFor();
    expect(await heading(page).textContent()).toMatch(/Anna$/);
    await expectAccessible(page);
    await house.screenshot(page, 'home-offline');
    await house.lowSupply(home);
    expect(await page.getByText('asks for your yes').count()).toBe(0);
    await page.context().setOffline(false);
    await page.getByText('asks for your yes').waitFor();
    await expect.poll(() => page.locator('.banner').textContent(), { timeout: 20_000 }).toBe('');
  });
});

describe('somebody', () => {
  it('with two households is asked which, and remembers it', { tags: ['long'] }, async () => {
    const [town, cabin] = [await house.newHousehold({ name: 'Town' }), await house.newHousehold({ name: 'Cabin' })];
    await house.done('addMember', { params: { householdId: cabin.householdId, memberId: town.owner }, body: { name: 'Anna', role: 'adult' } });
    const page = await house.page({ as: town.owner });
    await page.getByRole('heading', { level: 1, name: 'Which household?' }).waitFor();
    await expectAccessible(page);
    await house.screenshot(page, 'which-household');
    await page.getByRole('button', { name: 'Cabin' }).click();
    await page.locator('.page-lead', { hasText: 'Cabin' }).waitFor();
    await page.reload();
    await page.locator('.page-lead', { hasText: 'Cabin' }).waitFor();
  });

  it('who was shown out sees no more of it', async () => {
    const home = await house.newHousehold({ members: [{ name: 'Anna' }, { name: 'Ben' }] });
    const ben = home.members[1]?.memberId ?? '';
    const page = await house.page({ as: ben });
    await page.getByRole('heading', { name: 'All is well' }).waitFor();
    await house.done('removeMember', { params: { householdId: home.householdId, memberId: ben } });
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'You belong to no household yet' }).waitFor();
    await house.screenshot(page, 'no-household');
  });

  it('who belongs nowhere begins a household, comes by the link of somebody else, and hears what became of its code and what to do next', async () => {
    const home = await house.newHousehold({ members: [{ name: 'Anna' }, { name: 'Ben' }] });
    const ben = home.members[1]?.memberId ?? '';
    await house.done('removeMember', { params: { householdId: home.householdId, memberId: ben } });
    const path = `${urls.recommend}?code=2222-2222`;
    const german = await house.page({ as: ben, path, language: 'de', viewport: 'tablet', dark: true });
    await german.getByRole('heading', { level: 1, name: 'Einen Haushalt beginnen' }).waitFor();
    await expectAccessible(german);
    await house.screenshot(german, 'begin-tablet-de-dark');

    const page = await house.page({ as: ben, path });
    await page.getByRole('button', { name: 'Begin the household' }).click();
    expect(await page.getByText('This is still missing.').count()).toBe(6);
    const typed = {
      'Your first name': 'Ben',
      'What is the household called?': 'Lindenhof',
      'Name at the door': 'Ben Brandt',
      'Street and number': 'Lindenweg 3',
    };
    for (const [label, text] of Object.entries({ ...typed, 'Postal code': '1096', Town: 'Berlin' })) await page.getByLabel(label).fill(text);
    await page.getByText('A German postal code has five digits.').waitFor();
    await expectAccessible(page);
    await house.screenshot(page, 'begin-phone-slip');
    await page.getByLabel('Country').selectOption('DE');
    await page.getByLabel('Postal code').fill('10969');
    await page.getByRole('button', { name: 'Begin the household' }).click();
    await page.getByText('Nobody has the code that you entered.').waitFor();
    await page.getByText('No shop is linked yet.').waitFor();
    await page.getByRole('link', { name: 'Invite somebody' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(urls.home);
    await expectAccessible(page);
    await house.screenshot(page, 'begun-phone');
    await german.goto(`${house.url}${urls.home}`);
    await german.getByText('Noch ist kein Laden verknüpft.').waitFor();
    await house.screenshot(german, 'begun-tablet-de-dark');
  });

  it('who signs out leaves nothing on the device', { tags: ['long'] }, async () => {
    const home = await house.newHousehold({});
    const page = await house.page({ as: home.owner, path: urls.more });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(urls.home);
    const left = await page.evaluate(async (memberId) => {
      const opening = indexedDB.open(`nachschub-${memberId}`);
      await new Promise((resolve) => (opening.onsuccess = resolve));
      const counting = opening.result.transaction('copies').objectStore('copies').count();
      await new Promise((resolve) => (counting.onsuccess = resolve));
      return { copies: counting.result, session: Object.keys(sessionStorage).length };
    }, home.owner);
    expect(left).toEqual({ copies: 0, session: 0 });
    await expectAccessible(page);
    await house.screenshot(page, 'welcome');
  });
});
