/** How all households stand, and what happened between them and us: read from counters, whose cost does not know how many they are. */
import { useState } from 'preact/hooks';
import { laneOf } from '../../shared/journey/map/lanes.ts';
import { phaseNames } from '../../shared/journey/phase/phase-wording.ts';
import { shippedSegments } from '../../shared/journey/standing/shipped-segments.ts';
import { useResource } from '../api/client.ts';
import type { Answer } from '../api/contract-types.ts';
import { Card } from '../design/card.tsx';
import { Page } from '../design/page.tsx';
import { Loading } from '../design/states.tsx';
import { useFormats } from '../words/formats.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { Bars } from './bars.tsx';
import { ConsoleTrouble } from './console-trouble.tsx';
import { DataTable } from './data-table.tsx';
import { words } from './figures-words.ts';
import { JourneyMap } from './journey-map.tsx';
import { phases, type Cell, type View } from './map-layout.ts';
import { words as mapWords } from './map-words.ts';
import { PeriodSwitch, periodOf, type PeriodDays } from './period.tsx';

type Report = Answer<'readReport'>;

export default function FiguresPage() {
  const t = useWords(words);
  const [days, setDays] = useState<PeriodDays>(28);
  const { data, problem, reload } = useResource('readReport', { query: periodOf(days) });
  return (
    <Page title={t.title} lead={t.lead}>
      <PeriodSwitch days={days} onChange={setDays} />
      {data === undefined && (problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />)}
      {data !== undefined && <Figures report={data} />}
    </Page>
  );
}

const Figures = ({ report }: { readonly report: Report }) => (
  <div class="console-figures">
    <Everybody report={report} />
    <Phases report={report} />
    <Groups report={report} />
    <Aida report={report} />
    <Where report={report} />
  </div>
);

function Everybody({ report: { touchpoints, planned, feelings } }: { readonly report: Report }) {
  const m = useWords(mapWords);
  const [view, setView] = useState<View>('phases');
  const cells = new Map<string, Cell>();
  for (const { initiator, phase, channel, many } of touchpoints) {
    const key = `${laneOf[initiator]} ${phase} ${channel}`;
    cells.set(key, { lane: laneOf[initiator], phase, channel, count: (cells.get(key)?.count ?? 0) + many });
  }
  const emotion = phases.flatMap((phase) => {
    const { value, weight } = feelings[phase];
    return value === undefined ? [] : [{ phase, value, confidence: weight }];
  });
  return (
    <Card title={m.title}>
      <p class="small soft">{m.lead}</p>
      <div class="console-switch" role="group" aria-label={m.by}>
        {VIEWS.map((one) => (
          <button key={one} type="button" aria-pressed={one === view} onClick={() => setView(one)}>
            {m.views[one]}
          </button>
        ))}
      </div>
      {cells.size === 0 ? <p class="soft">{m.none}</p> : <JourneyMap journey={{ map: [...cells.values()], planned, emotion }} view={view} />}
    </Card>
  );
}
const VIEWS: readonly View[] = ['phases', 'aida'];

function Phases({ report: { now, feelings } }: { readonly report: Report }) {
  const t = useWords(words);
  const rows = phases.map((phase) => ({ phase, name: phaseNames[phase][language.value], households: now.phases[phase] ?? 0, felt: feelings[phase].value }));
  return (
    <Card title={t.phases}>
      <p class="small soft">{t.phasesLead(now.households)}</p>
      <Bars
        bars={rows.map(({ phase, name, households, felt }) => ({
          ...{ key: phase, label: name, value: households, text: `${households} · ${feltText(felt, t)}` },
          tone: felt === undefined ? 'plain' : felt < 0 ? 'bad' : 'good',
        }))}
      />
      <DataTable
        caption={t.phases}
        fileName="phases"
        isFolded
        columns={[t.phase, t.households, t.feeling]}
        rows={rows.map(({ name, households, felt }) => [name, households, feltText(felt, t)])}
      />
    </Card>
  );
}

