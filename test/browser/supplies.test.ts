/** What a household sees of its supplies and does about them: levels, counts, barcodes, settings, and the shopping list of everybody. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { articles } from '../../infra/local/scenario/articles.ts';
import { urls } from '../../app/urls.ts';
import { expectAccessible, openHouse, type HouseholdInTest } from './house.ts';

const house = await openHouse();
const milkOf = ({ scenario }: HouseholdInTest): string => `sup_${scenario.key}-milk`;
const goTo = (page: Page, to: string) => page.goto(`${house.url}${to}`);
/** The words of the page, once they hold these. */
const said = (page: Page, text: string | RegExp) => page.locator('main').getByText(text).first().waitFor();

it('shows the level, until when it lasts, and its course as a picture, in words and as a table', async () => {
  const home = await house.newHousehold({ supplies: ['milk', 'tabs'] });
  const page = await house.page({ as: home.owner });
  await goTo(page, urls.supplies);
  await said(page, /lasts until|lasts for more/);
  await expectAccessible(page);
  await house.screenshot(page, 'supplies-phone-en');
  await page.getByRole('link', { name: /milk/ }).click();
  await said(page, 'How it goes on');
  await said(page, /Probably used up on .* In 8 of 10 cases between/);
  await page.locator('.curve canvas').waitFor();
  await page.getByText('As a table').click();
  expect(await page.locator('.curve-table tbody tr').count()).toBeGreaterThan(4);
  await expectAccessible(page);
  await house.screenshot(page, 'supply-phone-en');
});

