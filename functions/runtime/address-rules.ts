/**
 * Whom our functions may call: a retailer's address comes from outside, so it must not lead inside (server-side request forgery).
 * The URL is judged as the WHATWG parser reads it, which turns every spelling of an IPv4 address (decimal, octal, short) into four numbers.
 */
import ipaddr from 'ipaddr.js';

export type Target =
  | { readonly ok: true; readonly url: URL; /** The local machine may be called, and nothing but it. */ readonly loopback: boolean }
  | { readonly ok: false; readonly reason: string };

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1']);
const URL_CHARACTERS_MAX = 2_000;

/** @param loopbackAllowed lets http through to 127.0.0.1 and localhost, any port; a deployed function cannot have it */
export function judgeUrl(text: string, { loopbackAllowed }: { loopbackAllowed: boolean }): Target {
  if (text.length > URL_CHARACTERS_MAX || !URL.canParse(text)) return refuse('not a URL');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return refuse('user information in the URL');
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (loopbackAllowed && isWeb && LOOPBACK_NAMES.has(url.hostname)) return { ok: true, url, loopback: true };
  if (url.protocol !== 'https:') return refuse(`expected https, not ${url.protocol.slice(0, -1)}`);
  if (url.port !== '') return refuse(`expected port 443, not ${url.port}`);
  if (url.hostname.startsWith('[') || ipaddr.isValid(url.hostname)) return refuse('an address instead of a name');
  if (!url.hostname.includes('.')) return refuse('a name without a domain');
  return { ok: true, url, loopback: false };
}

/**
 * Why an address that a name resolved to must not be called, or undefined when it may.
 * IPv4: none of the special blocks (RFC 6890 and its successors); IPv6: only global unicast, 2000::/3, without the special blocks in it.
 */
export function judgeAddress(address: string, { loopback }: { loopback: boolean }): string | undefined {
  const parsed = read(address);
  if (!parsed) return `not an address: ${address.slice(0, 60)}`;
  const range = parsed.range();
  if (loopback) return range === 'loopback' ? undefined : `expected the local machine, not ${address}`;
  const isGlobal = parsed.kind() === 'ipv4' || parsed.match(ipaddr.parseCIDR('2000::/3'));
  return range === 'unicast' && isGlobal ? undefined : `${address} is not a public address (${range === 'unicast' ? 'reserved' : range})`;
}

/** One unsuitable answer refuses the name: which of several addresses is called is not ours to decide. */
export function judgeAddresses(addresses: readonly string[], target: { loopback: boolean }): string | undefined {
  if (addresses.length === 0) return 'the name has no address';
  return addresses.map((address) => judgeAddress(address, target)).find((reason) => reason !== undefined);
}

const refuse = (reason: string): Target => ({ ok: false, reason });

/** Only the plain spelling: four decimal numbers, or an IPv6 address without a zone. An IPv4 address mapped into IPv6 is that IPv4 address. */
function read(address: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address);
  if (address.includes('%') || !ipaddr.IPv6.isValid(address)) return undefined;
  const parsed = ipaddr.IPv6.parse(address);
  return parsed.isIPv4MappedAddress() ? parsed.toIPv4Address() : parsed;
}
