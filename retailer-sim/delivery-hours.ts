/** The van drives from eight to eight, by the clock on the customer's wall. */
const TIME_ZONE = 'Europe/Berlin';
const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;
const FROM_MINUTES = 8 * 60;
const UNTIL_MINUTES = 20 * 60;
/** How far into the morning the tours that could not go at night are spread. */
const SPREAD_MINUTES = 3 * 60;

const wallClock = new Intl.DateTimeFormat('en-GB', { timeZone: TIME_ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

function minutesOfDay(epochMillis: number): number {
  const [hours, minutes] = wallClock.format(epochMillis).split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

/**
 * The instant itself when the van drives then, otherwise in the morning that follows.
 * @param spread in [0, 1): where in that morning
 */
export function intoDeliveryHours(epochMillis: number, spread: number): number {
  const minutes = minutesOfDay(epochMillis);
  if (minutes >= FROM_MINUTES && minutes < UNTIL_MINUTES) return epochMillis;
  const wholeMinute = epochMillis - (epochMillis % MINUTE);
  const morning = wholeMinute + (minutes < FROM_MINUTES ? FROM_MINUTES - minutes : DAY_MINUTES - minutes + FROM_MINUTES) * MINUTE;
  // Where the clocks change in the night between, the morning is an hour off; the wall clock says by how much.
  return morning + (FROM_MINUTES - minutesOfDay(morning) + Math.floor(spread * SPREAD_MINUTES)) * MINUTE;
}
