/** A form that is kept while it is filled in, so that it can be finished on another device. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Instant } from '../../shared/values.ts';
import { send } from '../api/client.ts';
import { useHousehold } from '../household.tsx';
import { DraftKeeper } from './draft-keeper.ts';
import { fitting } from './fitting.ts';
import { thisDevice } from './this-device.ts';

export interface BegunElsewhere {
  readonly savedAt: Instant;
  readonly goOn: () => void;
  readonly startAgain: () => void;
}

export interface DraftHandle<Form extends object> {
  readonly form: Form;
  /** Changes some fields and keeps the whole. */
  readonly change: (part: Partial<Form>) => void;
  /** Sent, or given up: it is offered nowhere any more. */
  readonly clear: () => Promise<void>;
  /** Until then it is not known whether something was begun before. */
  readonly isReady: boolean;
  /** Begun on another device: ask before showing the form, see `BegunElsewhere` in begun-elsewhere.tsx. */
  readonly elsewhere: BegunElsewhere | undefined;
}

/**
 * @param id names the form among those of the member: `add-device`, `case-ord_1`
 * @param initial every field with its first value; what is kept is taken up only where it is of the same kind
 */
export function useDraft<Form extends object>(id: string, initial: Form): DraftHandle<Form> {
  const { householdId } = useHousehold();
  const keeper = useMemo(() => new DraftKeeper(householdId, id), [householdId, id]);
  const first = useRef(initial);
  const [form, setForm] = useState(initial);
  const latest = useRef(form);
  const [found, setFound] = useState<{ readonly savedAt: Instant; readonly form: Form }>();
  const [isReady, setReady] = useState(false);

  const show = useCallback((next: Form) => {
    latest.current = next;
    setForm(next);
  }, []);
  const change = useCallback(
    (part: Partial<Form>) => {
      show({ ...latest.current, ...part });
      keeper.keep(latest.current);
    },
    [keeper, show],
  );
  const clear = useCallback(() => {
    setFound(undefined);
    return keeper.drop();
  }, [keeper]);

  useEffect(() => {
    let isHere = true;
    setReady(false);
    send('listDrafts', { params: { householdId } }).then(
      ({ drafts }) => {
        const draft = drafts.find(({ draftId }) => draftId === id);
        if (!isHere) return;
        if (draft !== undefined) {
          const kept = fitting(first.current, draft.form);
          if (draft.device === thisDevice()) show(kept);
          else setFound({ savedAt: draft.savedAt, form: kept });
        }
        setReady(true);
      },
      // Whoever cannot be asked is not waited for.
      () => isHere && setReady(true),
    );
    return () => {
      isHere = false;
    };
  }, [householdId, id, show]);

  useEffect(() => {
    const flush = () => void keeper.flush();
    const flushWhenHidden = () => document.visibilityState === 'hidden' && flush();
    document.addEventListener('visibilitychange', flushWhenHidden);
    window.addEventListener('online', flush);
    return () => {
      document.removeEventListener('visibilitychange', flushWhenHidden);
      window.removeEventListener('online', flush);
      flush();
    };
  }, [keeper]);

  const elsewhere = found && {
    savedAt: found.savedAt,
    goOn: () => {
      setFound(undefined);
      // From now on it is this device's.
      change(found.form);
    },
    startAgain: () => void clear(),
  };
  return { form, change, clear, isReady, elsewhere };
}
