/** What goes to whom, one piece below the other: put in, taken out, moved; the first that is meant for somebody is theirs. */
import type { ComponentChildren } from 'preact';
import { TextField } from '../../design/field.tsx';
import { useWords } from '../../words/use-words.ts';
import { FaultLine, useFaults } from '../fields/faults.tsx';
import { Moves, withMoved } from '../fields/moves.tsx';
import { given } from './campaign-shape.ts';
import { words } from './editor-words.ts';

/** What pieces for households and for leads have in common. */
interface Saying {
  readonly piece: string;
  readonly title: { readonly de: string; readonly en: string };
  readonly text: { readonly de: string; readonly en: string };
  readonly link?: string | undefined;
}
interface PiecesProps<Piece extends Saying> {
  readonly pieces: readonly Piece[];
  /** Where faults of theirs stand: `pieces`. */
  readonly at: string;
  readonly linkHint: string;
  readonly blank: (taken: readonly Piece[]) => Piece;
  readonly onChange: (pieces: Piece[]) => void;
  /** For whom it is meant. */
  readonly meant: (piece: Piece, at: string, change: (piece: Piece) => void) => ComponentChildren;
}

export function PiecesForm<Piece extends Saying>({ pieces, at, linkHint, blank, onChange, meant }: PiecesProps<Piece>) {
  const t = useWords(words);
  return (
    <>
      <p class="small soft">{t.piecesHint}</p>
      <ol class="form-steps">
        {pieces.map((piece, index) => {
          const name = t.piece(index + 1);
          const change = (changed: Piece) => onChange(pieces.with(index, changed));
          return (
            // Their order is all that tells them apart: a name may be typed twice while somebody types.
            <li key={index} class="form-step">
              <div class="form-head">
                <strong>{name}</strong>
                <Moves
                  names={{ up: t.up(name), down: t.down(name), out: t.out(name) }}
                  isFirst={index === 0}
                  isLast={index === pieces.length - 1}
                  move={(by) => onChange(withMoved(pieces, index, by))}
                  remove={() => onChange(pieces.toSpliced(index, 1))}
                />
              </div>
              {meant(piece, `${at}.${index}`, change)}
              <WordsOf piece={piece} at={`${at}.${index}`} linkHint={linkHint} onChange={change} />
            </li>
          );
        })}
      </ol>
      <FaultLine at={at} />
      <button type="button" class="console-plain" onClick={() => onChange([...pieces, blank(pieces)])}>
        {t.addPiece}
      </button>
    </>
  );
}

interface WordsProps<Piece extends Saying> {
  readonly piece: Piece;
  readonly at: string;
  readonly linkHint: string;
  readonly onChange: (piece: Piece) => void;
}

function WordsOf<Piece extends Saying>({ piece, at, linkHint, onChange }: WordsProps<Piece>) {
  const t = useWords(words);
  const fault = useFaults();
  return (
    <>
      {(['de', 'en'] as const).map((which) => (
        <div key={which} class="form-tongue">
          <TextField
            label={t.title[which]}
            value={piece.title[which]}
            maxLength={120}
            error={fault(`${at}.title.${which}`)}
            onChange={(text) => onChange({ ...piece, title: { ...piece.title, [which]: text } })}
          />
          <TextField
            label={t.text[which]}
            value={piece.text[which]}
            maxLength={300}
            lines={2}
            error={fault(`${at}.text.${which}`)}
            onChange={(text) => onChange({ ...piece, text: { ...piece.text, [which]: text } })}
          />
        </div>
      ))}
      <div class="form-fields">
        <TextField
          label={t.link}
          hint={linkHint}
          value={piece.link ?? ''}
          maxLength={200}
          error={fault(`${at}.link`)}
          onChange={(link) => onChange(given(piece, 'link', link))}
        />
        <TextField
          label={t.pieceName}
          value={piece.piece}
          maxLength={40}
          error={fault(`${at}.piece`)}
          onChange={(name) => onChange({ ...piece, piece: name })}
        />
      </div>
    </>
  );
}
