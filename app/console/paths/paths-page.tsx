/** Conversion paths: how each goes, on and off, and building them. */
import '../fields/fields.css';
import './paths.css';
import { useState } from 'preact/hooks';
import { send, useResource } from '../../api/client.ts';
import { useSending } from '../../api/use-sending.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/card.tsx';
import { Page } from '../../design/page.tsx';
import { Loading } from '../../design/states.tsx';
import { language } from '../../words/language.ts';
import { useWords } from '../../words/use-words.ts';
import { ConsoleTrouble } from '../console-trouble.tsx';
import { DataTable } from '../data-table.tsx';
import { words as builder } from './builder-words.ts';
import { PathCard, type Listed } from './path-card.tsx';
import { PathEditor } from './path-editor.tsx';
import { blankPath, copyOf, isDefinition, type Definition } from './path-shape.ts';
import { words } from './paths-words.ts';

interface Edited {
  readonly definition: Definition;
  /** Absent: a new one. */
  readonly listed?: Listed;
}
const COPY = { de: builder.de.copySuffix, en: builder.en.copySuffix };

export default function PathsPage() {
  const t = useWords(words);
  const b = useWords(builder);
  const { data, problem, reload } = useResource('listPaths', {});
  const [edited, setEdited] = useState<Edited>();
  const [isSaved, setSaved] = useState(false);
  const sending = useSending(reload);
  const edit = (next: Edited) => {
    setSaved(false);
    setEdited(next);
  };
  const save = (pathId: string, body: { version: number; on: boolean; definition?: Definition }): Promise<boolean> =>
    sending.run(() => send('savePath', { params: { pathId }, body }));
  return (
    <Page title={t.title} lead={t.lead}>
      {data === undefined && (problem === undefined ? <Loading /> : <ConsoleTrouble problem={problem} retry={() => void reload()} />)}
      {sending.problem !== undefined && <ConsoleTrouble problem={sending.problem} />}
      {isSaved && <Notice tone="good">{t.saved}</Notice>}
      {data !== undefined && edited !== undefined && (
        <PathEditor
          definition={edited.definition}
          isNew={edited.listed === undefined}
          isOn={edited.listed?.on ?? false}
          taken={data.paths.map(({ path }) => path)}
          versions={edited.listed?.versions.filter(({ version }) => version !== edited.listed?.version) ?? []}
          save={async (definition, on) => {
            const done = await save(definition.path, { version: edited.listed?.version ?? 0, on, definition });
            setSaved(done);
            return done;
          }}
          close={() => setEdited(undefined)}
        />
      )}
      {data !== undefined && edited === undefined && (
        <>
          <div class="line-up">
            <Button onClick={() => edit({ definition: blankPath() })}>{b.fresh}</Button>
            <span class="soft">{t.last(data.days)}</span>
          </div>
          {data.paths.map((listed) => (
            <PathCard
              key={listed.path}
              listed={listed}
              busy={sending.busy}
              onSwitch={() => void save(listed.path, { version: listed.version, on: !listed.on })}
              onEdit={(definition) => edit({ definition, listed })}
              onCopy={(definition) => edit({ definition: copyOf(definition, COPY) })}
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
