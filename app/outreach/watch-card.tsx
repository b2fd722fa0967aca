/** Whether a member's own watch may be told something short. */
import { useState } from 'preact/hooks';
import { askToNotify } from '../live/watch.ts';
import { session } from '../session/session.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice } from '../design/card.tsx';
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';

interface WatchProps {
  readonly watches: readonly string[];
  readonly tell: (command: { type: 'watch'; may: boolean }) => void;
  readonly disabled: boolean;
  readonly busy: boolean;
}

export function WatchCard({ watches, tell, disabled, busy }: WatchProps) {
  const t = useWords(words);
  const [isRefused, setRefused] = useState(false);
  const me = session.value.kind === 'signed-in' || session.value.kind === 'away' ? session.value.memberId : undefined;
  const has = me !== undefined && watches.includes(me);
  const turn = async () => {
    const may = !has && (await askToNotify());
    setRefused(!has && !may);
    if (has || may) tell({ type: 'watch', may });
  };
  return (
    <Card title={t.watch}>
      <p class="small soft">{t.watchText}</p>
      {isRefused && <Notice tone="warn">{t.watchRefused}</Notice>}
      <div>
        <Button kind="quiet" busy={busy} disabled={disabled || me === undefined} onClick={() => void turn()}>
          {has ? t.watchOff : t.watchOn}
        </Button>
      </div>
    </Card>
  );
}
