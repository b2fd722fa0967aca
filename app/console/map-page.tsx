import { useState } from 'preact/hooks';
import { phaseNames } from '../../shared/journey/phase/phase-wording.ts';
import { Card, Tag } from '../design/card.tsx';
import { useFormats } from '../words/formats.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { DataTable } from './data-table.tsx';
import { HouseholdFrame, type AgentPage } from './household-frame.tsx';
import { JourneyMap } from './journey-map.tsx';
import { feltAs, type View } from './map-layout.ts';
import { words } from './map-words.ts';

export default function MapPage() {
  const [span, setSpan] = useState<Span>('lately');
  return <HouseholdFrame span={span}>{({ data }) => <Whole data={data} span={span} setSpan={setSpan} />}</HouseholdFrame>;
}

type Span = 'lately' | 'all';
const SPANS: readonly Span[] = ['lately', 'all'];
interface WholeProps {
  readonly data: AgentPage;
  readonly span: Span;
  readonly setSpan: (span: Span) => void;
}

const VIEWS: readonly View[] = ['phases', 'aida'];

function Whole({ data: { about, journey }, span, setSpan }: WholeProps) {
  const t = useWords(words);
  const formats = useFormats();
  const [view, setView] = useState<View>('phases');
  return (
    <div class="console-wide">
      <Card title={t.title}>
        <p class="small soft">{t.lead}</p>
        <div class="console-switch" role="group" aria-label={t.by}>
          {VIEWS.map((one) => (
            <button key={one} type="button" aria-pressed={one === view} onClick={() => setView(one)}>
              {t.views[one]}
            </button>
          ))}
        </div>
        <div class="console-switch" role="group" aria-label={t.since}>
          {SPANS.map((one) => (
            <button key={one} type="button" aria-pressed={one === span} onClick={() => setSpan(one)}>
              {t.spans[one]}
            </button>
          ))}
        </div>
        <p class="small soft">{t.sinceDay(formats.day(journey.since))}</p>
        {journey.map.length === 0 ? <p class="soft">{t.none}</p> : <JourneyMap journey={journey} view={view} />}
        <Legend />
      </Card>
      <Targets journey={journey} />
      <Card title={t.table}>
        <MapTable journey={journey} householdId={about.household.householdId} />
      </Card>
    </div>
  );
}

function Legend() {
  const t = useWords(words);
  return (
    <ul class="map-legend small soft">
      {(['good', 'middling', 'bad', 'unknown'] as const).map((felt) => (
        <li key={felt}>
          <svg viewBox="0 0 14 14" aria-hidden="true">
            <circle class={`map-dot map-${felt}`} cx={7} cy={7} r={5} />
          </svg>
          {t.felt[felt]}
        </li>
      ))}
      <li>
        <svg viewBox="0 0 14 14" aria-hidden="true">
          <circle class="map-ring" cx={7} cy={7} r={6} />
        </svg>
        {t.legendPlanned}
      </li>
    </ul>
  );
}

/** How the journeys of the whole household went against how they should. */
function Targets({ journey: { targets } }: { readonly journey: AgentPage['journey'] }) {
  const t = useWords(words);
  const formats = useFormats();
  if (targets.length === 0) return null;
  return (
    <Card title={t.targets}>
      <ul class="console-list">
        {targets.map(({ model, name, state, fitness, deviations }) => (
          <li key={model}>
            <span class="console-pair">
              <strong>{name}</strong>
              <Tag tone={state === 'failed' ? 'bad' : state === 'succeeded' ? 'good' : 'plain'}>
                {t.states[state]}, {t.fits(formats.percent(fitness))}
              </Tag>
            </span>
            <span class="small soft">{deviations.length === 0 ? t.asPlanned : deviations.join(' · ')}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function MapTable({ journey, householdId }: { readonly journey: AgentPage['journey']; readonly householdId: string }) {
  const t = useWords(words);
  const formats = useFormats();
  const placeOf = ({ lane, phase, channel }: AgentPage['journey']['planned'][number]): string => `${lane} ${phase} ${channel}`;
  const planned = new Map(journey.planned.map((cell) => [placeOf(cell), cell]));
  const done = new Set(journey.map.map(placeOf));
  const named = ({ lane, phase, channel }: AgentPage['journey']['planned'][number]) => [t.lanes[lane], phaseNames[phase][language.value], t.channels[channel]];
  const rows = [
    ...journey.map.map((cell) => [
      ...named(cell),
      cell.count,
      t.felt[feltAs(cell.feeling)],
      planned.has(placeOf(cell)) ? t.planned : '–',
      formats.day(cell.last),
    ]),
    ...[...planned].filter(([place]) => !done.has(place)).map(([, cell]) => [...named(cell), 0, t.felt.unknown, t.plannedNone, '–']),
  ];
  return (
    <DataTable
      caption={t.title}
      fileName={`journey-${householdId}`}
      columns={[t.lane, t.phase, t.channel, t.count, t.feeling, t.planned, t.last]}
      rows={rows}
    />
  );
}
