/** One of several in an order that counts: up, down and out. */
interface MovesProps {
  /** As somebody hears them who does not see which one is meant. */
  readonly names: { readonly up: string; readonly down: string; readonly out: string };
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly move: (by: -1 | 1) => void;
  readonly remove: () => void;
}

export const Moves = ({ names, isFirst, isLast, move, remove }: MovesProps) => (
  <span class="form-moves">
    <Move label={names.up} sign="↑" isOff={isFirst} onClick={() => move(-1)} />
    <Move label={names.down} sign="↓" isOff={isLast} onClick={() => move(1)} />
    <Move label={names.out} sign="×" isOff={false} onClick={remove} />
  </span>
);

interface MoveProps {
  readonly label: string;
  readonly sign: string;
  readonly isOff: boolean;
  readonly onClick: () => void;
}

const Move = ({ label, sign, isOff, onClick }: MoveProps) => (
  <button type="button" class="form-move" aria-label={label} title={label} aria-disabled={isOff} onClick={() => !isOff && onClick()}>
    {sign}
  </button>
);

export function withMoved<One>(all: readonly One[], index: number, by: -1 | 1): One[] {
  const one = all[index];
  return one === undefined ? [...all] : all.toSpliced(index, 1).toSpliced(index + by, 0, one);
}
