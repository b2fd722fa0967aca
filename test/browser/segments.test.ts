/** The company's rules and who is who: built, tried out and saved by those who look after households. */
import type { Page } from 'playwright-core';
import { describe, it } from 'vitest';
import { urls } from '../../app/urls.ts';
import { expectAccessible, openHouse } from './house.ts';

const house = await openHouse();
const WEBER = 'staff_weber';

/** By its heading: in each card every segment can be chosen to compare with. */
const cardOf = (page: Page, name: string) => page.locator('.segment').filter({ has: page.getByRole('heading', { level: 2, name }) });

/** Counted over queues: what is waited for is the figure, not the clock. */
async function withMembers(page: Page, name: string): Promise<void> {
  for (;;) {
    const text = await cardOf(page, name).getByRole('heading', { level: 2 }).innerText();
    if (/[1-9]\d* of [1-9]/.test(text)) return;
    await page.reload();
    await page.locator('.segment').first().waitFor();
  }
}

describe('segments', () => {
  it('are listed with who is in them for a reason, tried out, refused at the field, saved and switched off', async () => {
    const home = await house.newHousehold({ name: 'Haushalt Segment', members: [{ name: 'Sina' }] });
    await house.lowSupply(home);
    const page = await house.page({ as: WEBER, path: urls.segments, viewport: 'tablet' });
    await page.locator('.segment').first().waitFor();
    await withMembers(page, 'New here');
    await expectAccessible(page);
    await house.screenshot(page, 'console-segments-tablet-en');

    await page.getByRole('button', { name: 'New segment' }).click();
    await page.getByRole('textbox', { name: 'Name in English' }).fill('Low at home');
    await page.getByRole('textbox', { name: 'Name for programs' }).fill('low-at-home');
    await page.getByRole('combobox', { name: 'What', exact: true }).selectOption('supply.low');
    await page.getByRole('spinbutton', { name: 'At least' }).fill('1');
    await page.getByRole('button', { name: 'How many would that be?' }).click();
    await page.locator('.field').filter({ hasText: 'Name in German' }).getByRole('alert').waitFor();
    await page.getByRole('textbox', { name: 'Name in German' }).fill('Daheim knapp');
    await page.getByRole('button', { name: 'How many would that be?' }).click();
    await page.getByText(/[1-9]\d* of \d+ households would be in it/).waitFor();
    await expectAccessible(page);
    await house.screenshot(page, 'console-segment-new-tablet-en');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/Saved\. Each household/).waitFor();
    const mine = cardOf(page, 'Low at home');
    await mine.getByRole('button', { name: 'Switch off' }).click();
    await mine.getByText('switched off').waitFor();

    const fresh = cardOf(page, 'New here');
    await fresh.getByText('Who is in it?').click();
    await fresh.getByRole('textbox', { name: /Why do you want/ }).fill('to greet them');
    await fresh.getByRole('button', { name: 'Show the list' }).click();
    await fresh.getByRole('link', { name: home.householdId }).waitFor();
    const sina = await house.page({ as: home.owner, path: urls.data });
    await sina.getByText(/you stood in a list, for a group of households/).waitFor();
  });

  it('read well on a phone, in German and in the dark', { tags: ['long'] }, async () => {
    const page = await house.page({ as: WEBER, path: urls.segments, language: 'de', dark: true });
    await page.locator('.segment').first().waitFor();
    await cardOf(page, 'Unzufrieden').getByRole('button', { name: 'Ändern' }).click();
    await page.getByRole('group', { name: 'oder' }).waitFor();
    await expectAccessible(page);
    await house.screenshot(page, 'console-segment-edit-phone-de-dark');
  });
});

it('the rules are read in words, and a slip in their text is told at its line', async () => {
  const page = await house.page({ as: WEBER, path: urls.rules, viewport: 'tablet' });
  await page.getByRole('heading', { name: 'Tiers and value' }).waitFor();
  await page.getByText('Change as text').first().click();
  const text = page.getByRole('textbox', { name: 'As text (JSON)' }).first();
  await text.fill((await text.inputValue()).replace('"orders"', '"ordrs"'));
  await page.getByRole('button', { name: 'Save' }).first().click();
  await page.getByText(/^Line 2: /).waitFor();
  await expectAccessible(page);
  await house.screenshot(page, 'console-rules-tablet-en');
});

it('who is who shows what is noted, and what would change hands before anybody decides', async () => {
  const home = await house.newHousehold({ name: 'Haushalt Wer', members: [{ name: 'Willi' }] });
  const page = await house.page({ as: WEBER, path: urls.identity(home.householdId), language: 'de', viewport: 'tablet' });
  await page.getByRole('textbox', { name: 'In wenigen Worten' }).fill('zwei Konten');
  await page.getByRole('button', { name: 'Ansehen' }).click();
  await page.getByRole('heading', { name: 'Wer ist wer' }).waitFor();
  await page.getByRole('combobox', { name: 'Dies', exact: true }).selectOption({ label: 'Eine Kennung, die hier noch fehlt …' });
  await page.getByRole('textbox', { name: 'Kennung' }).fill(home.owner);
  await page.getByRole('combobox', { name: 'und dies', exact: true }).selectOption({ label: 'Eine Kennung, die hier noch fehlt …' });
  await page.getByRole('combobox', { name: 'Art' }).last().selectOption('customerNumber');
  await page.getByRole('textbox', { name: 'Kennung' }).last().fill('K-4711');
  await page.getByRole('button', { name: 'Was würde das ändern?' }).click();
  await page.getByText(/Berührungspunkt(?:e)? würden? die Seite wechseln/).waitFor();
  await page.getByRole('button', { name: 'So entscheiden' }).click();
  await page.getByText(/^Entschieden\./).waitFor();
  await page.getByText('Kundennummer K-4711').first().waitFor();
  await expectAccessible(page);
  await house.screenshot(page, 'console-who-tablet-de');
});
