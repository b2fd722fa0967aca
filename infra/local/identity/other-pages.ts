/** The pages beside sign-in: signing out, and what a person is told when a request to the provider was not right. */
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { escapeHtml, page, pageHeaders } from './page.ts';
import { languageOf } from './page-words.ts';

function show(context: KoaContextWithOIDC, language: 'de' | 'en', title: string, body: string): void {
  context.set(pageHeaders([]));
  context.type = 'html';
  context.body = page({ language, title, body });
}

const SIGN_OUT = {
  de: { title: 'Abmelden?', yes: 'Abmelden', done: 'Du bist abgemeldet.' },
  en: { title: 'Sign out?', yes: 'Sign out', done: 'You are signed out.' },
} as const;

/** @param form of the provider, with the token against foreign pages; its id is `op.logoutForm` */
export function showSignOut(context: KoaContextWithOIDC, form: string): void {
  const language = languageOf(context.get('accept-language'));
  const { title, yes } = SIGN_OUT[language];
  show(context, language, title, `${form}<ul><li><button form="op.logoutForm" name="logout" value="yes">${yes}</button></li></ul>`);
}

export function showSignedOut(context: KoaContextWithOIDC): void {
  const language = languageOf(context.get('accept-language'));
  show(context, language, SIGN_OUT[language].done, '');
}

const WRONG = { de: 'So geht es nicht', en: 'That does not work' } as const;

export function showError(context: KoaContextWithOIDC, { error, error_description: description }: ErrorOut): void {
  const language = languageOf(context.get('accept-language'));
  const detail = [error, description].filter((part) => part !== undefined).map(escapeHtml);
  show(context, language, WRONG[language], `<p>${detail.join(': ')}</p>`);
}
