/**
 * The phones of all members: `node --import tsx device-sim/members.ts <simulation.json>`.
 * A member with `handsOff` listens and never answers, because a person at the screen will; so does a household of which somebody uses the app.
 */
import { join } from 'node:path';
import type { Instant, OrderId } from '../shared/values.ts';
import { screenOf } from './answers.ts';
import { answersByHand } from './by-hand.ts';
import { Conductor } from './conductor.ts';
import { answersAt } from './defector.ts';
import type { Reply } from './ask-api.ts';
import { appButtons, HouseholdApi, type Evidence } from './household-api.ts';
import { openLedger } from './ledger.ts';
import { Life } from './life/life.ts';
import { Member, type Look } from './member.ts';
import { memberPastOf } from './member-past.ts';
import { Phone, type PhoneOwner } from './phone.ts';
import { endWithBug, runSimulator } from './process-life.ts';
import { thingsAt } from './second-hand.ts';
import { Substitutes } from './substitutes.ts';

/** A turn waits this long for phones that are connecting; after that they are told by message or by their next look. */
const CATCH_UP_PATIENCE_MILLIS = 2_000;

await runSimulator(async (simulation) => {
  const { ledger, lines } = await openLedger(join(simulation.ledgers, 'members.ndjson'));
  const past = memberPastOf(lines);
  const life = await Life.begin(simulation);

  const owners: PhoneOwner[] = simulation.households.flatMap((household) => {
    const { householdId, members, language } = household;
    return members.map((spec) => {
      const api = new HouseholdApi(simulation.apiUrl, householdId, spec);
      const hasTv = (now: number) => thingsAt(simulation, household, now).some(({ tv }) => tv?.signedInMemberId === spec.memberId);
      const isHere = () => !spec.handsOff && !answersByHand(simulation, household);
      const around = {
        ...{ seed: simulation.seed, screen: 'app' as const, record: ledger.append.bind(ledger), answer: api.answer.bind(api) },
        look: (orderId: OrderId) => lookAt(api, orderId, language),
        answersHere: (orderId: OrderId, now: number) => isHere() && !(hasTv(now) && screenOf(simulation.seed, spec.memberId, orderId) === 'tv'),
        readyAt: (toldAt: number, delayMillis: number) => toldAt + delayMillis,
        answersAt: (toldAt: Instant) => answersAt(simulation, household, spec.answers, toldAt),
      };
      const ownPast = past.filter(({ memberId }) => memberId === spec.memberId);
      const member = new Member(spec, around, ownPast);
      const substitutes = new Substitutes(spec, {
        ...{ seed: simulation.seed, button: appButtons[language], answersHere: isHere },
        ...{ questions: api.questions.bind(api), answer: api.answerSubstitution.bind(api) },
      });
      const customer = life.customerOf(spec.memberId);
      return { member, substitutes, customer, api, householdId, spec, now: () => conductor.now(), bringForward: () => conductor.bringForward() };
    });
  });
  // Nobody hears anything before the first turn says what time it is.
  let phones: Phone[] | undefined;

  const conductor: Conductor = new Conductor({
    port: simulation.conductorPort,
    name: 'members',
    onBug: endWithBug,
    nextAt: () =>
      earliestOf([
        ...owners.flatMap(({ member, substitutes }) => [member.nextAt, substitutes.nextAt]),
        ...(phones ?? []).map((phone) => phone.nextAt),
        ...life.nextAt,
      ]),
    async act(now) {
      phones ??= owners.filter(({ spec }) => !life.hasMoved(spec.memberId)).map((owner) => new Phone(simulation, owner));
      const gone = phones.filter(({ memberId }) => life.hasMoved(memberId));
      phones = phones.filter((phone) => !gone.includes(phone));
      await Promise.all(gone.map((phone) => phone.close()));
      await Promise.all(phones.map((phone) => phone.caughtUp(now, CATCH_UP_PATIENCE_MILLIS)));
      await Promise.all(owners.map(({ member }) => member.act(now)));
      await Promise.all(owners.map(({ substitutes }) => substitutes.act(now)));
      await life.act(now);
    },
  });

  return async () => {
    conductor.close();
    await Promise.all((phones ?? []).map((phone) => phone.close()));
    await ledger.close();
    await life.close();
  };
});

/** The order as the phone shows it now, above the app's own button. */
async function lookAt(api: HouseholdApi, orderId: OrderId, language: Evidence['language']): Promise<Reply<Look>> {
  const reply = await api.order(orderId);
  if (reply.away || reply.content === undefined) return reply.away ? reply : { away: false, status: reply.status };
  const { status, quote } = reply.content;
  return { ...reply, content: { status, quoteHash: quote.hash, evidence: appButtons[language] } };
}

const earliestOf = (moments: readonly (number | null)[]): number | null =>
  moments.reduce((least, at) => (at === null ? least : Math.min(least ?? Infinity, at)), null);
