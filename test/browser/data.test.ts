/** What people do with their data: agree and withdraw, take everything home, see why, and leave. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { urls } from '../../app/urls.ts';
import { expectAccessible, openHouse, type HouseholdInTest } from './house.ts';

const house = await openHouse();

const open = (home: HouseholdInTest, path: string, more: object = {}) => house.page({ as: home.owner, path, ...more });
const consents = (page: Page) => page.locator('#consents');
const history = async (page: Page) => consents(page).locator('details li').allTextContents();

async function downloaded(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
  const folder = await mkdtemp(path.join(tmpdir(), 'nachschub-copy-'));
  const file = path.join(folder, 'copy');
  await download.saveAs(file);
  const text = await readFile(file, 'utf8');
  await rm(folder, { recursive: true });
  return text;
}

describe('a consent', () => {
  it('is given and withdrawn with one tap each, and the page says who did when', async () => {
    const home = await house.newHousehold({ members: [{ name: 'Ada' }] });
    const page = await open(home, urls.data);
    const usage = consents(page).getByRole('group', { name: 'How we use our devices' });
    const [yes, no] = [usage.getByRole('radio', { name: 'Yes' }), usage.getByRole('radio', { name: 'No' })];
    await no.waitFor();
    expect(await no.isChecked()).toBe(true);
    await yes.click();
    await consents(page).getByText('Every answer so far (1)').waitFor();
    expect(await yes.isChecked()).toBe(true);
    await no.click();
    await consents(page).getByText('Every answer so far (2)').click();
    const told = await history(page);
    expect(told.map((line) => line.split(' · ')[0]?.trim())).toEqual(['Ada: no – How we use our devices', 'Ada: yes – How we use our devices']);
    const { purposes } = (await house.done('readConsents', { params: { householdId: home.householdId }, as: home.owner })) as { purposes: object[] };
    expect(purposes[0]).toMatchObject({ purpose: 'optional-telemetry', standing: 'withdrawn' });
    await page.locator('#outlook').getByText('Nothing yet. We begin after your first delivery.').waitFor();
    await expectAccessible(page);
    await house.screenshot(page, 'data-phone-en');
  });

  it('speaks German, in the dark too, and no word of English', { tags: ['long'] }, async () => {
    const home = await house.newHousehold({ language: 'de', members: [{ name: 'Ada' }] });
    const page = await open(home, urls.data, { language: 'de', viewport: 'tablet', dark: true });
    await consents(page).getByRole('group', { name: 'Aus unseren Bestellungen lernen' }).waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/\b(the|and|your|household|consent)\b/i);
    await expectAccessible(page);
    await house.screenshot(page, 'data-tablet-de-dark');
  });

  it('of the household is not a guest’s to give, and the page says so', async () => {
    const home = await house.newHousehold({ members: [{ name: 'Ada' }, { name: 'Gus', role: 'guest' }] });
    const page = await house.page({ as: home.members[1]?.memberId ?? '', path: urls.data });
    const usage = consents(page).getByRole('group', { name: 'How we use our devices' });
    await usage.getByText('the adults answer this').waitFor();
    expect(await usage.getByRole('radio', { name: 'Yes' }).isDisabled()).toBe(true);
    expect(await page.locator('#copy').getByRole('button', { name: 'Prepare my copy' }).getAttribute('aria-disabled')).toBe('true');
  });
});

describe('the copy', () => {
  it('holds what was planted, and nothing of another household, as JSON and as tables', async () => {
    const other = await house.newHousehold({ name: 'Marker-Of-Another' });
    const home = await house.newHousehold({ name: 'Marker-Of-Mine', members: [{ name: 'Ada' }, { name: 'Ben' }] });
    const page = await open(home, urls.data);
    await page.locator('#copy').getByRole('button', { name: 'Prepare my copy' }).click();
    await page.getByText('records are ready').waitFor();
    const json = await downloaded(page, 'Everything as JSON');
    expect(json).toContain('Marker-Of-Mine');
    for (const foreign of ['Marker-Of-Another', other.householdId, other.owner]) expect(json).not.toContain(foreign);
    const kinds = new Set((JSON.parse(json) as { entries: { kind: string }[] }).entries.map(({ kind }) => kind));
    for (const kind of ['household', 'member', 'supply', 'privacy', 'touchpoint']) expect(kinds).toContain(kind);
    expect(await downloaded(page, 'Household (1)')).toMatch(/^kind,id,field,value\r\n[\s\S]*household,,name,Marker-Of-Mine/);
    await expectAccessible(page);
    await house.screenshot(page, 'data-copy-phone-en');
  });
});

describe('why', () => {
  it('shows the figures of the record, decides again under a slider, and comes back to the last bit', async () => {
    const home = await house.newHousehold({ members: [{ name: 'Ada' }] });
    const { orderId } = await house.lowSupply(home);
    const { order } = (await house.done('readOrder', { params: { householdId: home.householdId, orderId }, as: home.owner })) as {
      order: { quote: { total: { amountMinor: number } } };
    };
    const page = await open(home, urls.why(orderId));
    const total = `€${(order.quote.total.amountMinor / 100).toFixed(2)}`;
    const panel = page.locator('#what-if');
    await panel.getByText('The same to the last bit').waitFor();
    expect(await page.getByRole('heading', { name: 'Shops that were compared' }).locator('..').innerText()).toContain(total);
    expect(await panel.innerText()).toContain(total);
    for (const heading of [/What was running out/, 'What it cost before', 'Whether you were asked', 'Who said yes']) {
      expect(await page.getByRole('heading', { name: heading }).count()).toBe(1);
    }
    await house.screenshot(page, 'why-phone-en');
    await panel.getByRole('slider', { name: /Prices of goods/ }).fill('150');
    await panel.getByText('The same to the last bit').waitFor({ state: 'detached' });
    expect(await panel.innerText()).not.toContain(total);
    await panel.getByRole('slider', { name: /Days from yes/ }).fill('14');
    await panel.getByText('Days from yes to the door: 14').waitFor();
    await panel.getByRole('button', { name: 'As it was' }).press('Enter');
    await panel.getByText('The same to the last bit').waitFor();
    expect(await panel.innerText()).toContain(total);
    await expectAccessible(page);
  }, 90_000);

  it('speaks German, with rules in words instead of their names', { tags: ['long'], timeout: 90_000 }, async () => {
    const home = await house.newHousehold({ language: 'de', members: [{ name: 'Ada' }] });
    const { orderId } = await house.lowSupply(home);
    const page = await open(home, urls.why(orderId), { language: 'de', viewport: 'tablet' });
    await page.getByText('Bis aufs letzte Bit dasselbe').waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toContain('Es gibt noch kein Mandat');
    expect(text).not.toMatch(/mandate-exists|\b(the|order|per|days|of)\b/);
    await expectAccessible(page);
    await house.screenshot(page, 'why-tablet-de');
  });
});

describe('an erasure', () => {
  it('says what goes and stays, wants the name, signs the person out, and the household is gone', async () => {
    const home = await house.newHousehold({ name: 'Farewell', members: [{ name: 'Ada' }] });
    const page = await open(home, urls.data);
    const card = page.locator('#erase');
    await card.getByRole('button', { name: 'See what would go' }).click();
    await card.getByText('These go: people 1, devices 0, supplies 1, orders 0').waitFor();
    const forGood = card.getByRole('button', { name: 'Delete for good' });
    await card.getByLabel('Type the name of the household').fill('Somebody else');
    expect(await forGood.getAttribute('aria-disabled')).toBe('true');
    await expectAccessible(page);
    await house.screenshot(page, 'data-erase-phone-en');
    await card.getByLabel('Type the name of the household').fill('Farewell');
    await forGood.click();
    await page.locator('#erase').waitFor({ state: 'detached' });
    const { householdId, owner } = home;
    const left = async () => {
      const [seen, mine] = await Promise.all([
        house.send('readHousehold', { params: { householdId } }),
        house.send('readHousehold', { params: { householdId }, as: owner }),
      ]);
      return [seen.status, mine.status];
    };
    await expect.poll(left, { timeout: 60_000, interval: 500 }).toEqual([404, 404]);
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('Farewell');
  }, 90_000);
});
