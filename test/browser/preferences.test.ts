/** What a household says once for everything that it orders. */
import { expect, it } from 'vitest';
import { urls } from '../../app/urls.ts';
import { expectAccessible, openHouse } from './house.ts';

const house = await openHouse();

it('keeps how much dearer something else may be and which brands never come, and says so where one item is looked after', async () => {
  const home = await house.newHousehold();
  const page = await house.page({ as: home.owner });
  await page.goto(`${house.url}${urls.preferences}`);
  const percent = page.getByLabel('More expensive by at most');
  await percent.fill('10');
  await page.getByLabel('Brands that may never come').fill('Oatopia, Milkland');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. It holds from the next order on.').waitFor();
  await expectAccessible(page);
  await house.screenshot(page, 'preferences-phone-en');
  await page.reload();
  await percent.waitFor();
  expect([await percent.inputValue(), await page.getByLabel('Brands that may never come').inputValue()]).toEqual(['10', 'Oatopia, Milkland']);
  await page.goto(`${house.url}${urls.supplySettings(`sup_${home.scenario.key}-milk`)}`);
  await page.getByText('Empty: as for everything you order.').first().waitFor();
});
