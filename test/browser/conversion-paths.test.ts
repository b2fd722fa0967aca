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

  it('are built in fields, told at each field what is wrong, tried, saved and switched on, and taken back to an earlier version', async () => {
    const page = await house.page({ as: WEBER, path: paths.conversionPaths });
    await page.getByRole('button', { name: 'New path' }).click();
    const tryIt = page.getByRole('button', { name: 'Try on the last 28 days' });
    await tryIt.click();
    await page.getByText(/\d+ things are not right yet/).waitFor();
    await page.locator('.field').filter({ hasText: 'Name, German' }).getByRole('alert').waitFor();
    await page.locator('.field').filter({ hasText: 'What has to happen' }).getByRole('alert').waitFor();
    await house.screenshot(page, 'path-builder-faults-phone-en');
    await expectAccessible(page);

    await page.getByLabel('Name, German').fill('Dank für die erste');
    await page.getByLabel('Name, English').fill('Thanks for the first');
    await page.getByLabel('What it is for, German').fill('Wer beliefert wurde, hört, wie es weitergeht.');
    await page.getByLabel('What it is for, English').fill('Whoever got a delivery hears how it goes on.');
    await page.getByLabel('Name for programs').fill('win-back');
    await page.getByLabel('What has to happen').selectOption('order.delivered');
    await page.getByLabel('1: what happens').selectOption('mandate.granted');
    for (const language of ['German', 'English']) {
      await page.getByLabel(`Title, ${language}`).fill(`Title ${language}`);
      await page.getByLabel(`Text, ${language}`).fill(`Text ${language}`);
      await page.getByLabel(`Reason, after “You got this …”, ${language}`).fill(`because ${language}`);
    }
    await page.getByLabel('How long', { exact: true }).fill('');
    await page.locator('.field').filter({ hasText: 'How long' }).getByRole('alert').waitFor();
    await page.getByLabel('How long', { exact: true }).fill('2');
    const add = (where: string, what: string) => page.getByRole('group', { name: where, exact: true }).getByRole('button', { name: what }).click();
    await add('Add a step', 'Question');
    await add('Add a step to 3 if yes', 'Task');
    await page.getByLabel('Task', { exact: true }).fill('call-them');
    await page.getByLabel('Because …').fill('they are not well');
    await page.getByRole('button', { name: 'Move step 3 up' }).click();
    await page.getByText('There is a path of this name already.').waitFor();
    await page.getByLabel('Name for programs').fill('thanks-for-the-first');
    await page.getByText(/not right yet/).waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await house.screenshot(page, 'path-builder-phone-en');
    await tryIt.click();
    await page.getByText(/Tried on \d+ households. Nothing was sent./).waitFor();
    await page.getByRole('button', { name: 'Save and switch on' }).click();
    const card = page.locator('.card', { has: page.getByRole('heading', { name: 'Thanks for the first' }) });
    await card.getByText('version 1').waitFor();

    await card.getByRole('button', { name: 'Change' }).click();
    await page.getByLabel('Ends after days').fill('20');
    await tryIt.click();
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await card.getByText('version 2').waitFor();
    await card.getByRole('button', { name: 'Change' }).click();
    await page.getByText('Earlier versions').click();
    await page.getByRole('button', { name: 'Take version 1 into the builder' }).click();
    expect(await page.getByLabel('Ends after days').inputValue()).toBe('14');
  });

  it('are copied from one that comes with the product, in German, on a tablet and in the dark', { tags: ['long'] }, async () => {
    const page = await house.page({ as: WEBER, path: paths.conversionPaths, language: 'de', dark: true, viewport: 'tablet' });
    const card = page.locator('.card', { has: page.getByRole('heading', { name: 'Gut anfangen' }) });
    await card.getByRole('button', { name: 'Kopieren' }).click();
    expect(await page.getByLabel('Name, Deutsch').inputValue()).toBe('Gut anfangen (Kopie)');
    await page.getByRole('button', { name: 'An den letzten 28 Tagen ausprobieren' }).click();
    await page.getByText('Eines stimmt noch nicht. Es steht an seinem Feld.').waitFor();
    await house.screenshot(page, 'path-builder-tablet-de-dark');
    await expectAccessible(page);
  });

  it('speak German, on a phone and in the dark', { tags: ['long'] }, async () => {
    const page = await house.page({ as: WEBER, path: paths.conversionPaths, language: 'de', dark: true });
    await page.getByRole('heading', { name: 'Konversionspfade', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Ändern' }).first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await house.screenshot(page, 'paths-phone-de-dark');
    await expectAccessible(page);
  });
});

