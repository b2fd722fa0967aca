/** A person counts less than the fridge says, and a new item has to earn that it is bought without asking. */
import { afterAll, expect, it, vi } from 'vitest';
import { urls } from '../../app/urls.ts';
import { expectAccessible, openHouse } from './house.ts';
import { makeDevice, type OwnDevice } from './own-device.ts';

const house = await openHouse();
/** A device is made, paired and heard, on a machine that may be busy. */
vi.setConfig({ testTimeout: 120_000 });
let fridge: OwnDevice | undefined;
afterAll(() => fridge?.remove());

it('asks before it buys on a sensor that a person has contradicted, and says so calmly in German and English', async () => {
  fridge = await makeDevice('fridge');
  const { thing, code } = fridge;
  const home = await house.newHousehold();
  const { householdId, owner, scenario } = home;
  const params = { householdId, supplyId: `sup_${scenario.key}-milk` };
  await house.done('pairDevice', { params: { householdId }, body: { pairingCode: code }, as: owner });
  await house.done('linkSlot', { params: { householdId, thing, slot: 'milk' }, body: { supplyId: params.supplyId }, as: owner });
  await fridge.say('milk', { amount: 4, unit: 'l' });
  await expect.poll(() => house.done('readSupply', { params, as: owner }), { timeout: 30_000 }).toHaveProperty('lastReadingAt');

  const page = await house.page({ as: owner, path: urls.supply(params.supplyId) });
  await page.getByText('Bought by itself?').waitFor();
  await page.getByText('We note what we would have ordered').waitFor();
  await page.getByLabel('In the house now').fill('1');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/The sensor says more than you counted on/).waitFor();
  await page.getByText(/It says 4\sl; we would expect about 1\sl/).waitFor();
  expect(await house.done('readSupply', { params, as: owner })).toMatchObject({
    inHouse: 1_000,
    modelled: true,
    sensor: { reason: 'contradicted', value: 0.8 },
  });
  await expectAccessible(page);
  await house.screenshot(page, 'trust-doubted-phone-en');

  const german = await house.page({ as: owner, path: urls.supply(params.supplyId), language: 'de', dark: true });
  await german.getByText(/Der Sensor zeigt mehr an, als du am .* gezählt hast/).waitFor();
  await german.getByText('Von selbst kaufen?').waitFor();
  await expectAccessible(german);
  await house.screenshot(german, 'trust-doubted-phone-de-dark');
});
