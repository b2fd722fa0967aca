/** What the first page of a household says once, right after somebody has begun it in this window. */
import { signal } from '@preact/signals';

export const begun = signal<{ readonly householdId: string; readonly tone: 'good' | 'warn'; readonly text: string } | undefined>(undefined);
