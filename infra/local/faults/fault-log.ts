/** Every injected fault, one line each, on disk before it happens: the run counts them, and the auditor knows what was poison. */
import { appendFileSync } from 'node:fs';
import type { FaultKind } from './kinds.ts';

export type NoteFault = (fault: FaultKind, subject: string) => void;

/** @param now product milliseconds */
export const faultLog =
  (file: string, now: () => number): NoteFault =>
  (fault, subject) => {
    appendFileSync(file, `${JSON.stringify({ fault, at: new Date(now()).toISOString(), subject })}\n`);
  };
