/**
 * What a household is asked about the use of its data: a closed list, each purpose with its legal basis and the version of its wording.
 * Without zod, because the app's pages read it too.
 *
 * `consent` (GDPR Art. 6 (1) a, §25 TDDDG): off until somebody says yes. `objection` (Art. 6 (1) f with Art. 21): on until somebody objects.
 * `household`: one answer for everybody who lives there; `person`: each member answers for themselves.
 */
export const purposeNames = ['optional-telemetry', 'profiling', 'product-news'] as const;
export type Purpose = (typeof purposeNames)[number];

export interface PurposeKind {
  readonly scope: 'household' | 'person';
  readonly basis: 'consent' | 'objection';
  /** Of the text in `consent-wording.ts` that is shown today; who says yes has seen this one. */
  readonly wordingVersion: string;
}

export const purposes: Readonly<Record<Purpose, PurposeKind>> = {
  'optional-telemetry': { scope: 'household', basis: 'consent', wordingVersion: '2026-11-2' },
  profiling: { scope: 'household', basis: 'objection', wordingVersion: '2026-11' },
  'product-news': { scope: 'person', basis: 'consent', wordingVersion: '2026-11' },
};

/** What devices may tell beyond what ordering needs, each named in a text (`consent-wording.ts`). */
export type DeviceUse = 'door-openings' | 'viewed-minutes' | 'messages-shown' | 'remote-answers';
/** A yes covers what its own text names, and nothing that a later text adds. */
const usesNamed: Readonly<Record<string, readonly DeviceUse[]>> = {
  '2026-11': ['door-openings', 'viewed-minutes'],
  '2026-11-2': ['door-openings', 'viewed-minutes', 'messages-shown', 'remote-answers'],
};
export const namesUse = (wordingVersion: string, use: DeviceUse): boolean => usesNamed[wordingVersion]?.includes(use) ?? false;

export type ConsentAnswer = 'given' | 'withdrawn';

/** Before anybody has answered. */
export const standsByDefault = (purpose: Purpose): ConsentAnswer => (purposes[purpose].basis === 'objection' ? 'given' : 'withdrawn');
