/** What is not yet as it has to be in a campaign, each at its field and in words: the editor shows it, and the API refuses by the same schema. */
import { faultsIn, type Fault, type OwnWords } from '../field-faults.ts';
import type { Instant } from '../../values.ts';
import { campaignSchema, type Campaign, type KeptCampaign } from './campaign.ts';
import { begunAt, mixes } from './change-campaign.ts';

export type ReadCampaign = { readonly campaign: Campaign; readonly faults?: undefined } | { readonly campaign?: undefined; readonly faults: readonly Fault[] };

export function readCampaign(given: unknown): ReadCampaign {
  const parsed = campaignSchema.safeParse(given);
  return parsed.success ? { campaign: parsed.data } : { faults: faultsIn(parsed.error, ofSchema) };
}

const TWICE = { de: 'Jeder Name darf nur einmal vorkommen.', en: 'Each name may stand once.' };
const NO_DAY = { de: 'Hier fehlt ein Tag.', en: 'A day is missing here.' };
const ofSchema: OwnWords = {
  'expected an instant such as 2026-03-01T08:00:00.000Z': NO_DAY,
  'expected a day that exists': NO_DAY,
  'until: expected an end after the beginning': { de: 'Das Ende liegt nach dem Anfang.', en: 'The end comes after the beginning.' },
  'pieces: expected each name once': TWICE,
  'pieces: expected something to say': {
    de: 'Etwas muss gesagt werden: ein Stück für Haushalte, oder etwas für Interessenten.',
    en: 'Something has to be said: a piece for households, or something for leads.',
  },
  'expected the beginning of a postal code': {
    de: 'Anfänge von Postleitzahlen, mit Kommas dazwischen.',
    en: 'Beginnings of postal codes, with commas between.',
  },
  'expected atLeast or atMost': { de: 'Mindestens oder höchstens muss eine Zahl haben.', en: 'At least or at most needs a number.' },
};

/** What may not be changed any more, at its field. @param now of whoever asks; the API's own clock decides */
export function frozenFaults(kept: Pick<KeptCampaign, 'campaign' | 'begunAt'>, draft: Campaign, now: Instant): Fault[] {
  return begunAt(kept, now) === undefined ? [] : mixes(kept.campaign, draft).map((at) => ({ at, words: FROZEN }));
}
const FROZEN = {
  de: 'Darauf beruhen die Zahlen seit dem Beginn: Es bleibt. Eine Kopie fängt neu an.',
  en: 'The figures since it began rest on this: it stays. A copy begins anew.',
};
