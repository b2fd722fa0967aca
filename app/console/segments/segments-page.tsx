/** Segments with how many are in each, and building them. */
import { useState } from 'preact/hooks';
import { send, useResource } from '../../api/client.ts';
import { useSending } from '../../api/use-sending.ts';
import { Button } from '../../design/button.tsx';
import { Card, Notice, Tag } from '../../design/card.tsx';
import { Page } from '../../design/page.tsx';
import { Loading } from '../../design/states.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { CountLine } from './count-line.tsx';
import { Members } from './members.tsx';
import { SegmentEditor, type SegmentDraft } from './segment-editor.tsx';
import { Splits } from './splits.tsx';
import type { Listed, Segment } from './view.ts';
import { words } from './segments-words.ts';

/** All of it or nothing: who has not seen the last change does not write over it. */
async function saveSegments(version: number, make: (segments: readonly Segment[]) => Segment[]): Promise<void> {
  const read = await send('readRules', {});
  await send('changeRules', { body: { version, rules: { ...read.rules, segments: make(read.rules.segments ?? []) } } });
}

export default function SegmentsPage() {
  const t = useWords(words);
  const { data, problem, reload } = useResource('listSegments', { query: { language: language.value } });
  const [draft, setDraft] = useState<SegmentDraft>();
  const [isSaved, setSaved] = useState(false);
  const sending = useSending(reload);
  const save = async (segment: Segment): Promise<boolean> => {
    const done = await sending.run(async () => {
      // What one segment alone does not show is said in its own words, at its field.
      await send('previewSegment', { body: { segment } });
      await saveSegments(data?.version ?? 0, (before) =>
        before.some((one) => one.segment === segment.segment) ? before.map((one) => (one.segment === segment.segment ? segment : one)) : [...before, segment],
      );
    });
    setSaved(done);
    return done;
  };
  return (
    <Page title={t.title} lead={t.lead}>
      {data === undefined && (problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />)}
      {isSaved && <Notice tone="good">{t.saved}</Notice>}
      {data !== undefined && draft === undefined && (
        <div>
          <Button onClick={() => setDraft({ isNew: true })}>{t.fresh}</Button>
        </div>
      )}
      {data !== undefined && draft !== undefined && (
        <SegmentEditor
          key={`${draft.segment?.segment ?? ''} ${draft.parent ?? ''}`}
          draft={draft}
          segments={data.segments.map(({ segment }) => segment)}
          sending={sending}
          save={async (segment) => {
            if (await save(segment)) setDraft(undefined);
          }}
          close={() => setDraft(undefined)}
        />
      )}
      {draft === undefined && sending.problem !== undefined && <ConsoleTrouble problem={sending.problem} />}
      <ul class="segment-list">
        {inOrder(data?.segments ?? []).map((listed) => (
          <OneSegment key={listed.segment.segment} listed={listed} all={data} edit={setDraft} save={(segment) => void save(segment)} />
        ))}
      </ul>
    </Page>
  );
}

/** Each under the one that it is a part of. */
function inOrder(segments: Listed['segments']): Listed['segments'] {
  const under = (parent: string | undefined): Listed['segments'] =>
    segments.filter(({ segment }) => segment.parent === parent).flatMap((one) => [one, ...under(one.segment.segment)]);
  return under(undefined);
}

interface OneProps {
  readonly listed: Listed['segments'][number];
  readonly all: Listed | undefined;
  readonly edit: (draft: SegmentDraft) => void;
  readonly save: (segment: Segment) => void;
}

function OneSegment({ listed: { segment, inWords, members, trend }, all, edit, save }: OneProps) {
  const t = useWords(words);
  const segments = all?.segments.map((one) => one.segment) ?? [];
  const parent = segments.find((one) => one.segment === segment.parent);
  const isOff = segment.isOff === true;
  const open = (draft: SegmentDraft) => {
    edit(draft);
    window.scrollTo({ top: 0 });
  };
  return (
    <li class={parent === undefined ? 'segment' : 'segment segment-part'}>
      <Card
        title={
          <span class="console-pair">
            <span>{segment.name[language.value]}</span>
            <span class="console-number">{t.members(members, all?.households ?? 0)}</span>
          </span>
        }
      >
        <p>
          {parent !== undefined && <Tag>{t.partOf(parent.name[language.value])}</Tag>} {isOff && <Tag tone="warn">{t.off}</Tag>} {inWords}
        </p>
        {trend.length > 1 ? <CountLine points={trend} label={t.trend(trend.length)} /> : <p class="small soft">{t.noTrend}</p>}
        <div class="segment-actions">
          <button type="button" class="console-plain" onClick={() => open({ segment })}>
            {t.edit}
          </button>
          <button type="button" class="console-plain" onClick={() => open({ isNew: true, parent: segment.segment })}>
            {t.sub}
          </button>
          <button type="button" class="console-plain" onClick={() => save(switched(segment))}>
            {isOff ? t.switchOn : t.switchOff}
          </button>
        </div>
        <Members segment={segment.segment} />
        <Splits segment={segment} segments={segments} takeOver={(condition) => open({ isNew: true, parent: segment.segment, condition })} />
      </Card>
    </li>
  );
}

function switched({ isOff, ...segment }: Segment): Segment {
  return isOff === true ? segment : { ...segment, isOff: true };
}
