/** Conversion paths: how each goes, on and off, and building them. */
import './paths.css';
import { useState } from 'preact/hooks';
import { send, useResource } from '../../api/client.ts';
import { useSending } from '../../api/use-sending.ts';
import { Notice } from '../../design/card.tsx';
import { Page } from '../../design/page.tsx';
import { Loading } from '../../design/states.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { DataTable } from '../data-table.tsx';
import { PathCard, type Listed } from './path-card.tsx';
import { PathEditor } from './path-editor.tsx';
import { isDefinition, type Definition } from './path-shape.ts';
import { words } from './paths-words.ts';

export default function PathsPage() {
  const t = useWords(words);
  const { data, problem, reload } = useResource('listPaths', {});
  const [editing, setEditing] = useState<string>();
  const [isSaved, setSaved] = useState(false);
  const sending = useSending(reload);
  const save = (listed: Listed, body: { on: boolean; definition?: Definition }): Promise<boolean> =>
    sending.run(() => send('savePath', { params: { pathId: listed.path }, body: { version: listed.version, ...body } }));
  const edited = data?.paths.find(({ path }) => path === editing);
  return (
    <Page title={t.title} lead={t.lead}>
      {data === undefined && (problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />)}
      {sending.problem !== undefined && <ConsoleTrouble problem={sending.problem} />}
      {isSaved && <Notice tone="good">{t.saved}</Notice>}
      {edited !== undefined && isDefinition(edited.definition) && (
        <PathEditor
          key={edited.path}
          definition={edited.definition}
          save={async (definition) => {
            const done = await save(edited, { on: edited.on, definition });
            setSaved(done);
            return done;
          }}
          close={() => setEditing(undefined)}
        />
      )}
      {data !== undefined && editing === undefined && (
        <>
          <p class="soft">{t.last(data.days)}</p>
          {data.paths.map((listed) => (
            <PathCard
              key={listed.path}
              listed={listed}
              busy={sending.busy}
              onSwitch={() => void save(listed, { on: !listed.on })}
              onEdit={() => {
                setSaved(false);
                setEditing(listed.path);
              }}
            />
          ))}
          <FiguresTable paths={data.paths} />
        </>
      )}
    </Page>
  );
}

function FiguresTable({ paths }: { readonly paths: readonly Listed[] }) {
  const t = useWords(words);
  return (
    <DataTable
      isFolded
      caption={t.table}
      fileName="conversion-paths"
      columns={[t.path, t.entered, t.waiting, t.messaged, t.succeeded, t.exited, t.lapsed, t.tasks]}
      rows={paths.map(({ path, definition, numbers: n }) => [
        isDefinition(definition) ? definition.name[language.value] : path,
        ...[n.entered, n.waiting, n.messaged, n.succeeded, n.exited, n.lapsed, n.tasks],
      ])}
    />
  );
}
