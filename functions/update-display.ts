/** Stage 10. What became of an order → what the screens of its household show. Recomputed from the store, so order and repeats do not matter. */
import { queueWorker } from './runtime/worker.ts';
import { findScreens } from './update-display/find-screens.ts';
import { keepNote } from './update-display/keep-note.ts';
import { leaveScreen } from './update-display/leave-screen.ts';
import { refreshDisplay } from './update-display/refresh-display.ts';

export const handler = queueWorker(async (work) => {
  if (work.kind !== 'event' || !('householdId' in work.event.data) || work.event.data.householdId === undefined)
    throw new Error('expected an event of a household');
  const { householdId } = work.event.data;
  // What was given away shows nobody's orders any more.
  if (work.event.type === 'device.removed') await leaveScreen(householdId, work.event.data.thing);
  const screens = await findScreens(householdId);
  if (screens.length === 0) return;
  // The message first: what a display shows is read after it.
  await keepNote(householdId, work.event);
  await Promise.all(screens.map((thing) => refreshDisplay(householdId, thing)));
});
