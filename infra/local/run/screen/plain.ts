/** Plain lines for logs and pipes: the steps of the start, the address, and one line for each product day. */
import type { Figure, Snapshot } from '../../window/snapshot.ts';
import type { Live, Screen } from './screen-contract.ts';
import { readFeed } from './feed-reader.ts';
import { askedOf, ClockHold } from './clock-hold.ts';
import { listenForQuit } from './quit.ts';

const DAY_MILLIS = 86_400_000;

export function plainScreen(print: (line: string) => void, { waits }: { waits: boolean }): Screen {
  const quit = listenForQuit();
  const say = (line: string): void => print(`${new Date().toISOString().slice(11, 19)} ${line}`);
  let stopFeed: () => void = () => undefined;
  return {
    step: say,
    note: say,
    live: ({ url, cloud, whoAnswers }: Live) => {
      say(`Open ${url}`);
      const days = new DayLines();
      const hold = new ClockHold(cloud);
      const onSnapshot = (snapshot: Snapshot): void => {
        const line = days.lineFor(snapshot);
        if (line !== undefined) say(line);
        if (!waits) return;
        const wasHolding = hold.isHolding;
        hold.follow(askedOf(snapshot, whoAnswers()));
        if (hold.isHolding && !wasHolding) say(`The clock waits for an answer in the app, or for “Go on” at ${url}`);
      };
      stopFeed = readFeed(url, onSnapshot, (isConnected) => {
        if (!isConnected) hold.startOver();
      });
    },
    quit: quit.asked,
    close: () => {
      stopFeed();
      quit.forget();
    },
  };
}

const figureOf = ({ flow }: Snapshot, figure: Figure): number =>
  flow.flatMap(({ figures }) => figures).reduce((sum, entry) => (entry.figure === figure ? sum + entry.count : sum), 0);

/** At most one line for each product day, with what came since the line before. */
export class DayLines {
  #startedAt: number | undefined;
  #day = 0;
  #readings = 0;
  #delivered = 0;

  lineFor(snapshot: Snapshot): string | undefined {
    const now = Date.parse(snapshot.now);
    this.#startedAt ??= now;
    const day = Math.floor((now - this.#startedAt) / DAY_MILLIS);
    if (day <= this.#day) return undefined;
    const [readings, delivered] = [figureOf(snapshot, 'readings'), figureOf(snapshot, 'delivered')];
    const line = `day ${day}: ${counted(readings - this.#readings, 'reading')}, ${counted(delivered - this.#delivered, 'order')} delivered`;
    this.#day = day;
    this.#readings = readings;
    this.#delivered = delivered;
    return line;
  }
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
