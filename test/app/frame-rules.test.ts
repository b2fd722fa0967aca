/** Rules of the app that no type can say: what its first view loads, which colours it knows, and what may stand in a page. */
import { build } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..');
const app = path.join(root, 'app');
const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
const ending = (...ends: string[]): string[] => files.filter((file) => ends.some((end) => file.endsWith(end))).sort();
const text = (file: string): string => readFileSync(path.join(app, file), 'utf8');
const code = (file: string): string => text(file).replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');

/** Everything that is loaded before the first picture of the home page: what it imports, and what that imports, but not what is imported later. */
async function firstView(): Promise<string[]> {
  const entries = ['app/main.tsx', 'app/home/home-page.tsx'];
  const { metafile } = await build({
    ...{ entryPoints: entries, absWorkingDir: root, bundle: true, splitting: true, format: 'esm', outdir: 'dist', write: false, metafile: true },
    ...{ jsx: 'automatic', jsxImportSource: 'preact', conditions: ['browser'], logLevel: 'silent' },
  });
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { path: next, kind } of metafile.inputs[file]?.imports ?? []) if (kind !== 'dynamic-import') visit(next);
  };
  entries.forEach(visit);
  return [...seen];
}

describe('the first view', () => {
  it('loads no schemas, charts, broker, sign-in or any page but home', async () => {
    const loaded = await firstView();
    expect(loaded).toEqual(expect.arrayContaining(['app/main.tsx', 'app/api/client.ts', 'app/home/home-page.tsx']));
    expect(loaded.filter((file) => /node_modules\/(zod|mqtt|uplot|oauth4webapi|@noble)\//.test(file))).toEqual([]);
    expect(loaded.filter((file) => file.endsWith('-page.tsx'))).toEqual(['app/home/home-page.tsx']);
  });
});

describe('a page', () => {
  const pages = ending('-page.tsx');

  it('is the only thing with a default export, and stands in the list of pages', () => {
    expect(ending('.ts', '.tsx').filter((file) => /^export default /m.test(text(file)))).toEqual(pages);
    expect(pages.filter((file) => !text('app.tsx').includes(`'./${file}'`))).toEqual([]);
  });

  it('takes names from devices, shops and people as text, and has no style of its own in its elements', () => {
    const risky = /dangerouslySetInnerHTML|\.innerHTML|insertAdjacentHTML|\sstyle=|\.style\b|document\.write|javascript:/;
    expect(ending('.ts', '.tsx').filter((file) => risky.test(code(file)))).toEqual([]);
    expect(text('index.html')).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=/);
  });
});

describe('a style', () => {
  const tokens = text('design/tokens.css');
  const styles = ending('.css').filter((file) => file !== 'design/tokens.css');
  const bare = (file: string): string => text(file).replace(/\/\*[\s\S]*?\*\//g, '');

  it('has its colours from the tokens', () => {
    const colour = /#[0-9a-f]{3,8}\b|\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|light-dark)\(|:\s*(white|black|red|green|blue|gr[ae]y|orange|yellow)\b/i;
    expect(
      styles.flatMap((file) =>
        bare(file)
          .split('\n')
          .filter((line) => colour.test(line))
          .map((line) => `${file}: ${line.trim()}`),
      ),
    ).toEqual([]);
  });

  it('uses no token that is not there', () => {
    const defined = (css: string) => new Set(Array.from(css.matchAll(/(--[\w-]+)\s*:/g), ([, name]) => name));
    const known = defined(tokens);
    const unknown = styles.flatMap((file) => {
      const own = defined(bare(file));
      return Array.from(bare(file).matchAll(/var\((--[\w-]+)/g), ([, name]) => name)
        .filter((name) => !known.has(name) && !own.has(name))
        .map((name) => `${file}: ${name ?? ''}`);
    });
    expect(unknown).toEqual([]);
  });

  it('has light and dark for every colour', () => {
    const colours = tokens.split('\n').filter((line) => /#[0-9a-f]{6}\b|rgb\(/i.test(line));
    expect(colours.length).toBeGreaterThan(15);
    expect(colours.filter((line) => !line.includes('light-dark(') && !line.includes('--on-warn-mark'))).toEqual([]);
  });
});
