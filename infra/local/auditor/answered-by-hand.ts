/** The file that says so, in the folder of a run: a person pressed the buttons, so the members' ledger does not hold every answer. */
export const ANSWERED_BY_HAND = 'answered-by-hand';

/** A folder beside it with a file for each member who is signed in to the app, under their id. */
export const BY_HAND = 'by-hand';