describe('actions and experiments', () => {
  it('are told with what they came to, or that there is nothing yet', { tags: ['long'] }, async () => {
    // Who is never addressed is an experiment from the first day; a best action there may not be yet.
    for (const [path, shown, language, dark] of [
      [urls.actions, '.card, .empty', 'en', false],
      [urls.actions, '.card, .empty', 'de', true],
      [urls.experiments, '.card', 'en', false],
      [urls.experiments, '.card', 'de', true],
    ] as const) {
      const page = await house.page({ as: WEBER, path, language, dark });
      await page.locator('main').locator(shown).first().waitFor();
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
    const kind = page.getByRole('listitem').filter({ hasText: 'Questions when you bought elsewhere' });
    await kind.getByRole('button', { name: 'Not this kind any more' }).click();
    await kind.getByText('stopped').waitFor();
    await page.getByRole('button', { name: 'Stop everything' }).click();
    await page.getByText('Everything beyond your orders is stopped.').waitFor();
    await page.getByRole('button', { name: 'Allow again' }).click();
    await kind.getByText('stopped').waitFor();
    await page.getByRole('button', { name: 'Yes, write to me' }).click();
    await page.getByRole('button', { name: 'No more e-mails' }).waitFor();
    await page.getByText('You said yes on').waitFor();
    await house.screenshot(page, 'messages-phone-en');
    await expectAccessible(page);
    const german = await house.page({ as: home.owner, path: paths.outreach, language: 'de', dark: true, viewport: 'tablet' });
    await german.getByRole('heading', { name: 'Nachrichten und Stopps' }).waitFor();
    await german.getByRole('button', { name: 'Alles stoppen' }).waitFor();
    await house.screenshot(german, 'messages-tablet-de-dark');
    await expectAccessible(german);
  });

  it('ends e-mails with one button behind the link in one, without signing in; a link that nobody has signed ends nothing', async () => {
    const forged = await house.page({ path: '/app/stop-mail#hh_anna.mem_anna.forged', language: 'de', dark: true });
    await forged.getByRole('button', { name: 'Keine E-Mails mehr' }).click();
    await forged.getByText('Dieser Link beendet nichts').waitFor();
    await house.screenshot(forged, 'stop-mail-phone-de-dark');
    await expectAccessible(forged);
    const page = await house.page({ path: '/app/stop-mail#hh_anna.mem_anna.signed' });
    // Who has signed it is the function's to know: test/functions/mail-household.test.ts.
    await page.route('**/mail-stops/*', (route) => route.fulfill({ json: { stoppedAt: '2026-03-02T09:00:00.000Z' } }));
    await house.screenshot(page, 'stop-mail-phone-en');
    await page.getByRole('button', { name: 'No more e-mails' }).click();
    await page.getByText('E-mails to you ended on').waitFor();
    await house.screenshot(page, 'stop-mail-done-phone-en');
    await expectAccessible(page);
  });

  it('recommends us by a code, which is not for itself', { tags: ['long'] }, async () => {
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
    await page.getByRole('button', { name: 'Code eingeben' }).click();
    // Both live at the address of the tests.
    await page.getByText('seid offenbar ein Haushalt').waitFor();
    await house.screenshot(page, 'recommend-phone-de-dark');
    await expectAccessible(page);
  });
});