const feltText = (felt: number | undefined, t: { readonly unknown: string }): string => (felt === undefined ? t.unknown : felt.toFixed(2));

function Groups({ report: { now } }: { readonly report: Report }) {
  const t = useWords(words);
  const names = new Map(shippedSegments.map(({ segment, name }) => [segment, name[language.value]]));
  const most = (record: Readonly<Record<string, number>>) => Object.entries(record).sort(([, a], [, b]) => b - a);
  return (
    <Card title={t.groups}>
      <h3>{t.segments}</h3>
      <Bars bars={most(now.segments).map(([segment, many]) => ({ key: segment, label: names.get(segment) ?? segment, value: many, text: String(many) }))} />
      <h3>{t.tiers}</h3>
      <Bars
        bars={most(now.tiers).map(([tier, many]) => ({
          key: tier,
          label: nameIn(t.tierNames, tier),
          value: many,
          text: String(many),
        }))}
      />
      <h3>{t.values}</h3>
      <Bars
        bars={most(now.values).map(([value, many]) => ({
          key: value,
          label: nameIn(t.valueNames, value),
          value: many,
          text: String(many),
        }))}
      />
      <h3>{t.health}</h3>
      <Bars bars={tenths(now.health, t.unknown)} />
    </Card>
  );
}

/** What is new has no name yet. */
const nameIn = (names: Readonly<Record<string, string>>, key: string): string => names[key] ?? key;

/** The best first, and what nobody knows last. */
function tenths(health: Readonly<Record<string, number>>, unknown: string) {
  const known = Array.from({ length: 10 }, (_, index) => 9 - index).map((tenth) => ({
    ...{ key: String(tenth), label: `${tenth * 10}–${tenth * 10 + 10} %`, value: health[tenth] ?? 0, text: String(health[tenth] ?? 0) },
    tone: tenth < 4 ? ('bad' as const) : ('good' as const),
  }));
  const some = known.filter(({ value }) => value > 0);
  return [...some, { key: 'unknown', label: unknown, value: health['unknown'] ?? 0, text: String(health['unknown'] ?? 0) }];
}

function Aida({ report: { aida } }: { readonly report: Report }) {
  const t = useWords(words);
  const m = useWords(mapWords);
  return (
    <Card title={t.aida}>
      <p class="small soft">{t.aidaLead}</p>
      <Bars
        bars={aida.map(({ stage, touchpoints, feeling }) => ({
          key: stage,
          label: m.aida[stage],
          value: touchpoints,
          text: `${touchpoints} · ${feltText(feeling, t)}`,
        }))}
      />
    </Card>
  );
}

function Where({ report: { touchpoints } }: { readonly report: Report }) {
  const t = useWords(words);
  const m = useWords(mapWords);
  const formats = useFormats();
  const all = touchpoints.reduce((sum, { many }) => sum + many, 0);
  const byChannel = new Map<Report['touchpoints'][number]['channel'], number>();
  for (const { channel, many } of touchpoints) byChannel.set(channel, (byChannel.get(channel) ?? 0) + many);
  const channels = [...byChannel].sort(([, a], [, b]) => b - a);
  return (
    <Card title={t.channels}>
      <p class="small soft">{t.channelsLead(formats.number(all))}</p>
      <Bars
        bars={channels.map(([channel, many]) => ({
          key: channel,
          label: m.channels[channel],
          value: many,
          text: `${many} · ${formats.percent(many / Math.max(1, all))}`,
        }))}
      />
      <DataTable
        caption={t.channels}
        fileName="touchpoints"
        isFolded
        columns={[m.channel, t.phase, t.initiator, m.count]}
        rows={touchpoints.map(({ channel, phase, initiator, many }) => [m.channels[channel], phaseNames[phase][language.value], t.initiators[initiator], many])}
      />
    </Card>
  );
}
