/** The doors of the app: one click, the real sign-in, and what is served under its address. */
import { expect, it } from 'vitest';
import { openHouse } from './house.ts';

const house = await openHouse();

it('signs a member in over the real way', async () => {
  const household = await house.newHousehold({ members: [{ name: 'Mira' }] });
  const page = await house.page({ as: household.owner });
  expect(new URL(page.url()).pathname).toBe('/app/');
  await house.screenshot(page, 'open-home');
});

it('asks', async () => {
  const household = await house.newHousehold({ members: [{ name: 'Mira' }] });
  const started = performance.now();
  const { orderId } = await house.lowSupply(household);
  console.log(orderId, performance.now() - started);
});
