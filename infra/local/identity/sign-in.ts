/**
 * The sign-in page of this machine: one click on a name, no password, because whoever sits here may do everything anyway. An app that knows
 * whom it expects (`login_hint`) saves the click. This is no way into anything: the provider listens on the loopback, stands in for Cognito
 * on this machine only, and hands the code to addresses of the app alone, which takes none that it did not ask for.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors, type Provider } from 'oidc-provider';
import { z } from 'zod';
import { readText } from '../http/read-text.ts';
import { languageOf, signInWords } from './page-words.ts';
import { escapeHtml, page, pageHeaders } from './page.ts';
import type { People } from './people.ts';

const BODY_BYTES_MAX = 1_024;
const askedSchema = z.looseObject({ redirect_uri: z.string(), login_hint: z.string().max(200).optional() });

export async function handleSignIn(provider: Provider, people: People, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const language = languageOf(request.headers['accept-language']);
  const words = signInWords[language];
  const show = (status: number, title: string, body: string, formTargets: readonly string[] = []) =>
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...pageHeaders(formTargets) }).end(page({ language, title, body }));
  const interaction = await interactionOf(provider, request, response);
  if (interaction === undefined) return void show(400, words.over, '');
  const { redirect_uri: redirectUri, login_hint: hint } = askedSchema.parse(interaction.params);
  const signIn = (memberId: string) => provider.interactionFinished(request, response, { login: { accountId: memberId } });
  const expected = hint === undefined ? undefined : people.byEmail(hint);
  if (expected !== undefined) return signIn(expected.memberId);
  if (request.method === 'POST') {
    const person = people.byMemberId(new URLSearchParams(await readText(request, BODY_BYTES_MAX)).get('member') ?? '');
    if (person !== undefined) return signIn(person.memberId);
  }
  const buttons = people.all.map(
    ({ memberId, name, email }) =>
      `<li><button name="member" value="${escapeHtml(memberId)}">${escapeHtml(name)}<small>${escapeHtml(email)}</small></button></li>`,
  );
  const choice = buttons.length === 0 ? `<p>${words.nobody}</p>` : `<form method="post"><ul>${buttons.join('')}</ul></form>`;
  return void show(200, words.title, `${choice}<p>${words.note}</p>`, [new URL(redirectUri).origin]);
}

/** Undefined when the browser shows no cookie of a sign-in that is under way: it is over, or a page of somebody else sent the form. */
async function interactionOf(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  try {
    return await provider.interactionDetails(request, response);
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return undefined;
    throw error;
  }
}