it('lets a count move the forecast, and a barcode bring packs in', async () => {
  const home = await house.newHousehold();
  const page = await house.page({ as: home.owner });
  await goTo(page, urls.supply(milkOf(home)));
  const forecast = page.locator('#course-text');
  await forecast.waitFor();
  const before = await forecast.textContent();
  await page.getByLabel('In the house now').fill('20');
  await page.getByRole('button', { name: 'Save' }).click();
  await said(page, 'Counted.');
  await said(page, '20 l');
  expect(await forecast.textContent()).not.toBe(before);

  await goTo(page, urls.scan);
  const digits = page.getByLabel('Digits below the barcode');
  await digits.fill(`${articles.milk.gtin.slice(0, -1)}${(Number(articles.milk.gtin.at(-1)) + 1) % 10}`);
  await page.getByRole('button', { name: 'Save' }).click();
  await said(page, /One digit is wrong/);
  await expectAccessible(page);
  await house.screenshot(page, 'scan-error-phone-en');
  await digits.fill(articles.milk.gtin);
  await page.getByRole('button', { name: 'Packs: More' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await said(page, /milk: 22\sl in the house now/);
  await digits.fill(articles.eggs.gtin);
  await page.getByRole('button', { name: 'Save' }).click();
  await said(page, 'Nothing in this house is this product');
  await page.getByRole('link', { name: 'Put it on the shopping list' }).click();
  await said(page, /You have scanned a product/);
});

it('keeps settings over a reload, and what is never bought makes no need', { tags: ['long'] }, async () => {
  const home = await house.newHousehold();
  const supplyId = milkOf(home);
  const page = await house.page({ as: home.owner });
  await goTo(page, urls.supplySettings(supplyId));
  await page.getByLabel('It must never happen').check();
  await page.getByLabel('Never buy this').check();
  await page.getByLabel('An order should last for').fill('9');
  await page.getByLabel('Leave it out').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await said(page, 'Saved.');
  await page.reload();
  await page.getByLabel('It must never happen').waitFor();
  expect(await page.getByLabel('It must never happen').isChecked()).toBe(true);
  expect(await page.getByLabel('Never buy this').isChecked()).toBe(true);
  expect(await page.getByLabel('An order should last for').inputValue()).toBe('9');
  await expectAccessible(page);
  await house.screenshot(page, 'supply-settings-phone-en');
  const params = { householdId: home.householdId, supplyId };
  await house.done('countSupply', { params, body: { countId: 'cnt_0001', amount: 0, unit: 'l' }, as: home.owner });
  expect(await house.done('readSupply', { params, as: home.owner })).toMatchObject({ inHouse: 0, isLow: false });
  await goTo(page, urls.supplies);
  await said(page, 'Not bought');
});

it('adds a supply that no device watches, from what the shops sell', { tags: ['long'] }, async () => {
  const home = await house.newHousehold({ supplies: [] });
  const page = await house.page({ as: home.owner, viewport: 'tablet', dark: true });
  await goTo(page, urls.addSupply);
  await page.getByLabel(/Search at your shops/).fill('fassb');
  await page.getByRole('button', { name: 'Choose: Fassbutter 250 g' }).click();
  await page.getByLabel('In the house now').fill('0.5');
  await page.getByLabel('You use about, per week').fill('0.25');
  await expectAccessible(page);
  await house.screenshot(page, 'add-supply-tablet-dark-en');
  await page.getByRole('button', { name: 'Add this supply' }).click();
  await page.getByRole('heading', { name: 'Fassbutter 250 g', level: 1 }).waitFor();
  await said(page, '500 g');
});

it('shows a name with a script in it as what it is: text', { tags: ['long'] }, async () => {
  const home = await house.newHousehold({ supplies: [] });
  const name = '<script>document.title="owned"</script><b>Milk</b>';
  const own = { supplyId: 'sup_script', name, productLine: 'groceries', products: [{ gtin: articles.milk.gtin }] };
  const body = { ...own, inHouse: { amount: 9, unit: 'l' }, perWeek: { amount: 2, unit: 'l' } };
  await house.done('addOwnSupply', { params: { householdId: home.householdId }, body, as: home.owner });
  const page = await house.page({ as: home.owner });
  await goTo(page, urls.supplies);
  await said(page, name);
  await goTo(page, urls.supply('sup_script'));
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  expect(await page.title()).toContain('<script>');
});

it('keeps one list for two people, with the keyboard alone', async () => {
  const home = await house.newHousehold({ members: [{ name: 'Anna' }, { name: 'Ben' }] });
  const ben = home.members[1]?.memberId ?? expect.unreachable('Ben');
  const anna = await house.page({ as: home.owner });
  const bens = await house.page({ as: ben, viewport: 'tablet' });
  await goTo(anna, urls.list);
  await goTo(bens, urls.list);
  await said(anna, 'The list is empty');
  await anna.getByLabel('What do you need?').focus();
  await anna.keyboard.type('Kernseife');
  await anna.keyboard.press('Enter');
  await anna.getByRole('checkbox', { name: 'Kernseife: bought' }).waitFor();
  await bens.getByRole('checkbox', { name: 'Kernseife: bought' }).waitFor();
  await said(bens, 'from Anna');
  await expectAccessible(bens);
  await house.screenshot(bens, 'list-tablet-en');

  await bens.getByRole('checkbox', { name: 'Kernseife: bought' }).focus();
  await bens.keyboard.press('Space');
  await said(bens, 'Kernseife is ticked off.');
  await said(anna, 'The list is empty');
  await bens.getByRole('button', { name: 'Put it back', exact: true }).focus();
  await bens.keyboard.press('Enter');
  await bens.getByRole('checkbox', { name: 'Kernseife: bought' }).waitFor();
  await anna.getByRole('checkbox', { name: 'Kernseife: bought' }).waitFor();
});

it('speaks German, whole', { tags: ['long'] }, async () => {
  const home = await house.newHousehold({ language: 'de', supplies: ['milk', 'eggs'] });
  const { householdId, owner } = home;
  await house.done('changeDiet', { params: { householdId }, body: { avoid: ['nuts'] }, as: owner });
  const page = await house.page({ as: owner, language: 'de' });
  await goTo(page, urls.supplies);
  await said(page, /reicht bis|reicht länger/);
  await house.screenshot(page, 'supplies-phone-de');
  await goTo(page, urls.supply(milkOf(home)));
  await said(page, 'Wie es weitergeht');
  await page.locator('.curve canvas').waitFor();
  await expectAccessible(page);
  await house.screenshot(page, 'supply-phone-de');
  await goTo(page, urls.supplySettings(milkOf(home)));
  await said(page, 'Wie schlimm ist es, wenn nichts mehr da ist?');
  await house.screenshot(page, 'supply-settings-phone-de');
  await goTo(page, urls.diet);
  await page.getByLabel('Nüsse', { exact: true }).waitFor();
  expect(await page.getByLabel('Nüsse', { exact: true }).isChecked()).toBe(true);
  await expectAccessible(page);
  await goTo(page, urls.list);
  await said(page, 'Die Liste ist leer');
  await house.screenshot(page, 'list-phone-de');
});
