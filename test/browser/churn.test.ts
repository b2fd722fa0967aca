/** What is ahead, for those who look after households: who may leave and how many will get in touch. */
import { describe, expect, it } from 'vitest';
import { urls } from '../../app/urls.ts';
import { expectAccessible, openHouse } from './house.ts';

const house = await openHouse();
const WEBER = 'staff_weber';

describe('what is ahead', () => {
  it('says who may leave without naming anybody, and how many will get in touch', async () => {
    const page = await house.page({ as: WEBER, path: urls.churn, viewport: 'tablet' });
    await page.getByRole('heading', { name: 'Who may leave', level: 1 }).waitFor();
    await page
      .getByText(/Nothing is foretold yet|How likely they leave/)
      .first()
      .waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/hh_/);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Contacts ahead' }).click();
    await page
      .getByText(/Nobody has got in touch yet|Contacts by the day/)
      .first()
      .waitFor();
    await expectAccessible(page);
  });

  it('is nobody’s who only lives in a household', async () => {
    const home = await house.newHousehold({ name: 'Haushalt Vorhersage', members: [{ name: 'Vera' }] });
    const page = await house.page({ as: home.owner, path: urls.churn, viewport: 'phone' });
    await page.getByText('This account is not in the group of those who look after households.').waitFor();
  });
});
