/** Segments as the console's API lists them. */
import type { Answer } from '../../api/contract-types.ts';

export type Listed = Answer<'listSegments'>;
export type Segment = Listed['segments'][number]['segment'];
