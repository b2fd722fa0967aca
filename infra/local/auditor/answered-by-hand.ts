/** The file that says so, in the folder of a run: a person pressed the buttons, so the members' ledger does not hold every answer. */
export const ANSWERED_BY_HAND = 'answered-by-hand';
