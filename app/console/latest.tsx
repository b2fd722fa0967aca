import { Card } from '../design/card.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './agent-words.ts';
import { ChapterText } from './chapters.tsx';
import type { AgentPage } from './household-frame.tsx';
import { words as mapWords } from './map-words.ts';

const SHOWN = 12;

export function NewestChapter({ data: { about, journey } }: { readonly data: AgentPage }) {
  const t = useWords(words);
  const newest = journey.story.at(-1);
  return (
    <Card title={t.story}>
      {newest === undefined ? <p class="soft">{t.storyNone}</p> : <ChapterText chapter={newest} level={3} />}
      {newest !== undefined && <a href={urls.story(about.household.householdId)}>{t.wholeStory}</a>}
    </Card>
  );
}

/** The newest touchpoints one by one. */
export function LastSteps({ data: { journey } }: { readonly data: AgentPage }) {
  const t = useWords(words);
  const m = useWords(mapWords);
  const formats = useFormats();
  return (
    <Card title={t.last}>
      <ol class="console-list console-tight">
        {journey.touchpoints.slice(0, SHOWN).map(({ touchpointId, at, text, channel }) => (
          <li key={touchpointId} class="console-step">
            <span>{text}</span>
            <span class="small soft">
              <time dateTime={at}>{formats.dayAndTime(at)}</time> · {m.channels[channel]}
            </span>
          </li>
        ))}
      </ol>
      <p class="small soft">{t.touchpoints(journey.count)}</p>
    </Card>
  );
}
