/** A terminal that is drawn in place: only lines that changed are written, so that nothing flickers. */
import type { ReadStream, WriteStream } from 'node:tty';

export type Style = 'plain' | 'bold' | 'quiet' | 'warn' | 'good';
export interface Span {
  readonly text: string;
  readonly style?: Style;
}
/** One line of the screen. */
export type Line = readonly Span[];

export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  draw(lines: readonly Line[]): void;
  onKey(listener: (key: string) => void): void;
  onResize(listener: () => void): void;
  /** Leaves what was drawn, and gives the terminal back as it was. */
  close(): void;
}

interface Streams {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const ESCAPE = '\u001b[';
const CODES: Record<Style, string> = { plain: '', bold: '1', quiet: '2', warn: '33', good: '32' };
const HIDE_CURSOR = `${ESCAPE}?25l`;
const SHOW_CURSOR = `${ESCAPE}?25h`;
/** The alternate screen: the shell's own lines come back when we leave. */
const ENTER = `${ESCAPE}?1049h${HIDE_CURSOR}`;
const LEAVE = `${SHOW_CURSOR}${ESCAPE}?1049l`;
const COLUMNS_MAX = 120;

/** Undefined where nothing can be drawn in place. */
export function terminalOf({ stdin, stdout, env }: Streams): Terminal | undefined {
  if (!stdout.isTTY || !stdin.isTTY || env['TERM'] === 'dumb') return undefined;
  const isPlain = env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '';
  const keyListeners = new Set<(key: string) => void>();
  let drawn: string[] = [];
  const onData = (data: Buffer): void => {
    for (const key of data.toString()) for (const listener of keyListeners) listener(key);
  };
  const giveBack = (): void => void stdout.write(LEAVE);
  stdout.write(ENTER);
  stdin.setRawMode(true);
  stdin.resume();
  stdin.on('data', onData);
  // However the process ends, the shell gets its cursor back.
  process.once('exit', giveBack);
  return {
    get columns() {
      return Math.min(COLUMNS_MAX, stdout.columns);
    },
    get rows() {
      return stdout.rows;
    },
    draw: (lines) => {
      const fresh = lines.slice(0, stdout.rows).map((line) => inked(cut(line, stdout.columns - 1), isPlain));
      stdout.write(difference(drawn, fresh));
      drawn = fresh;
    },
    onKey: (listener) => void keyListeners.add(listener),
    onResize: (listener) =>
      void stdout.on('resize', () => {
        drawn = [];
        stdout.write(`${ESCAPE}2J`);
        listener();
      }),
    close: () => {
      stdin.off('data', onData);
      stdin.setRawMode(false);
      stdin.pause();
      stdout.removeAllListeners('resize');
      process.off('exit', giveBack);
      giveBack();
    },
  };
}

/** What to write so that `before` becomes `after`: whole lines, each at its place. */
export function difference(before: readonly string[], after: readonly string[]): string {
  const lines = after.map((line, index) => (line === before[index] ? '' : `${ESCAPE}${index + 1};1H${line}${ESCAPE}K`));
  return lines.join('') + (after.length < before.length ? `${ESCAPE}${after.length + 1};1H${ESCAPE}J` : '');
}

/** At most so many columns; a longer line ends in an ellipsis. */
export function cut(line: Line, columns: number): Line {
  let left = columns;
  const total = line.reduce((sum, { text }) => sum + Array.from(text).length, 0);
  if (total <= columns) return line;
  const short: Span[] = [];
  for (const span of line) {
    const characters = Array.from(span.text);
    if (characters.length < left) {
      short.push(span);
      left -= characters.length;
      continue;
    }
    short.push({ ...span, text: `${characters.slice(0, Math.max(0, left - 1)).join('')}…` });
    break;
  }
  return short;
}

const inked = (line: Line, isPlain: boolean): string =>
  line.map(({ text, style = 'plain' }) => (isPlain || style === 'plain' ? text : `${ESCAPE}${CODES[style]}m${text}${ESCAPE}0m`)).join('');

/** Breaks a text at its spaces; what is indented stays so. */
export function wrap(text: string, columns: number): string[] {
  const indentation = /^ */.exec(text)?.[0] ?? '';
  const lines: string[] = [];
  let line = '';
  for (const word of text.trim().split(' ')) {
    if (line !== '' && indentation.length + line.length + 1 + word.length > columns) {
      lines.push(indentation + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, indentation + line];
}
