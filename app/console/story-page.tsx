import { useState } from 'preact/hooks';
import { useResource } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { Loading } from '../design/states.tsx';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './agent-words.ts';
import { ChapterText } from './chapters.tsx';
import { ConsoleTrouble } from './console-trouble.tsx';
import { Course } from './course.tsx';
import { History } from './history.tsx';
import { HouseholdFrame } from './household-frame.tsx';
import { reasonFor } from './look-reason.ts';

export default function StoryPage() {
  return (
    <HouseholdFrame>
      {({ data: { about, journey } }) => (
        <div class="console-reading">
          <div class="console-read">
            <Chapters householdId={about.household.householdId} />
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

/** Some chapters, and above them, when asked for, those before. */
function Chapters({ householdId, before }: { readonly householdId: string; readonly before?: string }) {
  const t = useWords(words);
  const why = reasonFor(householdId);
  const query = why && { ...why, language: language.value, ...(before !== undefined && { before }) };
  const { data, problem, reload } = useResource('readStory', query && { params: { householdId }, query });
  const [isOpen, setOpen] = useState(false);
  if (problem !== undefined) return <ConsoleTrouble problem={problem} retry={() => void reload()} />;
  if (data === undefined) return <Loading />;
  const { chapters, earlier } = data;
  return (
    <>
      {earlier !== undefined && isOpen && <Chapters householdId={householdId} before={earlier} />}
      {earlier !== undefined && !isOpen && (
        <div>
          <Button kind="quiet" onClick={() => setOpen(true)}>
            {t.earlier}
          </Button>
        </div>
      )}
      {chapters.length === 0 && <p class="soft">{before === undefined ? t.storyNone : t.storyBegan}</p>}
      {chapters.map((chapter) => (
        <Card key={chapter.key}>
          <ChapterText chapter={chapter} level={2} />
        </Card>
      ))}
    </>
  );
}
