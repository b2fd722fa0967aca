import { useState } from 'preact/hooks';
import { useResource } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { Loading } from '../design/states.tsx';
import { urls } from '../urls.ts';
import { useFormats } from '../words/formats.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { words } from './agent-words.ts';
import { ChapterText } from './chapters.tsx';
import { ConsoleTrouble } from './console-trouble.tsx';
import type { AgentPage } from './household-frame.tsx';
import { reasonFor } from './look-reason.ts';
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

type Step = AgentPage['journey']['touchpoints'][number];

/** The newest touchpoints one by one, and older ones when asked for. */
export function LastSteps({ data: { about, journey } }: { readonly data: AgentPage }) {
  const t = useWords(words);
  const [isOpen, setOpen] = useState(false);
  const { touchpoints, older, count } = journey;
  const hasMore = touchpoints.length > SHOWN || older !== undefined;
  return (
    <Card title={t.last}>
      <Steps steps={isOpen ? touchpoints : touchpoints.slice(0, SHOWN)} />
      {isOpen && older !== undefined && <Older householdId={about.household.householdId} before={older} />}
      {!isOpen && hasMore && <More onClick={() => setOpen(true)} />}
      <p class="small soft">{t.touchpoints(count)}</p>
    </Card>
  );
}

function More({ onClick }: { readonly onClick: () => void }) {
  const t = useWords(words);
  return (
    <div>
      <Button kind="quiet" onClick={onClick}>
        {t.older}
      </Button>
    </div>
  );
}

function Older({ householdId, before }: { readonly householdId: string; readonly before: string }) {
  const why = reasonFor(householdId);
  const { data, problem, reload } = useResource('listTouchpoints', why && { params: { householdId }, query: { ...why, language: language.value, before } });
  const [isOpen, setOpen] = useState(false);
  if (problem !== undefined) return <ConsoleTrouble problem={problem} retry={() => void reload()} />;
  if (data === undefined) return <Loading />;
  const { touchpoints, older } = data;
  return (
    <>
      <Steps steps={touchpoints} />
      {older !== undefined && (isOpen ? <Older householdId={householdId} before={older} /> : <More onClick={() => setOpen(true)} />)}
    </>
  );
}

function Steps({ steps }: { readonly steps: readonly Step[] }) {
  const m = useWords(mapWords);
  const formats = useFormats();
  return (
    <ol class="console-list console-tight">
      {steps.map(({ touchpointId, at, text, channel }) => (
        <li key={touchpointId} class="console-step">
          <span>{text}</span>
          <span class="small soft">
            <time dateTime={at}>{formats.dayAndTime(at)}</time> · {m.channels[channel]}
          </span>
        </li>
      ))}
    </ol>
  );
}
