/** A new fridge comes into the house, begun on the phone and finished on the tablet; and people come and go. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { urls } from '../../app/urls.ts';
import { expectAccessible, openHouse, type HouseholdInTest } from './house.ts';
import { makeDevice, type OwnDevice } from './own-device.ts';

const house = await openHouse();
/** Several people on several screens, one after the other: a loaded machine may take its time. */
vi.setConfig({ testTimeout: 120_000 });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name });

describe('a new fridge', () => {
  let fridge: OwnDevice;
  let home: HouseholdInTest;
  beforeAll(async () => {
    [fridge, home] = await Promise.all([makeDevice('fridge'), house.newHousehold({ members: [{ name: 'Anna' }], supplies: ['tabs'] })]);
  });
  afterAll(() => fridge.remove());

  const keptStep = async () => {
    const kept = await house.done('listDrafts', { params: { householdId: home.householdId }, as: home.owner });
    return z.object({ drafts: z.array(z.object({ form: z.string() })) }).parse(kept).drafts[0]?.form ?? '';
  };

  it('is begun on the phone and gone on with on the tablet, and nothing is asked twice', async () => {
    const phone = await house.page({ as: home.owner, path: urls.addDevice });
    const code = phone.getByLabel('Pairing code');
    await code.fill('ABCD-EFGH-JKMN');
    await phone.getByRole('button', { name: 'Pair' }).click();
    await phone.getByText('We do not know this code').waitFor();
    expect(await code.getAttribute('aria-invalid')).toBe('true');
    await expectAccessible(phone);
    await house.screenshot(phone, 'devices-add-code-wrong');
    await code.fill(fridge.code.toLowerCase().replaceAll('-', ' '));
    await phone.getByRole('button', { name: 'Pair' }).click();
    await heading(phone, 'Step 2 of 4: Name and room').waitFor();
    expect(await phone.getByLabel('What do you call it?').inputValue()).toBe('Fridge');
    await phone.getByLabel('What do you call it?').fill('<b>Kitchen</b> fridge');
    await phone.getByLabel('Where does it stand?').fill('Kitchen');
    await expectAccessible(phone);
    await phone.getByRole('button', { name: 'Next' }).click();
    await heading(phone, 'Step 3 of 4').waitFor();
    await expect.poll(keptStep).toContain('"step":"slots"');
    expect(await keptStep()).not.toContain(fridge.code);

    const tablet = await house.page({ as: home.owner, path: urls.addDevice, viewport: 'tablet' });
    await heading(tablet, 'You began this on another device').waitFor();
    await expectAccessible(tablet);
    await house.screenshot(tablet, 'devices-add-elsewhere');
    await tablet.getByRole('button', { name: 'Go on' }).click();
    await heading(tablet, 'Step 3 of 4').waitFor();
    await tablet.getByRole('button', { name: 'Choose milk' }).click();
    await tablet.getByLabel('Search in your shops').fill('weidemilch');
    await tablet.getByRole('button', { name: 'Take it Weidemilch 1 l' }).click();
    await tablet.getByLabel('What do you call it at home?').fill('Milk');
    await expectAccessible(tablet);
    await house.screenshot(tablet, 'devices-add-product');
    await tablet.getByRole('button', { name: 'Save' }).click();
    await tablet.getByText('Holds Milk').waitFor();
    await house.screenshot(tablet, 'devices-add-slots');
    await tablet.getByRole('button', { name: 'Next' }).click();
    await heading(tablet, 'Now it has to say its first word').waitFor();
    await expect.poll(keptStep).toContain('"step":"listen"');
  });

  it('says its first word over mutual TLS, and whoever waits sees it', async () => {
    // A third screen: it asks first, and goes on where the tablet was.
    const tablet = await house.page({ as: home.owner, path: urls.addDevice, viewport: 'tablet' });
    await tablet.getByRole('button', { name: 'Go on' }).click();
    await heading(tablet, 'Now it has to say its first word').waitFor();
    await expectAccessible(tablet);
    await house.screenshot(tablet, 'devices-add-listen');

    await fridge.say('milk', { amount: 3.5, unit: 'l' });
    await heading(tablet, '<b>Kitchen</b> fridge has spoken').waitFor();
    await tablet.getByText('Milk: 3.5 l').waitFor();
    await house.screenshot(tablet, 'devices-add-heard');
    await tablet.getByRole('link', { name: 'The first steps' }).click();
    await heading(tablet, 'First steps: <b>Kitchen</b> fridge').waitFor();
    await tablet.getByRole('button', { name: 'Done Everything has its place' }).click();
    await tablet.getByText('1 of 4 done').waitFor();
    await expectAccessible(tablet);
    await house.screenshot(tablet, 'devices-lesson');
    await expect.poll(keptStep).toBe('');
  });

  it('is renamed, emptied and removed; a code is worth nothing afterwards', { tags: ['long'] }, async () => {
    const page = await house.page({ as: home.owner, path: urls.devices });
    await page.getByRole('link', { name: /Kitchen/ }).click();
    await heading(page, '<b>Kitchen</b> fridge').waitFor();
    await expectAccessible(page);
    await house.screenshot(page, 'devices-device');
    await page.getByLabel('What do you call it?').fill('Old fridge');
    await page.getByRole('button', { name: 'Save' }).click();
    await heading(page, 'Old fridge').waitFor();
    await page.getByRole('button', { name: 'Empty it milk' }).click();
    await page.getByRole('button', { name: 'Choose milk' }).click();
    // It is still in the house, and nothing measures it.
    await page.getByRole('button', { name: 'Take it Milk' }).click();
    await page.getByText('Holds Milk').waitFor();
    await page.getByRole('button', { name: 'Remove this device' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await heading(page, 'No device yet').waitFor();
    await house.screenshot(page, 'devices-empty');
    const body = { pairingCode: fridge.code };
    expect((await house.send('pairDevice', { params: { householdId: home.householdId }, body, as: home.owner })).status).toBe(404);
  });
});

/** What no German page says. */
const ENGLISH = /\b(the|you|your|device|devices|people|invite|remove|next|kitchen|slot|owner|guest)\b/i;

it('all of it is German on a German page', { tags: ['long'] }, async () => {
  const things = [{ thing: `fridge-${Date.now().toString(36)}`, type: 'fridge' as const, name: 'Kühlschrank', shelves: [] }];
  const home = await house.newHousehold({ language: 'de', members: [{ name: 'Ilse' }, { name: 'Karl' }], things });
  const page = await house.page({ as: home.owner, language: 'de', path: urls.devices, dark: true });
  for (const [path, title] of [
    [urls.devices, 'Geräte'],
    [urls.addDevice, 'Gerät hinzufügen'],
    [urls.device(things[0]?.thing ?? ''), 'Kühlschrank'],
    [urls.lesson(things[0]?.thing ?? ''), 'Erste Schritte: Kühlschrank'],
    [urls.members, 'Personen'],
  ] as const) {
    await page.goto(`${house.url}${path}`);
    await heading(page, title).first().waitFor();
    const text = await page.locator('main').innerText();
    expect([path, ENGLISH.exec(text)?.[0]]).toEqual([path, undefined]);
    await expectAccessible(page);
    await house.screenshot(page, `devices-de-${title.split(':')[0]?.toLowerCase() ?? ''}`);
  }
});

it('somebody who is invited sees the household at once, and nothing once removed', async () => {
  const home = await house.newHousehold({ members: [{ name: 'Anna' }] });
  const email = `clara-${home.scenario.key}@example.org`;
  const anna = await house.page({ as: home.owner, path: urls.members, viewport: 'tablet' });
  await anna.getByLabel('First name').fill('Clara');
  await anna.getByLabel('E-mail address').fill('clara');
  await anna.getByRole('button', { name: 'Invite' }).click();
  await anna.getByText('That is no whole e-mail address yet.').waitFor();
  await anna.getByLabel('E-mail address').fill(email);
  await anna.getByRole('button', { name: 'Invite' }).click();
  await anna.getByText('Clara belongs to your household now').waitFor();
  await expectAccessible(anna);
  await house.screenshot(anna, 'members');
  expect(await anna.locator('main').innerText()).not.toContain(email);

  const clara = await (await house.context()).newPage();
  await clara.goto(`${house.url}${urls.members}?as=${encodeURIComponent(email)}`);
  await clara.getByText('Clara (you)').waitFor();
  expect(await clara.getByRole('button', { name: 'Invite' }).count()).toBe(0);

  await anna.getByRole('button', { name: 'Change Clara' }).click();
  await expectAccessible(anna);
  await house.screenshot(anna, 'members-change');
  await anna.getByRole('button', { name: 'Remove', exact: true }).click();
  await anna.getByRole('button', { name: 'Change Clara' }).waitFor({ state: 'detached' });
  await clara.reload();
  await clara.getByRole('heading', { name: 'You belong to no household yet' }).waitFor();
  expect(await clara.locator('main').innerText()).not.toContain(home.scenario.name);
  await anna.getByRole('button', { name: 'Change Anna' }).click();
  await anna.getByRole('button', { name: 'Leave this household' }).click();
  await anna.getByText('A household keeps at least one owner').waitFor();
});
