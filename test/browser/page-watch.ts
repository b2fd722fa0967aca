/** What a page complained about while it was open: violations of its content security policy, errors, and lines on the console that say so. */
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

const complaints = new WeakMap<Page, string[]>();
const of = (page: Page): string[] => {
  const known = complaints.get(page) ?? [];
  complaints.set(page, known);
  return known;
};

/** What a browser logs when a test cuts the network or asks for what is refused is no fault of the page. */
const EXPECTED = /Failed to load resource|net::ERR_|WebSocket connection to/;

/** Watches every page of a context from its first line on. */
export async function watch(context: BrowserContext): Promise<void> {
  await context.exposeBinding('tellViolation', ({ page }, text: string) => void of(page).push(`CSP: ${text}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) => {
      const { tellViolation } = globalThis as unknown as { tellViolation: (text: string) => void };
      tellViolation(`${effectiveDirective} refused ${blockedURI} at ${sourceFile}:${lineNumber}`);
    });
  });
  context.on('page', (page) => {
    page.on('pageerror', (error) => of(page).push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) of(page).push(`console: ${message.text()}`);
    });
  });
}

/** Neither a violation of the content security policy nor any other error of the page's own. */
export function expectNoCspViolation(page: Page): void {
  expect(of(page)).toEqual([]);
}

/** WCAG 2.2 AA as far as a program can judge: nothing serious, nothing critical. */
export async function expectAccessible(page: Page): Promise<void> {
  // Judged in the page itself: each of our frames is of one origin, and a page of its own for the result costs a second.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id} (${help}): ${nodes.map(({ html }) => html).join(' | ')}`);
  expect(grave).toEqual([]);
}
