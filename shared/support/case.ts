/** A problem with an order or a device, from the first word to the last: open → answered → solved → reopened. What people write stays here and is told nowhere. */
import { z } from 'zod';
import { caseKindSchema, type CaseKind } from '../event-parts.ts';
import type { EventOf } from '../events.ts';
import {
  caseIdSchema,
  householdIdSchema,
  ignored,
  instantSchema,
  memberIdSchema,
  orderIdSchema,
  rejected,
  thingNameSchema,
  type CaseId,
  type HouseholdId,
  type Instant,
  type Outcome,
} from '../values.ts';

const MESSAGES_MAX = 50;
export const caseTextSchema = z.string().trim().min(1).max(1_000);
/** Made by whoever writes, so that the same words sent twice stand there once. */
export const noteIdSchema = z.string().regex(/^note_[a-z0-9][a-z0-9-]{0,63}$/);

export const caseAboutSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('order'), orderId: orderIdSchema }),
  z.strictObject({ kind: z.literal('device'), thing: thingNameSchema }),
]);
export type CaseAbout = z.infer<typeof caseAboutSchema>;

const authorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('member'), memberId: memberIdSchema }),
  z.strictObject({ kind: z.literal('operator') }),
]);
export type Author = z.infer<typeof authorSchema>;

export const caseStatusSchema = z.enum(['open', 'answered', 'solved', 'reopened']);
export type CaseStatus = z.infer<typeof caseStatusSchema>;

export const caseSchema = z.strictObject({
  caseId: caseIdSchema,
  householdId: householdIdSchema,
  about: caseAboutSchema,
  kind: caseKindSchema,
  status: caseStatusSchema,
  openedAt: instantSchema,
  changedAt: instantSchema,
  messages: z
    .array(z.strictObject({ noteId: noteIdSchema, by: authorSchema, at: instantSchema, text: caseTextSchema }))
    .min(1)
    .max(MESSAGES_MAX),
});
export type Case = z.infer<typeof caseSchema>;
type Written = { readonly noteId: string; readonly by: Author; readonly text: string };

export type CaseCommand =
  | {
      readonly type: 'open';
      readonly caseId: CaseId;
      readonly householdId: HouseholdId;
      readonly about: CaseAbout;
      readonly kind: CaseKind;
      readonly noteId: string;
      /** Somebody of ours opens it for whoever calls. */
      readonly by: Author;
      readonly text: string;
    }
  /** An operator's words answer; a member's add to what was said. */
  | ({ readonly type: 'write' } & Written)
  | { readonly type: 'solve'; readonly by?: Author['kind'] }
  | ({ readonly type: 'reopen' } & Written);

type CaseOutcome = Outcome<Case, EventOf<'case'>>;
export type CaseAction = 'write' | 'answer' | 'solve' | 'reopen';

/** What may be done with a case; the app shows these, the decider allows no others. */
export const caseActions: Record<CaseStatus, readonly CaseAction[]> = {
  open: ['write', 'answer', 'solve'],
  answered: ['write', 'answer', 'solve'],
  solved: ['reopen'],
  reopened: ['write', 'answer', 'solve'],
};

/** Ignored: already-opened, already-written, already-solved. Rejected: unknown-case, already-solved, not-solved, too-many-messages. */
export function decideCase(known: Case | undefined, command: CaseCommand, now: Instant): CaseOutcome {
  if (command.type === 'open') return known === undefined ? open(command, now) : ignored('already-opened');
  if (known === undefined) return rejected('unknown-case');
  if (command.type === 'solve') return solve(known, command.by, now);
  if (known.messages.some(({ noteId }) => noteId === command.noteId)) return ignored('already-written');
  if (known.messages.length >= MESSAGES_MAX) return rejected('too-many-messages');
  const messages = [...known.messages, { noteId: command.noteId, by: command.by, at: now, text: command.text }];
  const { householdId, caseId } = known;
  if (command.type === 'reopen') {
    if (known.status !== 'solved') return rejected('not-solved');
    return {
      kind: 'changed',
      state: { ...known, status: 'reopened', messages, changedAt: now },
      events: [{ type: 'case.reopened', data: { householdId, caseId, ...through(command.by.kind) } }],
    };
  }
  if (known.status === 'solved') return rejected('already-solved');
  if (command.by.kind === 'member') {
    // Whoever adds something waits for an answer again.
    const status = known.status === 'answered' ? 'open' : known.status;
    return { kind: 'changed', state: { ...known, status, messages, changedAt: now }, events: [{ type: 'case.added', data: { householdId, caseId } }] };
  }
  return {
    kind: 'changed',
    state: { ...known, status: 'answered', messages, changedAt: now },
    events: [{ type: 'case.answered', data: { householdId, caseId } }],
  };
}

function open({ caseId, householdId, about, kind, noteId, by, text }: Extract<CaseCommand, { type: 'open' }>, now: Instant): CaseOutcome {
  const { kind: _, ...subject } = about;
  return {
    kind: 'changed',
    state: {
      caseId,
      householdId,
      about,
      kind,
      status: 'open',
      openedAt: now,
      changedAt: now,
      messages: [{ noteId, by, at: now, text }],
    },
    events: [{ type: 'case.opened', data: { householdId, caseId, kind, ...subject, ...through(by.kind) } }],
  };
}

const through = (by: Author['kind'] | undefined) => (by === 'operator' ? { through: 'call-centre' as const } : {});

function solve(known: Case, by: Author['kind'] | undefined, now: Instant): CaseOutcome {
  if (known.status === 'solved') return ignored('already-solved');
  const { householdId, caseId } = known;
  return {
    kind: 'changed',
    state: { ...known, status: 'solved', changedAt: now },
    events: [{ type: 'case.solved', data: { householdId, caseId, ...through(by) } }],
  };
}
