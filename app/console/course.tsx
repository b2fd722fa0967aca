/** How it felt, day by day: a line with gaps where nobody knows. */
import { Card } from '../design/card.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import { DataTable } from './data-table.tsx';
import type { AgentPage } from './household-frame.tsx';
import { feltAs } from './map-layout.ts';
import { words } from './map-words.ts';

const [WIDTH, HEIGHT, EDGE] = [640, 120, 8];

type Course = AgentPage['journey']['course'];
interface Place {
  readonly x: number;
  readonly y: number;
  readonly day: Course[number];
}

function pieces(course: Course): Place[][] {
  const step = (WIDTH - 2 * EDGE) / Math.max(1, course.length - 1);
  const found: Place[][] = [[]];
  course.forEach((day, index) => {
    if (day.value === undefined) found.push([]);
    else found.at(-1)?.push({ x: EDGE + index * step, y: EDGE + ((HEIGHT - 2 * EDGE) * (1 - day.value)) / 2, day });
  });
  return found.filter((piece) => piece.length > 0);
}

export function Course({ journey: { course }, householdId }: { readonly journey: AgentPage['journey']; readonly householdId: string }) {
  const t = useWords(words);
  const formats = useFormats();
  const known = course.flatMap((day) => (day.value === undefined ? [] : [{ ...day, value: day.value }]));
  const [from, to] = [course[0], course.at(-1)];
  return (
    <Card title={t.feeling}>
      {known.length === 0 || from === undefined || to === undefined ? (
        <p class="soft">{t.unknownCurve}</p>
      ) : (
        <>
          <svg class="course" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t.coursePicture(known.length)}>
            <line class="map-zero" x1={EDGE} x2={WIDTH - EDGE} y1={HEIGHT / 2} y2={HEIGHT / 2} />
            {pieces(course).map((piece) => (
              <g key={piece[0]?.x}>
                <polyline class="map-curve" points={piece.map(({ x, y }) => `${x},${y}`).join(' ')} />
                {piece.length === 1 && piece.map(({ x, y, day }) => <circle key={x} class={`map-dot map-${feltAs(day.value)}`} cx={x} cy={y} r={4} />)}
              </g>
            ))}
          </svg>
          <p class="console-pair small soft">
            <span>{formats.day(from.at)}</span>
            <span>{formats.day(to.at)}</span>
          </p>
          <p class="small soft">{t.scale}</p>
          <details>
            <summary>{t.table}</summary>
            <DataTable
              caption={t.feeling}
              fileName={`feeling-${householdId}`}
              columns={[t.last, t.feeling, t.sure]}
              rows={known.map(({ at, value, confidence }) => [
                formats.day(at),
                `${t.felt[feltAs(value)]} (${formats.number(value)})`,
                formats.percent(confidence),
              ])}
            />
          </details>
        </>
      )}
    </Card>
  );
}
