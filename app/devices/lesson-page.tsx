import './devices.css';
import { lessonSteps, type LessonStep } from '../../shared/household/lesson-steps.ts';
import { send, useResource } from '../api/client.ts';
import { useSending } from '../api/use-sending.ts';
import { Button } from '../design/button.tsx';
import { Card, Notice, Tag } from '../design/card.tsx';
import { Page } from '../design/page.tsx';
import { Loading, Trouble } from '../design/states.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useParam } from '../use-param.ts';
import { useWords } from '../words/use-words.ts';
import { lessonWords } from './lesson-words.ts';
import type { DeviceView } from './view.ts';
import { words } from './words.ts';

export default function LessonPage() {
  const t = useWords(words);
  const thing = useParam('thing');
  const { overview } = useHousehold();
  const device = overview.devices.find((one) => one.thing === thing);
  if (device === undefined) return <Page title={t.devices} back={urls.devices} backLabel={t.devices} lead={t.gone} />;
  return <Lesson device={device} />;
}

function Lesson({ device }: { readonly device: DeviceView }) {
  const t = useWords(words);
  const { householdId } = useHousehold();
  const { data, problem, reload } = useResource('readLessons', { params: { householdId } });
  const steps: readonly LessonStep[] = lessonSteps[device.deviceType];
  const done = data?.lessons.find(({ deviceType }) => deviceType === device.deviceType)?.done ?? [];
  const title = t.lesson(device.name);
  const lead = t.lessonLead(done.length, steps.length);
  return (
    <Page title={title} back={urls.device(device.thing)} backLabel={device.name} lead={lead}>
      {data === undefined && problem === undefined && <Loading />}
      {problem !== undefined && <Trouble problem={problem} retry={() => void reload()} />}
      {data !== undefined && done.length === steps.length && <Notice tone="good">{t.lessonDone}</Notice>}
      {data !== undefined &&
        steps.map((step, index) => <LessonCard key={step} {...{ device, step, reload }} number={index + 1} isDone={done.includes(step)} />)}
    </Page>
  );
}

interface LessonCardProps {
  readonly device: DeviceView;
  readonly step: LessonStep;
  readonly number: number;
  readonly isDone: boolean;
  readonly reload: () => Promise<void>;
}

function LessonCard({ device, step, number, isDone, reload }: LessonCardProps) {
  const t = useWords(words);
  const { title, text } = useWords(lessonWords)[step];
  const { householdId, mayAct } = useHousehold();
  const { busy, problem, run } = useSending(reload);
  const learn = () => run(() => send('learnStep', { params: { householdId, deviceType: device.deviceType, step } }));
  return (
    <Card title={`${number}. ${title}`} tone={isDone ? 'good' : 'plain'}>
      <p>{text}</p>
      {problem !== undefined && <Trouble problem={problem} />}
      {isDone ? (
        <div>
          <Tag tone="good">{t.understood}</Tag>
        </div>
      ) : (
        <div>
          <Button kind="quiet" busy={busy} disabled={!mayAct} why={t.guest} onClick={() => void learn()}>
            {t.understood}
            <span class="only-heard"> {title}</span>
          </Button>
        </div>
      )}
    </Card>
  );
}
