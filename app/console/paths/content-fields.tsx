/** The words of one message, in both languages, with its reason. */
import { TextField } from '../../design/field.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Definition } from './path-shape.ts';
import { words } from './paths-words.ts';

type Content = Definition['contents'][string];

export function ContentFields({
  name,
  content,
  onChange,
}: {
  readonly name: string;
  readonly content: Content;
  readonly onChange: (content: Content) => void;
}) {
  const t = useWords(words);
  return (
    <fieldset class="stack-tight">
      <legend class="field-label">{name}</legend>
      {(['de', 'en'] as const).map((which) => {
        const tongue = which === 'de' ? t.inGerman : t.inEnglish;
        const set = (change: Partial<Content['de']>) => onChange({ ...content, [which]: { ...content[which], ...change } });
        return (
          <div key={which} class="stack-tight">
            <TextField label={`${t.messageTitle}, ${tongue}`} value={content[which].title} maxLength={120} onChange={(title) => set({ title })} />
            <TextField label={`${t.messageText}, ${tongue}`} value={content[which].text} maxLength={300} lines={2} onChange={(text) => set({ text })} />
            <TextField
              label={`${t.messageReason}, ${tongue}`}
              value={content.reason[which]}
              maxLength={200}
              onChange={(text) => onChange({ ...content, reason: { ...content.reason, [which]: text } })}
            />
          </div>
        );
      })}
    </fieldset>
  );
}
