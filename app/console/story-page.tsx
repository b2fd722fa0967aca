import { Card } from '../design/card.tsx';
import { useWords } from '../words/use-words.ts';
import { words } from './agent-words.ts';
import { ChapterText } from './chapters.tsx';
import { Course } from './course.tsx';
import { History } from './history.tsx';
import { HouseholdFrame } from './household-frame.tsx';

export default function StoryPage() {
  const t = useWords(words);
  return (
    <HouseholdFrame>
      {({ data: { about, journey } }) => (
        <div class="console-reading">
          <div class="console-read">
            {journey.story.length === 0 && <p class="soft">{t.storyNone}</p>}
            {journey.story.map((chapter) => (
              <Card key={chapter.key}>
                <ChapterText chapter={chapter} level={2} />
              </Card>
            ))}
            <p class="small soft">{t.touchpoints(journey.count)}</p>
          </div>
          <div class="console-read">
            <Course journey={journey} householdId={about.household.householdId} />
            <History months={journey.history} />
          </div>
        </div>
      )}
    </HouseholdFrame>
  );
}
