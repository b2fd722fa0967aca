import './devices.css';
import { useState } from 'preact/hooks';
import { lessonSteps } from '../../shared/household/lesson-steps.ts';
import { useNow } from '../api/clock.ts';
import { useResource } from '../api/client.ts';
import { ReportProblem } from '../cases/report-problem.tsx';
import { Card, Notice, Tag } from '../design/card.tsx';
import { Page } from '../design/page.tsx';
import { Row, Rows } from '../design/rows.tsx';
import { useHousehold } from '../household.tsx';
import { urls } from '../urls.ts';
import { useParam } from '../use-param.ts';
import { useFormats } from '../words/formats.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { LabelStep } from './label-step.tsx';
import { RemoveDevice } from './remove-device.tsx';
import { Slots } from './slots.tsx';
import { heardIn, kindAndRoom, slotsOf, type DeviceView } from './view.ts';
import { words } from './words.ts';

export default function DevicePage() {
  const t = useWords(words);
  const thing = useParam('thing');
  const { overview } = useHousehold();
  const device = overview.devices.find((one) => one.thing === thing);
  if (device === undefined) return <Page title={t.devices} back={urls.devices} backLabel={t.devices} lead={t.gone} />;
  return <Device key={thing} device={device} />;
}

function Device({ device }: { readonly device: DeviceView }) {
  const t = useWords(words);
  const at = { now: useNow(), reader: language.value };
  const { member, overview, mayAct } = useHousehold();
  return (
    <Page title={device.name} back={urls.devices} backLabel={t.devices} lead={kindAndRoom(device, t) || undefined}>
      <div class="line-up">
        <Tag tone={device.availability === 'available' ? 'good' : device.availability === 'unavailable' ? 'warn' : 'plain'}>
          {t.availability[device.availability]}
        </Tag>
        <span class="soft">{heardIn(device, t, at)}</span>
      </div>
      {slotsOf(device, overview.supplies).length > 0 && (
        <section class="stack-tight">
          <h2>{t.places}</h2>
          <Slots device={device} />
        </section>
      )}
      <About device={device} />
      {mayAct && <Rename device={device} />}
      {mayAct && <ReportProblem about={{ kind: 'device', thing: device.thing }} />}
      {member.role === 'owner' ? <RemoveDevice device={device} /> : mayAct && <p class="soft">{t.ownersOnly}</p>}
    </Page>
  );
}

function About({ device }: { readonly device: DeviceView }) {
  const t = useWords(words);
  const formats = useFormats();
  const { householdId } = useHousehold();
  const { data } = useResource('readLessons', { params: { householdId } });
  const done = data?.lessons.find(({ deviceType }) => deviceType === device.deviceType)?.done.length ?? 0;
  return (
    <Rows>
      <Row label={t.lessonRow} href={urls.lesson(device.thing)} aside={`${done}/${lessonSteps[device.deviceType].length}`} />
      {device.model !== undefined && <Row label={t.model} aside={device.model} />}
      <Row label={t.thing} aside={device.thing} />
      <Row label={t.since} aside={formats.day(device.addedAt)} />
    </Rows>
  );
}

function Rename({ device }: { readonly device: DeviceView }) {
  const t = useWords(words);
  const [form, setForm] = useState({ name: device.name, room: device.room ?? '' });
  const [isSaved, setSaved] = useState(false);
  return (
    <Card title={t.name}>
      <LabelStep
        {...{ device, form }}
        button={t.save}
        change={(part) => {
          setSaved(false);
          setForm({ ...form, ...part });
        }}
        onDone={() => setSaved(true)}
      />
      {isSaved && <Notice tone="good">{t.saved}</Notice>}
    </Card>
  );
}
