/** Signals in the console: what stands, a slip at its field, a recall and a trend put down, and one ended. */
import { describe, it } from 'vitest';
import { urls } from '../../app/urls.ts';
import { expectAccessible, openHouse } from './house.ts';

const house = await openHouse();
const WEBER = 'staff_weber';

describe('what happens outside', () => {
  it('is put down with each slip at its field, read in both languages, and ended', async () => {
    const page = await house.page({ as: WEBER, path: urls.signals, viewport: 'tablet' });
    await page.getByRole('heading', { name: 'Signals', level: 1 }).waitFor();
    const form = page.getByRole('form').or(page.locator('form'));
    await form.getByRole('textbox', { name: 'Number below the barcode (GTIN)' }).fill('4006381333932');
    await form.getByRole('textbox', { name: 'Lots' }).fill('L42, l 43');
    await form.getByRole('button', { name: 'Put down and tell households' }).click();
    await page.getByText('The last digit does not fit the others.').waitFor();
    await page.getByText('Please fill this in.').first().waitFor();
    await expectAccessible(page);
    await house.screenshot(page, 'console-signals-slips-tablet-en');
    await form.getByRole('textbox', { name: 'Number below the barcode (GTIN)' }).fill('4006381333931');
    await form.getByRole('textbox', { name: 'Why, and what to do with it, in German' }).fill('Es können Glassplitter darin sein. Bringt es zurück.');
    await form.getByRole('textbox', { name: 'Why, and what to do with it, in English' }).fill('There may be splinters of glass in it. Take it back.');
    await form.getByRole('button', { name: 'Put down and tell households' }).click();
    await page.getByText('4006381333931: L42, l 43').waitFor();
    await page.getByText('It stands.', { exact: true }).waitFor();
    await form.getByRole('combobox', { name: 'What', exact: true }).selectOption('trend');
    await form.getByRole('combobox', { name: 'Of what' }).selectOption('ice cream');
    await form.getByRole('spinbutton', { name: 'How much more, in per cent' }).fill('35');
    await form.getByRole('textbox', { name: 'Until the end of' }).fill('2027-07-31');
    await form.getByRole('button', { name: 'Put down', disabled: false }).click();
    await page.getByText('ice cream: +35%').waitFor();
    await expectAccessible(page);
    await house.screenshot(page, 'console-signals-tablet-en');

    const german = await house.page({ as: WEBER, path: urls.signals, viewport: 'phone', language: 'de', dark: true });
    await german.getByText('Eis: +35 %').waitFor();
    await expectAccessible(german);
    await house.screenshot(german, 'console-signals-phone-de-dark');
    await page.getByRole('listitem').filter({ hasText: 'ice cream' }).getByRole('button', { name: 'End it' }).click();
    await page.getByText('ice cream: +35%').waitFor({ state: 'detached' });
    await page.getByRole('listitem').filter({ hasText: '4006381333931' }).getByRole('button', { name: 'End it' }).click();
    await page.getByText('4006381333931: L42, l 43').waitFor({ state: 'detached' });
  });
});
