/** What is filled in to begin a household, what the browser knows of it already, and what is not right yet. */
import type { SendInput } from '../api/contract-types.ts';

export interface BeginForm {
  readonly member: string;
  readonly name: string;
  readonly recipient: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
  readonly language: 'de' | 'en';
  readonly timeZone: string;
  readonly code: string;
}
export type Field = keyof BeginForm;
export type Slip = 'missing' | 'postal-code' | 'code';

/** As long as the API takes them. */
export const lengths = { member: 80, name: 80, recipient: 80, street: 120, postalCode: 12, city: 80, code: 12 } as const;
const needed = ['member', 'name', 'recipient', 'street', 'postalCode', 'city'] as const;
export const countries = 'AT BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IE IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' ');
const HOME = 'DE';

/** @param here what the browser says: its languages such as `de-AT`, its time zone, and the address of the page */
export function blankForm(
  language: 'de' | 'en',
  here: { readonly languages: readonly string[]; readonly timeZone: string; readonly search: string },
): BeginForm {
  const country = here.languages
    .map((tag) => tag.slice(-2))
    .find((region, index) => here.languages[index]?.includes('-') === true && countries.includes(region));
  return {
    ...{ member: '', name: '', recipient: '', street: '', postalCode: '', city: '', language, timeZone: here.timeZone },
    country: country ?? HOME,
    code: sharedCode(here.search),
  };
}

/** Whoever was sent the link need not type it. */
export const sharedCode = (search: string): string => new URLSearchParams(search).get('code')?.slice(0, lengths.code) ?? '';

const CODE = /^[2-9A-HJ-NP-Z]{8}$/;
const bareCode = (code: string): string => code.toUpperCase().replace(/[\s-]/g, '');

export function slipsOf(form: BeginForm): Partial<Record<Field, Slip>> {
  const slips: Partial<Record<Field, Slip>> = {};
  for (const field of needed) if (form[field].trim() === '') slips[field] = 'missing';
  const postalCode = form.postalCode.trim();
  if (form.country === 'DE' && postalCode !== '' && !/^\d{5}$/.test(postalCode)) slips.postalCode = 'postal-code';
  if (bareCode(form.code) !== '' && !CODE.test(bareCode(form.code))) slips.code = 'code';
  return slips;
}

export function bodyOf(form: BeginForm): SendInput<'foundHousehold'>['body'] {
  const [member = '', name = '', recipient = '', street = '', postalCode = '', city = ''] = needed.map((field) => form[field].trim());
  const { country, language, timeZone } = form;
  const referralCode = bareCode(form.code);
  return { member, name, language, timeZone, address: { recipient, street, postalCode, city, country }, ...(referralCode !== '' && { referralCode }) };
}
