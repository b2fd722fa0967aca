/** What each address last said, in the order of what happened: a yes holds for the address under which it was given, and for no other. */
import { matches, type LeadRules } from './lead-rules.ts';
import type { LeadTouch } from './lead-touch.ts';
import type { Instant } from '../../values.ts';

export interface Yes {
  /** A hidden address or number. */
  readonly contact: string;
  /** The message that said so, by whoever sent it. */
  readonly from?: LeadTouch['from'];
}

export class Consents {
  readonly #given = new Map<string, Yes | undefined>();
  refusedAt: Instant | undefined;

  hear(touch: LeadTouch, { asks, refuses }: LeadRules): boolean {
    const no = refuses.some((one) => matches(one, touch));
    const yes = !no && asks.some((one) => matches(one, touch));
    const { names = [], from } = touch;
    if (yes) for (const contact of names) this.#given.set(contact, { contact, ...(from !== undefined && { from }) });
    // A no without an address is meant for all of them.
    const refused = [...this.#given.keys()].filter((name) => no && (names.length === 0 || names.includes(name)));
    for (const name of refused) this.#given.set(name, undefined);
    if (refused.length > 0) this.refusedAt = touch.at;
    return yes && names.length > 0;
  }

  /** Those that stand. */
  get given(): Yes[] {
    return [...this.#given.values()].flatMap((yes) => yes ?? []);
  }

  get stands(): boolean {
    return this.given.length > 0;
  }

  /** What came under an address that has not said yes is not reckoned with, even if it is the same person's: nobody inherits a consent. */
  readonly covers = ({ names = [] }: LeadTouch): boolean => names.every((name) => this.#given.get(name) !== undefined);
}
