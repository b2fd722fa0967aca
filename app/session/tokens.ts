/** What a signed-in person holds. It lives with the window, and two people in two frames of one window do not mix. */
import type { AppConfig } from './config.ts';

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  readonly idToken?: string | undefined;
}
export interface Kept {
  readonly tokens: Tokens;
  readonly config: AppConfig;
}

/** Whoever works for the company signs in apart: one window may hold both, and neither token does the other's work. */
export type Side = 'household' | 'company';
let side: Side = 'household';
export const takeSide = (next: Side): void => {
  side = next;
};
export const sideTaken = (): Side => side;

/** Frames of one window share its storage; their names tell them apart. */
const keptAs = (): string => `nachschub-session:${window.name}${side === 'company' ? ':company' : ''}`;
const lastMemberAs = (): string => `nachschub-member:${window.name}`;

export function keepSession(kept: Kept): void {
  sessionStorage.setItem(keptAs(), JSON.stringify(kept));
  const memberId = memberIdOf(kept.tokens.accessToken);
  if (memberId !== undefined && side === 'household') localStorage.setItem(lastMemberAs(), memberId);
}

export function keptSession(): Kept | undefined {
  const found = sessionStorage.getItem(keptAs());
  if (found === null) return undefined;
  // Written by this very file; what is broken is as good as nothing.
  try {
    return JSON.parse(found) as Kept;
  } catch {
    return undefined;
  }
}

/** Who looked here last: whose copies may be read while the network is away. */
export const lastMemberId = (): string | undefined => (side === 'household' ? (localStorage.getItem(lastMemberAs()) ?? undefined) : undefined);

export function dropTokens(): void {
  sessionStorage.removeItem(keptAs());
}

export function dropSession(): void {
  dropTokens();
  if (side === 'household') localStorage.removeItem(lastMemberAs());
}

/** Of a token that the issuer gave us over TLS; whoever answers with data verifies it. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const [, payload = ''] = token.split('.');
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}

const textClaim = (token: string, name: string): string | undefined => {
  const { [name]: value } = claimsOf(token);
  return typeof value === 'string' ? value : undefined;
};

/** The user name of the pool is the member's id. */
export const memberIdOf = (accessToken: string): string | undefined => textClaim(accessToken, 'username');
export const emailOf = ({ idToken }: Tokens): string | undefined => (idToken === undefined ? undefined : textClaim(idToken, 'email'));

/** Not used in its last seconds: it would be refused when it arrives. */
const MARGIN_SECONDS = 15;

/** @param wallSeconds since 1970 */
export function isUsable(accessToken: string, wallSeconds: number): boolean {
  const { exp } = claimsOf(accessToken);
  return typeof exp === 'number' && exp - MARGIN_SECONDS > wallSeconds;
}
