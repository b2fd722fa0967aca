/** The map as a picture: the curve above, the household's lane, and the company's lane below it. What happened lies over what was planned. */
import { phaseNames } from '../../shared/journey/phase/phase-wording.ts';
import { language } from '../words/language.ts';
import { useWords } from '../words/use-words.ts';
import { CURVE, feltAs, layOut, WIDTH, type Column, type Journey, type LaneLayout, type MapLayout, type View } from './map-layout.ts';
import { words } from './map-words.ts';

interface JourneyMapProps {
  readonly journey: Journey;
  readonly view: View;
}

const RING = 15;

export function JourneyMap({ journey, view }: JourneyMapProps) {
  const t = useWords(words);
  const layout = layOut(journey, view);
  return (
    <div class="console-scroll" tabIndex={0} role="region" aria-label={t.title}>
      <svg class="map" viewBox={`0 0 ${WIDTH} ${layout.height}`} role="img" aria-label={t.picture(journey.map.length)}>
        <Columns layout={layout} />
        <Curve layout={layout} />
        {layout.lanes.map((lane) => (
          <Lane key={lane.lane} lane={lane} columns={layout.columns} />
        ))}
      </svg>
    </div>
  );
}

function useColumnName(): (key: Column['key']) => string {
  const t = useWords(words);
  return (key) => (key in phaseNames ? phaseNames[key as keyof typeof phaseNames][language.value] : t.aida[key as keyof typeof t.aida]);
}

function Columns({ layout: { columns, headY, height } }: { readonly layout: MapLayout }) {
  const nameOf = useColumnName();
  return (
    <g>
      {columns.map(({ key, x, width }, index) => (
        <g key={key}>
          {index % 2 === 0 && <rect class="map-stripe" x={x} y={headY} width={width} height={height - headY} />}
          <text class="map-phase" x={x + width / 2} y={headY + 21}>
            {nameOf(key)}
          </text>
        </g>
      ))}
    </g>
  );
}

function Curve({ layout: { curve, columns } }: { readonly layout: MapLayout }) {
  const t = useWords(words);
  const [first] = columns;
  const left = first?.x ?? 0;
  const middle = CURVE.top + CURVE.height / 2;
  return (
    <g>
      <text class="map-label" x={left - 10} y={CURVE.top + 5}>
        {t.good}
      </text>
      <text class="map-label" x={left - 10} y={CURVE.top + CURVE.height + 4}>
        {t.bad}
      </text>
      <line class="map-zero" x1={left} x2={WIDTH} y1={middle} y2={middle} />
      {curve.length === 0 && (
        <text class="map-none" x={left + (WIDTH - left) / 2} y={middle - 8}>
          {t.unknownCurve}
        </text>
      )}
      {curve.map((piece) => (
        <g key={piece[0]?.x}>
          <polyline class="map-curve" points={piece.map(({ x, y }) => `${x},${y}`).join(' ')} />
          {piece.map(({ x, y, value }) => (
            <circle key={x} class={`map-dot map-${feltAs(value)}`} cx={x} cy={y} r={6} />
          ))}
        </g>
      ))}
    </g>
  );
}

function Lane({ lane: { lane, y, rows, dots, rings }, columns }: { readonly lane: LaneLayout; readonly columns: readonly Column[] }) {
  const t = useWords(words);
  const halves = (['buy', 'own'] as const).flatMap((half) => {
    const first = columns.find((column) => column.half === half);
    return first === undefined ? [] : [{ half, x: first.x + 6 }];
  });
  return (
    <g>
      <line class="map-lane-line" x1={0} x2={WIDTH} y1={y} y2={y} />
      <text class="map-lane" x={4} y={y + 18}>
        {t.lanes[lane]}
      </text>
      {halves.map(({ half, x }) => (
        <text key={half} class="map-half" x={x} y={y + 18}>
          {t.halves[lane][half]}
        </text>
      ))}
      {rows.map(({ channel, y: middle }) => (
        <text key={channel} class="map-channel" x={4} y={middle + 4}>
          {t.channels[channel]}
        </text>
      ))}
      {rings.map(({ key, x, y: middle }) => (
        <circle key={key} class="map-ring" cx={x} cy={middle} r={RING} />
      ))}
      {dots.map(({ key, x, y: middle, radius, count, feeling }) => (
        <g key={key}>
          <circle class={`map-dot map-${feltAs(feeling)}`} cx={x} cy={middle} r={radius} />
          <text class="map-count" x={x + RING + 4} y={middle + 4}>
            {count}
          </text>
        </g>
      ))}
    </g>
  );
}
