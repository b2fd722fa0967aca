/** The household's last messages stand in its store, so that a screen that was off finds them. */
import { latestNotes } from '../../shared/device/display-content.ts';
import { noteSchema, NOTES_KEPT, type KeptNote, type Note } from '../../shared/device/display.ts';
import type { EventEnvelope } from '../../shared/events.ts';
import type { HouseholdMessage } from '../../shared/journey/message.ts';
import { ignored, type HouseholdId } from '../../shared/values.ts';
import { composeMessage } from '../notify-household/compose-message.ts';
import { keys, kinds } from '../runtime/aggregates.ts';
import { change } from '../runtime/store.ts';

/** A screen opens no page of an item. */
export const noteOf = ({ householdId: _household, supplyId: _supply, ...note }: HouseholdMessage): Note => noteSchema.parse(note);

/** Writes only what is new among the last. */
export async function keepNote(householdId: HouseholdId, event: EventEnvelope): Promise<void> {
  const channel = event.type === 'outreach.sent' ? event.data.channel : undefined;
  if (channel !== undefined && channel !== 'tv' && channel !== 'fridge') return;
  const message = await composeMessage(event);
  if (message === undefined) return;
  const note: KeptNote = { ...noteOf(message), ...(channel !== undefined && { on: channel }) };
  await change(kinds.notes, keys.notes(householdId), (before) => {
    const notes = before?.notes ?? [];
    if (notes.some(({ messageId }) => messageId === note.messageId)) return ignored('kept-already');
    const kept = latestNotes([...notes, note], NOTES_KEPT);
    return kept.includes(note) ? { kind: 'changed', state: { householdId, notes: kept }, events: [] } : ignored('older-than-all-kept');
  });
}
