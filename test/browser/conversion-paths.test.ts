/** What is done by itself and what came of it, for those who look after households; and the household's own word about it. */
import { describe, expect, it } from 'vitest';
import { paths, urls } from '../../app/urls.ts';
import { expectAccessible, openHouse } from './house.ts';

const house = await openHouse();
const WEBER = 'staff_weber';

describe('conversion paths', () => {
  it('are shown as chains, tried on the past before they can be changed, and switched off and on', async () => {
    const page = await house.page({ as: WEBER, path: paths.conversionPaths, viewport: 'tablet' });
    const card = page.locator('.card', { has: page.getByRole('heading', { name: 'Win back' }) });
    await card.getByRole('button', { name: 'Switch off' }).waitFor();
    await house.screenshot(page, 'paths-tablet-en');
    await expectAccessible(page);
    await card.getByRole('button', { name: 'Change' }).click();
    const save = page.getByRole('button', { name: 'Save as a new version' });
    await page.getByLabel('Only followed, percent of households').fill('10');
    await page.getByLabel('Only followed, percent of households').blur();
    expect(await save.isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Try on the last 28 days' }).click();
    await page.getByText(/Tried on \d+ households. Nothing was sent./).waitFor();
    await house.screenshot(page, 'path-editor-tablet-en');
    await expectAccessible(page);
    await save.click();
    await page.getByText('Saved. Runs that have begun finish on the version they began with.').waitFor();
    await card.getByText('version 2').waitFor();
    await card.getByRole('button', { name: 'Switch off' }).click();
    await card.getByRole('button', { name: 'Switch on' }).click();
    await card.getByRole('button', { name: 'Switch off' }).waitFor();
  });

  it('speak German, on a phone and in the dark', async () => {
    const page = await house.page({ as: WEBER, path: paths.conversionPaths, language: 'de', dark: true });
    await page.getByRole('heading', { name: 'Konversionspfade', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Ändern' }).first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await house.screenshot(page, 'paths-phone-de-dark');
    await expectAccessible(page);
  });
});

describe('actions and experiments', () => {
  it('are told with what they came to, or that there is nothing yet', async () => {
    for (const [path, language, dark] of [
      [urls.actions, 'en', false],
      [urls.actions, 'de', true],
      [urls.experiments, 'en', false],
      [urls.experiments, 'de', true],
    ] as const) {
      const page = await house.page({ as: WEBER, path, language, dark });
      await page.locator('main .card').first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      await house.screenshot(page, `${path.split('/').at(-1) ?? ''}-${language}`);
      await expectAccessible(page);
    }
  });
});

describe('a household', () => {
  it('stops one kind of message, then everything, and allows it again', async () => {
    const home = await house.newHousehold({ members: [{ name: 'Mona' }] });
    const page = await house.page({ as: home.owner, path: paths.outreach });
    const kind = page.getByRole('listitem').filter({ hasText: 'Win back' });
    await kind.getByRole('button', { name: 'Not this kind any more' }).click();
    await kind.getByText('stopped').waitFor();
    await page.getByRole('button', { name: 'Stop everything' }).click();
    await page.getByText('Everything beyond your orders is stopped.').waitFor();
    await page.getByRole('button', { name: 'Allow again' }).click();
    await kind.getByText('stopped').waitFor();
    await house.screenshot(page, 'messages-phone-en');
    await expectAccessible(page);
    const german = await house.page({ as: home.owner, path: paths.outreach, language: 'de', dark: true, viewport: 'tablet' });
    await german.getByRole('heading', { name: 'Nachrichten und Stopps' }).waitFor();
    await german.getByRole('button', { name: 'Alles stoppen' }).waitFor();
    await house.screenshot(german, 'messages-tablet-de-dark');
    await expectAccessible(german);
  });

  it('recommends us by a code, which is not for itself', async () => {
    const [giver, taker] = [await house.newHousehold({ members: [{ name: 'Gabi' }] }), await house.newHousehold({ members: [{ name: 'Tom' }] })];
    const own = await house.page({ as: giver.owner, path: paths.recommend });
    await own.getByRole('button', { name: 'Get a code' }).click();
    await own.getByRole('button', { name: 'Share it' }).waitFor();
    const code = await own.locator('main strong').first().innerText();
    await own.getByLabel('Their code').fill(code);
    await own.getByRole('button', { name: 'Enter the code' }).click();
    await own.getByRole('alert').first().waitFor();
    await house.screenshot(own, 'recommend-phone-en');
    await expectAccessible(own);
    const page = await house.page({ as: taker.owner, path: paths.recommend, language: 'de', dark: true });
    await page.getByLabel('Dessen Code').fill(code);
    await house.screenshot(page, 'recommend-phone-de-dark');
    await expectAccessible(page);
  });
});
