/** The words of one message, in both languages, with its reason. */
import { TextField } from '../../design/field.tsx';
import { useWords } from '../../words/use-words.ts';
import { words as builder } from './builder-words.ts';
import { FaultLine, useFaults } from '../fields/faults.tsx';
import type { Content } from './path-shape.ts';
import { words } from './paths-words.ts';

interface ContentProps {
  readonly name: string;
  readonly content: Content;
  readonly onChange: (content: Content) => void;
}

export function ContentFields({ name, content, onChange }: ContentProps) {
  const t = useWords(words);
  const b = useWords(builder);
  const fault = useFaults();
  const at = `contents.${name}`;
  const link = (typed: string) => {
    const { link: _before, ...others } = content;
    onChange(typed === '' ? others : { ...others, link: typed });
  };
  return (
    <fieldset class="stack-tight">
      <legend class="field-label">{b.wordsOf}</legend>
      <p class="field-hint">{b.wordsHint}</p>
      <FaultLine at={at} />
      {(['de', 'en'] as const).map((which) => {
        const tongue = which === 'de' ? t.inGerman : t.inEnglish;
        const set = (change: Partial<Content['de']>) => onChange({ ...content, [which]: { ...content[which], ...change } });
        return (
          <div key={which} class="form-tongue">
            <TextField
              label={`${t.messageTitle}, ${tongue}`}
              value={content[which].title}
              maxLength={120}
              error={fault(`${at}.${which}.title`)}
              onChange={(title) => set({ title })}
            />
            <TextField
              label={`${t.messageText}, ${tongue}`}
              value={content[which].text}
              maxLength={300}
              lines={2}
              error={fault(`${at}.${which}.text`)}
              onChange={(text) => set({ text })}
            />
            <TextField
              label={`${t.messageReason}, ${tongue}`}
              value={content.reason[which]}
              maxLength={200}
              error={fault(`${at}.reason.${which}`)}
              onChange={(text) => onChange({ ...content, reason: { ...content.reason, [which]: text } })}
            />
          </div>
        );
      })}
      <TextField label={b.link} hint={b.linkHint} value={content.link ?? ''} maxLength={200} error={fault(`${at}.link`)} onChange={link} />
    </fieldset>
  );
}
