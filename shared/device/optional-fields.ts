/**
 * Which fields of a reading the service needs and which are extra (§25 TDDDG, GDPR Art. 5 (1) c). An optional field of a household that has
 * not said yes is dropped where it arrives, before anything of it is stored or logged. A new field does not compile without a mark.
 */
import type { Reading } from './telemetry.ts';

export const fieldNeeds: Readonly<Record<keyof Reading, 'necessary' | 'optional'>> = {
  bootId: 'necessary',
  seq: 'necessary',
  sampledAt: 'necessary',
  slot: 'necessary',
  level: 'necessary',
  uncertainty: 'necessary',
  usage: 'necessary',
  /**
   * The weather at the house, which the forecast of its heating is tried with: kept is how much colder the last day was than usual, and used only
   * where it makes that forecast better (shared/supply/heat/heat-outdoor.ts). It is the town's weather and tells nothing of a person.
   */
  outdoorCelsius: 'necessary',
  /** When somebody is at home and hungry. */
  doorOpenings: 'optional',
  /** When somebody watches. What the remote control's cells still hold is measured without it. */
  viewedMinutes: 'optional',
  /** What a household is told, and when somebody could have read it. */
  messagesShown: 'optional',
};

const isOptional = (field: string): boolean => Object.entries(fieldNeeds).some(([name, mark]) => name === field && mark === 'optional');

export function withoutOptional(reading: Reading): Reading {
  const { doorOpenings: _openings, viewedMinutes: _minutes, messagesShown: _shown, ...kept } = reading;
  return kept;
}

/** For a household whose yes was given to a text that did not name it yet. */
export function withoutMessagesShown(reading: Reading): Reading {
  const { messagesShown: _shown, ...kept } = reading;
  return kept;
}

/** In text that breaks off there is no knowing where a value ends; it reaches to the next comma, brace or line at most. */
const inBroken = (fields: readonly string[]): RegExp => new RegExp(`"(${fields.join('|')})"\\s*:[^,}\\n]*,?`, 'g');
const IN_BROKEN_TEXT = inBroken(Object.keys(fieldNeeds).filter(isOptional));
const SHOWN_IN_BROKEN_TEXT = inBroken(['messagesShown']);

/** The same for a payload that is kept as text because nobody could use it. Optional fields go wherever they stand in it. */
export const textWithoutOptional = (payload: string): string => textWithout(payload, isOptional, IN_BROKEN_TEXT);
export const textWithoutMessagesShown = (payload: string): string => textWithout(payload, (field) => field === 'messagesShown', SHOWN_IN_BROKEN_TEXT);

function textWithout(payload: string, isDropped: (field: string) => boolean, inBrokenText: RegExp): string {
  let dropped = 0;
  try {
    const kept: unknown = JSON.parse(payload, (key, value: unknown) => {
      if (!isDropped(key)) return value;
      dropped += 1;
      return undefined;
    });
    return dropped === 0 ? payload : JSON.stringify(kept);
  } catch {
    return payload.replaceAll(inBrokenText, '');
  }
}
