/** What a campaign would do: whom it would concern, and which piece how many of them would get; as a picture and as a table. */
import type { Answer } from '../../api/contract-types.ts';
import { useFormats } from '../../words/formats.ts';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { Bars } from '../bars.tsx';
import { DataTable } from '../data-table.tsx';
import type { Draft } from './campaign-shape.ts';
import { words } from './editor-words.ts';

type Preview = Answer<'previewCampaign'>;

export function Tried({ preview, draft }: { readonly preview: Preview; readonly draft: Draft }) {
  const t = useWords(words);
  const titles = (pieces: readonly { readonly piece: string; readonly title: { readonly de: string; readonly en: string } }[]) =>
    new Map(pieces.map(({ piece, title }) => [piece, title[language.value]]));
  return (
    <>
      {draft.pieces.length > 0 && <Group found={preview.households} what={t.households} titles={titles(draft.pieces)} percent={draft.controlPercent} />}
      {preview.leads !== undefined && (
        <Group found={preview.leads} what={t.leadsMany} titles={titles(draft.leads?.pieces ?? [])} percent={draft.controlPercent} />
      )}
    </>
  );
}

interface GroupProps {
  readonly found: Preview['households'];
  readonly what: string;
  readonly titles: ReadonlyMap<string, string>;
  readonly percent: number;
}

function Group({ found: { of, there, concerned, unknown, pieces }, what, titles, percent }: GroupProps) {
  const t = useWords(words);
  const { number, percent: share } = useFormats();
  if (of === 0) return <p class="soft">{t.nobodyThere(what)}</p>;
  const none = concerned - pieces.reduce((sum, { get }) => sum + get, 0);
  const rows = [...pieces.map(({ piece, get }) => [titles.get(piece) ?? piece, get] as const), [t.nothing, none] as const];
  const said = (many: number): string => t.gets(number(many), share(many / of));
  return (
    <>
      <p>
        {t.tried(number(concerned), number(of), number(there), what)} {unknown > 0 && t.unknown(number(unknown))}{' '}
        {percent > 0 && t.keptOut(share(percent / 100))}
      </p>
      <Bars bars={rows.map(([label, many], index) => ({ key: String(index), label, value: many, text: said(many) }))} most={of} />
      <DataTable
        isFolded
        caption={`${t.pieces}: ${what}`}
        fileName="campaign-tried"
        columns={[t.pieces, what]}
        rows={rows.map(([label, many]) => [label, said(many)])}
      />
    </>
  );
}
