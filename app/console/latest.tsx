import { Card } from '../design/card.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './agent-words.ts';
import { ChapterText } from './chapters.tsx';
import type { AgentPage } from './household-frame.tsx';
import { words as mapWords } from './map-words.ts';

const SHOWN = 12;

/** The newest chapter, and the last steps one by one. */
export function Latest({ data: { about, journey } }: { readonly data: AgentPage }) {
  const t = useWords(words);
  const m = useWords(mapWords);
  const formats = useFormats();
  const newest = journey.story.at(-1);
  return (
    <>
      <Card title={t.story}>
        {newest === undefined ? <p class="soft">{t.storyNone}</p> : <ChapterText chapter={newest} level={3} />}
        {newest !== undefined && <a href={urls.story(about.household.householdId)}>{t.wholeStory}</a>}
      </Card>
      <Card title={t.last}>
        <ol class="console-list console-tight">
          {journey.touchpoints.slice(0, SHOWN).map(({ touchpointId, at, text, channel }) => (
            <li key={touchpointId}>
              <span>{text}</span>
              <span class="small soft">
                <time dateTime={at}>{formats.dayAndTime(at)}</time> · {m.channels[channel]}
              </span>
            </li>
          ))}
        </ol>
        <p class="small soft">{t.touchpoints(journey.count)}</p>
      </Card>
    </>
  );
}
