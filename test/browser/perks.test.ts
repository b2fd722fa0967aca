import { expect, it } from 'vitest';
import { urls } from '../../app/urls.ts';
import { approvalsIn, orderButton } from './approvals-in-test.ts';
import { expectAccessible, openHouse } from './house.ts';

const house = await openHouse();
const { open, changeBy } = approvalsIn(house);

it(
  'what a perk saves and who pays for it stands above the button and with the order; the tier stands with its reason in the statement',
  { tags: ['long'] },
  async () => {
    const home = await house.newHousehold();
    const low = await house.lowSupply(home, 'yoghurt');
    // Of yoghurt every second pack is free at Frischhof, and the dairy pays for it: of three one.
    await changeBy(home, low, home.owner, 3);
    const page = await open(home.owner, low, { language: 'de', dark: true });
    const row = page.locator('.approval-sum .perk-row');
    expect(await row.innerText()).toMatch(/Jede zweite Packung gratis\s+· bezahlt von der Marke\s+−1,49\s€/);
    const button = orderButton(page, 'de');
    const [above, below] = [await row.boundingBox(), await button.boundingBox()];
    expect((above?.y ?? Infinity) + (above?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
    await house.screenshot(page, 'approval-perk');
    await expectAccessible(page);

    await button.click();
    await page.getByRole('heading', { name: 'Bestellt', exact: true }).waitFor();
    const order = await house.page({ as: home.owner, path: urls.order(low.orderId), language: 'de' });
    await order.locator('.order-sums .perk-row').getByText('Jede zweite Packung gratis').waitFor();
    await house.screenshot(order, 'order-perk');

    const month = await house.page({ as: home.owner, path: urls.statement(), language: 'de' });
    await month.getByRole('heading', { name: 'Deine Stufe' }).waitFor();
    await month.getByText('0 Bestellungen kamen in den letzten 28 Tagen.').waitFor();
    await month.getByRole('heading', { name: 'Durch Vorteile gespart' }).waitFor();
    await house.screenshot(month, 'statement-tier');
    await expectAccessible(month);
  },
);
