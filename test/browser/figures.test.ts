/** All households together, for those who look after them: no household is named. */
import { describe, expect, it } from 'vitest';
import { urls } from '../../app/urls.ts';
import { expectAccessible, openHouse } from './house.ts';

const house = await openHouse();
const WEBER = 'staff_weber';

describe('the figures of all households', () => {
  it('say how many are where, how well the steps go and what is worth mending, and name nobody', async () => {
    const home = await house.newHousehold({ name: 'Haushalt Figur', members: [{ name: 'Fina' }] });
    await house.lowSupply(home);
    const page = await house.page({ as: WEBER, path: urls.figures, viewport: 'tablet' });
    // Touchpoints come over queues and are counted after that: what is waited for is the figure, not the clock.
    for (;;) {
      await page.getByRole('heading', { name: 'Phases' }).waitFor();
      const text = await page.locator('main').innerText();
      if (/Of [1-9]\d* households?/.test(text) && text.includes('New here')) break;
      await page.reload();
    }
    expect(await page.locator('main').innerText()).not.toContain('Figur');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'How well it goes' }).click();
    await page.getByText('Steps to a yes').first().waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Worth mending' }).click();
    await page.getByText(/Where journeys leave the planned way/).waitFor();
    await expectAccessible(page);
  });

  it('are nobody’s who only lives in a household', async () => {
    const home = await house.newHousehold({ name: 'Haushalt Neugier', members: [{ name: 'Nora' }] });
    const page = await house.page({ as: home.owner, path: urls.figures, viewport: 'phone' });
    await page.getByText('This account is not in the group of those who look after households.').waitFor();
    expect(await page.locator('main').innerText()).not.toContain('New here');
  });
});
