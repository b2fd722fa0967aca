/** Tells the run which faults were really committed, a line each, beside the shop's own ledger. */
import { appendFileSync } from 'node:fs';

export type TellFault = (fault: string, at: string, subject: string) => void;

/** @param file none where nobody counts */
export const faultLog =
  (file: string | undefined): TellFault =>
  (fault, at, subject) => {
    if (file !== undefined) appendFileSync(file, `${JSON.stringify({ fault, at, subject })}\n`);
  };
