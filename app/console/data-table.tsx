/** What a picture says, as rows that can be read, heard and taken along. */
import { useWords } from '../words/use-words.ts';
import { words } from './words.ts';
import { csvText } from './csv.ts';

interface DataTableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** Without an ending. */
  readonly fileName: string;
  /** A picture above says the same: it opens for whoever wants the figures. */
  readonly isFolded?: boolean | undefined;
}

export function DataTable({ isFolded = false, ...table }: DataTableProps) {
  const t = useWords(words);
  if (!isFolded) return <OpenTable {...table} />;
  return (
    <details class="console-details">
      <summary>{t.asTable}</summary>
      <OpenTable {...table} />
    </details>
  );
}

function OpenTable({ caption, columns, rows, fileName }: Omit<DataTableProps, 'isFolded'>) {
  const t = useWords(words);
  const download = () => {
    const address = URL.createObjectURL(new Blob([csvText(columns, rows)], { type: 'text/csv;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `${fileName}.csv`;
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <div class="console-table">
      <div class="console-scroll" tabIndex={0} role="region" aria-label={caption}>
        <table>
          <caption class="only-heard">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.join('|')}>
                {row.map((cell, index) => (
                  <td key={columns[index]} class={typeof cell === 'number' ? 'console-number' : undefined}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <button type="button" class="console-plain" onClick={download}>
          {t.csv}
        </button>
      </p>
    </div>
  );
}
