/** The circle as a picture: who is tied to whom, and what was parted. The list below says the same in words. */
import { nameOf } from '../../../shared/journey/identity/identity-record.ts';
import { useWords } from '../../words/use-words.ts';
import { words } from './identity-words.ts';
import { nodeInWords, nodesOf, type IdentityView } from './nodes.ts';

const WIDTH = 780;
const HEIGHT = 360;
/** More would be a tangle. */
const NODES_MAX = 18;
const LABEL_MAX = 24;

export function Circle({ identity, householdId }: { readonly identity: IdentityView; readonly householdId: string }) {
  const t = useWords(words);
  const nodes = nodesOf(identity, householdId);
  if (nodes.length < 2 || nodes.length > NODES_MAX) return null;
  const places = new Map(
    nodes.map((node, index) => {
      const angle = (index / nodes.length) * 2 * Math.PI - Math.PI / 2;
      return [nameOf(node), { x: WIDTH / 2 + Math.cos(angle) * 190, y: HEIGHT / 2 + Math.sin(angle) * 145, side: Math.cos(angle) }];
    }),
  );
  return (
    <div class="console-scroll" tabIndex={0} role="region" aria-label={t.circle(nodes.length)}>
      <svg class="circle" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t.circle(nodes.length)}>
        {identity.pairs.map(({ from, to, state }) => {
          const [a, b] = [places.get(nameOf(from)), to && places.get(nameOf(to))];
          return (
            a &&
            b && (
              <line
                key={[from, to].flatMap((node) => (node === undefined ? [] : nameOf(node))).join(' ')}
                class={`circle-${state}`}
                x1={a.x}
                y1={a.y}
                x2={b.x}
                y2={b.y}
              />
            )
          );
        })}
        {nodes.map((node) => {
          const place = places.get(nameOf(node));
          if (place === undefined) return null;
          const label = nodeInWords(node, t.nodes);
          const anchor = Math.abs(place.side) < 0.2 ? 'middle' : place.side < 0 ? 'end' : 'start';
          const [dx, dy] = anchor === 'middle' ? [0, place.y < HEIGHT / 2 ? -14 : 24] : [anchor === 'end' ? -12 : 12, 4];
          return (
            <g key={nameOf(node)}>
              <circle class={`circle-${node.node}`} cx={place.x} cy={place.y} r={node.node === 'household' ? 9 : 6.5} />
              <text x={place.x + dx} y={place.y + dy} text-anchor={anchor}>
                {label.length > LABEL_MAX ? `${label.slice(0, LABEL_MAX)}…` : label}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
