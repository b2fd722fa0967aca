/** What a campaign says to whom. */
import { conditionInWords } from '../../../shared/journey/standing/condition-wording.ts';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { DataTable } from '../data-table.tsx';
import { words as pathWords } from '../paths/builder-words.ts';
import { words } from './campaigns-words.ts';
import type { View } from './view.ts';

type Campaign = View['campaign'];

export function Pieces({ campaign }: { readonly campaign: Campaign }) {
  const t = useWords(words);
  const { channelNames } = useWords(pathWords);
  const meantFor = ({ for: meant }: Campaign['pieces'][number]): string => {
    if (meant === undefined) return t.everybody;
    const { postalAreas, devices, phases, productLines, where } = meant;
    return [
      ...(postalAreas ? [t.areas(postalAreas.join(', '))] : []),
      ...(devices ? [t.devices(devices.join(', '))] : []),
      ...(phases ? [t.phases(phases.join(', '))] : []),
      ...(productLines ? [t.lines(productLines.join(', '))] : []),
      ...(where ? [conditionInWords(where, language.value)] : []),
    ].join(' · ');
  };
  return (
    <>
      <h3>{t.pieces}</h3>
      {campaign.audience !== undefined && <p class="small soft">{conditionInWords(campaign.audience, language.value)}</p>}
      <DataTable
        caption={`${t.pieces}: ${campaign.name[language.value]}`}
        fileName={`campaign-${campaign.campaign}-pieces`}
        columns={[t.meantFor, t.says, t.channel]}
        rows={campaign.pieces.map((piece) => [
          meantFor(piece),
          piece.title[language.value],
          (piece.channels ?? campaign.channels).map((channel) => channelNames[channel]).join(', '),
        ])}
      />
    </>
  );
}
