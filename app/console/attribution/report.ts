/** What the console's door gives on channels. */
import type { Answer } from '../../api/contract-types.ts';

export type Report = Answer<'readAttribution'>;
