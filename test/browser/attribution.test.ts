/** Which channels earn orders, for those who look after households. */
import { expect, it } from 'vitest';
import { urls } from '../../app/urls.ts';
import { expectAccessible, openHouse } from './house.ts';

const house = await openHouse();

it('what earns orders is shown by the months, the chain and what became of journeys, and names nobody', async () => {
  const page = await house.page({ as: 'staff_weber', path: urls.attribution, viewport: 'tablet' });
  await page.getByRole('heading', { name: 'Automation dividend' }).waitFor();
  await page.getByRole('button', { name: 'As many as foretell best' }).click();
  await page.getByRole('button', { name: 'Leave them aside' }).click();
  await page.getByRole('button', { name: 'This month' }).click();
  await page.getByRole('heading', { name: 'Automation dividend' }).waitFor();
  expect(await page.getByRole('button', { name: 'This month' }).getAttribute('aria-pressed')).toBe('true');
  await expectAccessible(page);
});
