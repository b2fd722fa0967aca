import type { ComponentChildren } from 'preact';
import { Steps, type Step } from '../design/steps.tsx';
import { useFormats } from '../words/formats.ts';
import { useWords } from '../words/use-words.ts';
import type { FollowView, Words } from './view.ts';
import { words } from './words.ts';

type Entry = FollowView['timeline'][number];
/** The way that is still ahead of an order in each status that is not its last. */
const AHEAD: Partial<Record<string, readonly ('placed' | 'accepted' | 'shipped' | 'delivered')[]>> = {
  approved: ['placed', 'accepted', 'shipped', 'delivered'],
  placing: ['placed', 'accepted', 'shipped', 'delivered'],
  placed: ['accepted', 'shipped', 'delivered'],
  accepted: ['shipped', 'delivered'],
  shipped: ['delivered'],
};

export function Timeline({ view }: { readonly view: FollowView }) {
  const t = useWords(words);
  const formats = useFormats();
  // That it is being sent is not told once it has been.
  const told = view.timeline.filter(({ step }, index) => step !== 'placing' || index === view.timeline.length - 1);
  const ahead = AHEAD[view.status] ?? [];
  const items: Step[] = told.map((entry, index) => ({
    title: t.steps[entry.step],
    // When the shop says it was at the door, not when we heard of it.
    at: entry.step === 'delivered' ? (view.deliveredAt ?? entry.at) : entry.at,
    state: index === told.length - 1 && ahead.length > 0 ? 'now' : 'done',
    text: textOf(entry, t, formats),
  }));
  const next: Step[] = ahead.map((step) => ({
    title: t.steps[step],
    state: 'next',
    text: step === 'delivered' && view.deliveryAt !== undefined ? t.expected(formats.day(view.deliveryAt)) : undefined,
  }));
  return <Steps items={[...items, ...next]} />;
}

function textOf(entry: Entry, t: Words, formats: ReturnType<typeof useFormats>): ComponentChildren {
  const who = entry.memberId === undefined ? undefined : t.by(entry.memberName ?? t.formerMember);
  switch (entry.step) {
    case 'approved':
      return `${entry.total ? `${formats.money(entry.total)} ` : ''}${who ?? t.byMandate}`;
    case 'accepted':
      return entry.deliveryAt && t.expected(formats.day(entry.deliveryAt));
    case 'shipped':
      return entry.tracking && t.trackingNumber(entry.tracking);
    case 'delivered':
      return [entry.total && formats.money(entry.total), entry.reason && t.restNotComing(entry.reason)].filter(Boolean).join('; ');
    case 'part-delivered':
    case 'refunded':
    case 'refund-overdue':
      return entry.total && formats.money(entry.total);
    case 'back-ordered':
      return entry.deliveryAt && t.expected(formats.day(entry.deliveryAt));
    case 'payment-declined':
      return entry.retryBefore && t.waitsUntil(formats.dayAndTime(entry.retryBefore));
    case 'cancel-requested':
    case 'declined':
    case 'withdrawn':
      return who;
    case 'changed':
    case 'rejected':
    case 'cancelled':
    case 'cancel-refused':
      return entry.reason;
    case 'substitution-offered':
      return entry.title;
    case 'substitution-answered':
      return answerText(entry, t, who);
    case 'proposed':
    case 'requoted':
    case 'asked':
    case 'expired':
    case 'placing':
    case 'stuck':
    case 'taken-after-refusal':
    case 'placed':
    case 'returned':
      return undefined;
  }
}

function answerText({ accepted, answeredBy }: Entry, t: Words, who: string | undefined): string {
  if (answeredBy === 'rule') return accepted === true ? t.yesByRule : t.noByRule;
  if (answeredBy === 'time') return t.noByTime;
  return `${accepted === true ? t.yesTo : t.noTo} ${who ?? ''}`;
}
