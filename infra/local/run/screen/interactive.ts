/** The screen of a person: it shows the feed, hears keys, and holds the clock while an order waits for an answer. */
import type { Snapshot } from '../../window/snapshot.ts';
import type { Live, Screen } from './screen-contract.ts';
import { Answers, type AskedOrder } from './answer.ts';
import { readFeed } from './feed-reader.ts';
import { frame, ownHousehold, type View } from './frame.ts';
import { askedOf, ClockHold } from './clock-hold.ts';
import { listenForQuit } from './quit.ts';
import type { Terminal } from './terminal.ts';

const NOTES_MAX = 3;
const DAY_MILLIS = 86_400_000;
const CTRL_C = '\u0003';

export class InteractiveScreen implements Screen {
  readonly #terminal: Terminal;
  readonly #quit;
  readonly quit: Promise<void>;
  #view: Omit<View, 'columns' | 'rows'> = {
    ...{ url: '', householdId: undefined, steps: [], notes: [], snapshot: undefined, isConnected: true, isHeld: false, isLineCut: false, why: undefined },
  };
  #live: Live | undefined;
  #answers: Answers | undefined;
  #hold: ClockHold | undefined;
  #stopFeed: () => void = () => undefined;
  #isClosed = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#quit = listenForQuit(() => this.close());
    this.quit = this.#quit.asked;
    terminal.onKey((key) => this.#press(key));
    terminal.onResize(() => this.#show({}));
    this.#show({});
  }

  /** Once it lives, a step is part of the ending and stands with the notes. */
  step(text: string): void {
    if (this.#live === undefined) this.#show({ steps: [...this.#view.steps, text] });
    else this.note(text);
  }

  note(text: string): void {
    this.#show({ notes: [...this.#view.notes, text].slice(-NOTES_MAX) });
  }

  live(live: Live): void {
    const { url, cloud, apiUrl, households, answeredByHand, tokenFile } = live;
    const memberOf = (householdId: string) => households.find((household) => household.householdId === householdId)?.members[0]?.memberId;
    this.#live = live;
    this.#hold = new ClockHold(cloud);
    this.#answers = new Answers(apiUrl, (householdId) => {
      const memberId = memberOf(householdId);
      return memberId === undefined ? undefined : tokenFile(memberId);
    });
    this.#stopFeed = readFeed(
      url,
      (snapshot) => this.#see(snapshot),
      (isConnected) => {
        if (!isConnected) this.#hold?.startOver();
        this.#show({ isConnected });
      },
    );
    this.#show({ url, householdId: answeredByHand });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stopFeed();
    this.#quit.forget();
    this.#terminal.close();
  }

  #see(snapshot: Snapshot): void {
    this.#hold?.follow(askedOf(snapshot, this.#live?.whoAnswers() ?? []));
    this.#show({ snapshot, isHeld: this.#hold?.isHolding === true });
  }

  #show(change: Partial<Omit<View, 'columns' | 'rows'>>): void {
    this.#view = { ...this.#view, ...change };
    if (this.#isClosed) return;
    const { columns, rows } = this.#terminal;
    this.#terminal.draw(frame({ ...this.#view, columns, rows }));
  }

  #press(key: string): void {
    if (key === 'q' || key === CTRL_C) this.#quit.ask();
    else this.#act(key).catch((error: unknown) => this.note(error instanceof Error ? error.message : String(error)));
  }

  async #act(key: string): Promise<void> {
    const live = this.#live;
    if (live === undefined) return;
    switch (key) {
      case 'a':
        return this.#answer((order) => this.#answers?.approve(order));
      case 'd':
        return this.#answer((order) => this.#answers?.decline(order));
      case 'w':
        return this.#explain();
      case 'p':
        return this.#hold?.toggle(this.#view.snapshot?.mode === 'paused');
      case '+':
        return live.cloud.skip(DAY_MILLIS);
      case 'k':
        live.cutLine(!this.#view.isLineCut);
        this.#show({ isLineCut: !this.#view.isLineCut });
        return;
      default:
        return;
    }
  }

  /** Only what stands on the screen can be answered. */
  async #answer(send: (order: AskedOrder) => Promise<void> | undefined): Promise<void> {
    const order = this.#asked();
    if (order === undefined || this.#view.why !== undefined) return;
    await send(order);
  }

  async #explain(): Promise<void> {
    const order = this.#asked() ?? this.#newest();
    if (this.#view.why !== undefined) this.#show({ why: undefined });
    else if (order === undefined) this.note('There is no order yet to explain.');
    else this.#show({ why: await this.#answers?.why(order) });
  }

  #asked(): AskedOrder | undefined {
    const household = ownHousehold(this.#view.snapshot, this.#view.householdId);
    const order = household?.openOrders[0];
    return household && order && { householdId: household.householdId, orderId: order.orderId, quoteHash: order.quoteHash };
  }

  #newest(): Pick<AskedOrder, 'householdId' | 'orderId'> | undefined {
    const household = ownHousehold(this.#view.snapshot, this.#view.householdId);
    const order = household?.orders[0];
    return household && order && { householdId: household.householdId, orderId: order.orderId };
  }
}
