/**
 * A decision is kept before it is sent and until an answer came. So it survives a reload and a cut connection, several tabs send
 * it once, and the person learns what became of it. Whether it counts twice is not for us to prevent: ids made by the app do.
 */
import { signal } from '@preact/signals';
import type { Answer, ApiName, SendInput } from '../api/contract-types.ts';
import { ApiProblem, asProblem } from '../api/problem.ts';
import { addressOf, request } from '../api/request.ts';
import { reloadWhere } from '../api/resources.ts';
import { entriesIn, isOnItsWay, type Entries, type Entry } from './entries.ts';

/** `kept`: not sent yet; nothing is decided until it is. */
export type Decided<Name extends ApiName> = { readonly kind: 'sent'; readonly answer?: Answer<Name> } | { readonly kind: 'kept' };
interface About {
  /** For the person, in a list of what was not sent yet: "Milk from Frischhof". */
  readonly about: string;
  readonly href?: string | undefined;
}

/** What waits, and what became of what waited, until the person has seen it. */
export const pending = signal<readonly Entry[]>([]);

let entries: Entries | undefined;
let lockName = '';
let others: BroadcastChannel | undefined;

/** @param memberId undefined when nobody is signed in: what was not sent waits for the member to come back */
export async function openQueue(memberId: string | undefined, open: (name: string) => Entries = entriesIn): Promise<void> {
  others?.close();
  [entries, others, pending.value] = [undefined, undefined, []];
  if (memberId === undefined) return;
  lockName = `nachschub-queue-${memberId}`;
  entries = open(lockName);
  others = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(lockName);
  others?.addEventListener('message', () => void look());
  await look();
}

/** For whoever signs out: what was not sent is taken back, since nobody is there any more who would hear what became of it. */
export async function forgetQueue(): Promise<void> {
  await entries?.forget().catch(() => undefined);
  await changed();
}

async function look(): Promise<void> {
  if (entries !== undefined) pending.value = await entries.all().catch(() => []);
}

async function changed(): Promise<void> {
  others?.postMessage('changed');
  await look();
}

/** One tab of a member sends at a time. A browser without locks has one tab as far as we know. */
const alone = <Result>(work: () => Promise<Result>): Promise<Result> => ('locks' in navigator ? navigator.locks.request(lockName, work) : work());

/**
 * Sends a decision, or keeps it until it can be sent.
 * @throws ApiProblem when it was refused
 */
export async function decide<Name extends ApiName>(name: Name, input: SendInput<Name>, { about, href }: About): Promise<Decided<Name>> {
  const here = entries;
  if (here === undefined) throw new ApiProblem(401, 'signed-out', 'nobody is signed in');
  const id = `${name} ${addressOf(name, input)}`;
  await here.keep({ id, name, input, about, href, keptAt: Date.now(), state: { kind: 'sending' } });
  await changed();
  const outcome = await alone(async () => {
    const entry = await here.read(id);
    // Another tab was faster and has the answer.
    if (entry === undefined || !isOnItsWay(entry)) return { kind: 'sent' } as const;
    const sent = await sendOne(entry);
    if (sent.kind === 'kept') await here.settle(id, { kind: 'waiting' });
    else await here.drop(id);
    return sent;
  });
  await changed();
  if (outcome.kind === 'refused') throw outcome.problem;
  return outcome.kind === 'kept' ? outcome : { kind: 'sent', ...('answer' in outcome && { answer: outcome.answer as Answer<Name> }) };
}

type Sent = { readonly kind: 'sent'; readonly answer: unknown } | { readonly kind: 'kept' } | { readonly kind: 'refused'; readonly problem: ApiProblem };

async function sendOne(entry: Entry): Promise<Sent> {
  try {
    return { kind: 'sent', answer: await request(entry.name, entry.input) };
  } catch (error) {
    const problem = asProblem(error);
    return mayGoLater(problem) ? { kind: 'kept' } : { kind: 'refused', problem };
  }
}

/** No answer, too many at once, trouble on the other side, a sign-in that has ended: none of these is about the decision. */
const mayGoLater = ({ status }: ApiProblem): boolean => status === 0 || status === 401 || status === 429 || status >= 500;

/** When the connection is back, when a page begins, and when another tab was closed in the middle. */
export async function sendWaiting(): Promise<void> {
  const here = entries;
  if (here === undefined || !(await here.all()).some(isOnItsWay)) return;
  const settled = await alone(async () => {
    let count = 0;
    for (const entry of await here.all()) {
      if (!isOnItsWay(entry)) continue;
      const sent = await sendOne(entry);
      if (sent.kind === 'kept') {
        await here.settle(entry.id, { kind: 'waiting' });
        break;
      }
      count += 1;
      await here.settle(entry.id, sent.kind === 'sent' ? { kind: 'done' } : { kind: 'refused', code: sent.problem.code, detail: sent.problem.detail });
    }
    return count;
  });
  await changed();
  if (settled > 0) await reloadWhere(() => true);
}

/** The person has seen what became of it, or takes back what was not sent yet. */
export async function dismiss(id: string): Promise<void> {
  const here = entries;
  if (here === undefined) return;
  await alone(() => here.drop(id));
  await changed();
}
