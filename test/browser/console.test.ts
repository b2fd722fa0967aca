/** The company's side: find a household, say why, help it, and be seen by it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Download, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { urls } from '../../app/urls.ts';
import { expectAccessible, openHouse, type HouseholdInTest } from './house.ts';

const house = await openHouse();
const WEBER = 'staff_weber';
const REASON = 'asks where the milk is';

/** Somebody waits for an answer about an order. */
async function inTrouble(home: HouseholdInTest): Promise<void> {
  const { orderId } = await house.lowSupply(home);
  const params = { householdId: home.householdId, caseId: `case_${home.householdId.slice(3)}` };
  const body = { about: { kind: 'order', orderId }, kind: 'late', noteId: 'note_first', text: 'Where is my milk?' };
  await house.done('openCase', { params, body, as: home.owner });
}

/** As somebody on the telephone does. */
async function look(page: Page, reason = REASON): Promise<void> {
  await page.getByRole('textbox', { name: /In a few words|In wenigen Worten/ }).fill(reason);
  await page.getByRole('button', { name: /^(Look|Ansehen)$/ }).click();
  await page.locator('.console-household').waitFor();
}

const toldOf = (page: Page) => page.locator('.console-chapter').first().innerText();

async function textOf(download: Download): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'nachschub-table-'));
  const file = path.join(folder, 'table.csv');
  await download.saveAs(file);
  const text = await readFile(file, 'utf8');
  await rm(folder, { recursive: true });
  return text;
}

/** Touchpoints come over queues: what is waited for is the story, not the clock. */
async function withStory(page: Page, pattern: RegExp): Promise<string> {
  for (;;) {
    const text = await toldOf(page);
    if (pattern.test(text)) return text;
    await page.reload();
    await page.locator('.console-chapter, .console-household .soft').first().waitFor();
  }
}

describe('somebody who looks after households', () => {
  it('finds one by an address, says why, sees everything, and the household reads that they looked', async () => {
    const home = await house.newHousehold({ name: 'Haushalt Ada', members: [{ name: 'Ada' }] });
    await inTrouble(home);
    const page = await house.page({ as: WEBER, path: urls.console, viewport: 'tablet' });
    await page.getByRole('searchbox').fill(house.email(home.owner));
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('link', { name: home.householdId }).click();
    await page.getByRole('heading', { name: 'Why do you look?' }).waitFor();
    expect(await page.locator('main').innerText()).not.toContain('Haushalt Ada');
    await expectAccessible(page);
    await look(page);
    await page.getByRole('heading', { level: 1, name: 'Haushalt Ada' }).waitFor();
    expect(await withStory(page, /came to us/)).toMatch(/How it began/);
    const shown = await page.locator('.console-household').innerText();
    for (const part of ['Ada', 'Where is my milk?', 'Waits for us', 'asks', REASON]) expect(shown).toContain(part);
    await expectAccessible(page);
    await house.screenshot(page, 'console-agent-tablet-en');

    const ada = await house.page({ as: home.owner, path: urls.data });
    await ada.getByText(`“${REASON}”`).waitFor();
    expect(await ada.locator('main').innerText()).not.toContain('Weber');
  });

  it('answers what was asked, and notes the call', async () => {
    const home = await house.newHousehold({ members: [{ name: 'Ada' }] });
    await inTrouble(home);
    const page = await house.page({ as: WEBER, path: urls.agent(home.householdId) });
    await look(page);
    await page.getByRole('textbox', { name: 'Answer' }).fill('It comes tomorrow.');
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.getByText('It comes tomorrow.').waitFor();
    await page.getByRole('combobox', { name: 'They sounded' }).selectOption('glad');
    await page.getByRole('button', { name: 'Note it' }).click();
    await page.getByText('It stands in the journey.').waitFor();
    await page.getByRole('button', { name: 'It is solved' }).click();
    await page.getByRole('textbox', { name: /What is it again/ }).fill('Still no milk.');
    await page.getByRole('button', { name: 'It came back' }).click();
    await page.getByText('Came back', { exact: true }).first().waitFor();
    await page.getByText('Open a case for them').click();
    await page.getByRole('textbox', { name: 'In their words', exact: true }).fill('The door does not close.');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Open it' }).click();
    await page.getByText('The door does not close.').first().waitFor();
    await house.screenshot(page, 'console-agent-phone-en');
    const ada = await house.page({ as: home.owner, path: urls.case(`case_${home.householdId.slice(3)}`) });
    await ada.getByText('It comes tomorrow.').waitFor();
  });

  it('reads the story and the map in German and in the dark, and takes the map along as a table', async () => {
    const home = await house.newHousehold({ language: 'de', members: [{ name: 'Ada' }] });
    await inTrouble(home);
    const page = await house.page({ as: WEBER, path: urls.agent(home.householdId), language: 'de', viewport: 'tablet', dark: true });
    await look(page, 'fragt nach der Milch');
    await withStory(page, /zu uns/);
    await page.getByText('Ein Anliegen für sie aufnehmen').click();
    await house.screenshot(page, 'console-agent-tablet-de-dark');
    await page.getByRole('link', { name: 'Geschichte', exact: true }).click();
    await page.getByRole('heading', { name: 'Wie es anfing' }).waitFor();
    await expectAccessible(page);
    await house.screenshot(page, 'console-story-tablet-de-dark');
    await page.getByRole('link', { name: 'Reisekarte' }).click();
    const map = page.getByRole('img', { name: /Reisekarte mit \d+ Stellen/ });
    await map.waitFor();
    expect(await map.locator('.map-dot').count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'AIDA' }).click();
    await map.getByText('Aufmerksamkeit').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Herunterladen (CSV)' }).click()]);
    expect(await textOf(download)).toMatch(/^\ufeffBahn,Phase,Kanal,Wie oft,[^\r]*\r\n/);
    await expectAccessible(page);
    await house.screenshot(page, 'console-map-tablet-de-dark');
  });

  it('sees who else looked', async () => {
    const page = await house.page({ as: WEBER, path: urls.looks, viewport: 'tablet' });
    await page.getByRole('cell', { name: WEBER }).first().waitFor();
    await expectAccessible(page);
  });
});

it('a member of a household is told that this is not theirs', async () => {
  const home = await house.newHousehold({ members: [{ name: 'Ada' }] });
  const page = await house.page({ as: home.owner, path: urls.looks });
  await page.getByText('This account is not in the group of those who look after households.').waitFor();
});
