/** As much of a browser's window as the app's own code asks for, so that two windows can stand side by side in one test. */
import { vi } from 'vitest';

export class MemoryStorage implements Storage {
  readonly #items = new Map<string, string>();
  get length(): number {
    return this.#items.size;
  }
  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }
  removeItem(key: string): void {
    this.#items.delete(key);
  }
  clear(): void {
    this.#items.clear();
  }
}

export interface WindowInTest {
  readonly href: string;
  /** Of a frame; a tab has none. */
  readonly name?: string;
  readonly language?: string;
  /** Frames of one tab share it. */
  readonly session?: Storage;
  readonly local?: Storage;
}

/** From now on the app's code sees this window. @returns where it stands, and where it went */
export function openWindow({ href, name = '', language = 'en', session = new MemoryStorage(), local = new MemoryStorage() }: WindowInTest) {
  const here = new URL(href);
  const left: URL[] = [];
  const location = Object.assign(here, { assign: (url: string | URL) => void left.push(new URL(url)) });
  vi.stubGlobal('window', { name });
  vi.stubGlobal('location', location);
  vi.stubGlobal('history', { replaceState: (_: unknown, __: string, url: string | URL) => void (here.href = new URL(url, here.href).href) });
  vi.stubGlobal('sessionStorage', session);
  vi.stubGlobal('localStorage', local);
  vi.stubGlobal('navigator', { languages: [language], onLine: true });
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  return { here, left };
}

/** A fresh copy of the app's modules, as every window has its own. */
export async function freshly<Module>(load: () => Promise<Module>): Promise<Module> {
  vi.resetModules();
  return load();
}
