/** Campaigns in the console: begun from an example, paid for, switched on, copied and changed in fields, and read in both languages. */
import { describe, expect, it } from 'vitest';
import { urls } from '../../app/urls.ts';
import { expectAccessible, openHouse } from './house.ts';

const house = await openHouse();
const WEBER = 'staff_weber';

describe('whoever is responsible for campaigns', () => {
  it('makes one from an example, looks at what it says to whom, records what it cost and switches it on', async () => {
    const page = await house.page({ as: WEBER, path: urls.campaigns, viewport: 'tablet' });
    await page.getByRole('heading', { level: 1, name: 'Campaigns' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('listitem').filter({ hasText: 'Tasting nearby' }).getByRole('button', { name: 'Make it a campaign' }).click();
    const card = page.locator('.card').filter({ has: page.getByRole('heading', { level: 2, name: 'Tasting nearby' }) });
    await card.getByText('off', { exact: true }).waitFor();
    expect(await card.innerText()).toContain('postal areas 80, 81, 85');
    await card.getByText('Record a cost').click();
    await card.getByRole('textbox', { name: 'Euros' }).fill('120,50');
    await card.getByRole('button', { name: 'Record' }).click();
    await card.getByText('€120.50 of €500.00').waitFor();
    const costs = page.locator('.card').filter({ has: page.getByRole('heading', { name: 'What an order cost' }) });
    await costs.getByText('Bring in costs from a file').click();
    const csv = ['channel,from,to,costMinor,currency,campaign', 'e-mail,2026-03-01,2026-03-31,31000,EUR,', 'tram,2026-03-01,2026-03-01,1,EUR,'].join('\n');
    await costs.getByLabel('Or its text').fill(csv);
    await costs.getByRole('button', { name: 'Bring in' }).click();
    await costs.getByText('1 line taken, €310.00 in all.').waitFor();
    await costs.getByText('Line 3: no such channel').waitFor();
    await card.getByRole('button', { name: 'Switch on' }).click();
    await card.getByRole('button', { name: 'Switch off' }).waitFor();
    await card.getByText('running', { exact: true }).waitFor();
    await expectAccessible(page);
    await house.screenshot(page, 'console-campaigns-tablet-en');

    // Fewer are left out, which the figures rest on: refused at its field once it has begun. A copy begins anew.
    await card.getByRole('button', { name: 'Change' }).click();
    await page.getByText('It has begun.').waitFor();
    await page.getByRole('spinbutton', { name: 'Share kept out' }).fill('5');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('The figures since it began rest on this').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await card.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('textbox', { name: 'Name for programs' }).fill('tasting-again');
    await page.getByRole('switch', { name: 'Say something to people without a household' }).click();
    const leads = page.getByRole('group', { name: 'For leads' });
    await leads.getByRole('textbox', { name: 'Why they get it, in English' }).fill('because you asked');
    await leads.getByRole('textbox', { name: 'Why they get it, in German' }).fill('weil Sie gefragt haben');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('4 fields are not yet as they have to be.').waitFor();
    for (const [field, words] of [
      ['Headline', 'Welcome'],
      ['Text', 'This is how it works'],
    ] as const)
      for (const tongue of ['German', 'English']) await leads.getByRole('textbox', { name: `${field}, in ${tongue}` }).fill(words);
    await page.getByRole('button', { name: 'Move Piece 1 down' }).first().click();
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText(/It would concern \d+ of \d+ households|There are no households/).waitFor();
    await expectAccessible(page);
    await house.screenshot(page, 'console-campaign-editor-tablet-en');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByRole('heading', { level: 2, name: 'Tasting nearby (copy)' }).waitFor();
    await page.getByText('No lead has been reached yet').waitFor();

    const phone = await house.page({ as: WEBER, path: urls.campaigns, language: 'de', dark: true });
    await phone.getByRole('heading', { level: 2, name: 'Verkostung in der Nähe', exact: true }).waitFor();
    await phone.getByText('E-Mail: 310,00 € für 0 Bestellungen').waitFor();
    expect(await phone.locator('main').innerText()).toMatch(/120,50\s€ von 500,00\s€/);
    await expectAccessible(phone);
    await house.screenshot(phone, 'console-campaigns-phone-de-dark');
    const copied = phone.locator('.card').filter({ has: phone.getByRole('heading', { level: 2, name: 'Verkostung in der Nähe (Kopie)' }) });
    await copied.getByRole('button', { name: 'Ändern' }).click();
    await phone.getByRole('heading', { level: 2, name: 'Ändern: Verkostung in der Nähe (Kopie)' }).waitFor();
    await expectAccessible(phone);
    await house.screenshot(phone, 'console-campaign-editor-phone-de-dark');
  });
});
