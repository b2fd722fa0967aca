/** How a record of a decision names the words that a person saw; the words themselves: `order-button.ts`. */
import { z } from 'zod';

export const languageSchema = z.enum(['de', 'en']);

/** Which edition of the screens a person saw. */
export const wordingVersionSchema = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,31}$/);
