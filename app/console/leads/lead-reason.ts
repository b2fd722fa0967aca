/** Why somebody looks at leads, kept in this window while the app is open: said once for a list, it holds for whoever is opened from it. */
import { signal } from '@preact/signals';

export const leadReason = signal('');
export const isReason = (text: string): boolean => text.trim().length >= 3;
