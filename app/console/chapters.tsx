import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './agent-words.ts';
import type { AgentPage } from './household-frame.tsx';

type Chapter = AgentPage['journey']['story'][number];

/** A chapter as prose; how many touchpoints stand behind a sentence is said where it is more than one. */
export function ChapterText({ chapter, level }: { readonly chapter: Chapter; readonly level: 2 | 3 }) {
  const t = useWords(words);
  const formats = useFormats();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <article class="console-chapter">
      <Heading>{chapter.title}</Heading>
      <p class="small soft">
        <time dateTime={chapter.from}>{formats.day(chapter.from)}</time> – <time dateTime={chapter.to}>{formats.day(chapter.to)}</time>
      </p>
      {chapter.sentences.map(({ text, kind, count, evidence }) => (
        <p key={evidence[0] ?? text} class={kind === 'summed' ? 'console-sum' : undefined}>
          {text} {count > 1 && <span class="console-count">{t.sentences(count)}</span>}
        </p>
      ))}
    </article>
  );
}
