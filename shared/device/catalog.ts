/** What each device type can measure, whether it can show something, and how long it may be silent. */
import { duration, type BaseUnit, type DeviceType, type Duration } from '../values.ts';

/** *level*: what is left; *usage*: what was taken out; *wear*: how much of a part's life is left. After Alexa's inventory sensors. */
export type SensorKind = 'level' | 'usage' | 'wear';

export interface DeviceKind {
  readonly measures: Readonly<Partial<Record<SensorKind, readonly BaseUnit[]>>>;
  /** Can show order cards and messages. */
  readonly hasScreen: boolean;
  /** Away for longer than this, it is unavailable. */
  readonly silentAfter: Duration;
}

/** A thing on the mains is back within minutes, one on a battery wakes once a day and gets an hour of grace. */
const ON_MAINS = duration(10, 'minutes');
const ON_BATTERY = duration(25, 'hours');
const ANY: readonly BaseUnit[] = ['ml', 'g', 'piece'];

export const deviceCatalog: Readonly<Record<DeviceType, DeviceKind>> = {
  fridge: { measures: { level: ANY, usage: ANY }, hasScreen: true, silentAfter: ON_MAINS },
  /** Oil by volume, pellets by weight. */
  heating: { measures: { level: ['ml', 'g'], usage: ['ml', 'g'] }, hasScreen: false, silentAfter: ON_MAINS },
  /** The cells of its remote control. */
  tv: { measures: { wear: ['piece'] }, hasScreen: true, silentAfter: ON_MAINS },
  /** Anything that a stranger brings. */
  generic: { measures: { level: ANY, usage: ANY, wear: ANY }, hasScreen: false, silentAfter: ON_BATTERY },
};

const UNIT_WORDS: Record<BaseUnit, string> = { ml: 'litres', g: 'grams', piece: 'pieces' };
const DEVICE_WORDS: Record<DeviceType, string> = { fridge: 'a fridge', heating: 'a heating', tv: 'a TV', generic: 'a device' };

/** Undefined if the device can measure it, else the sentence that says why not. */
export function cannotMeasure(deviceType: DeviceType, unit: BaseUnit): string | undefined {
  const units = [...new Set(Object.values(deviceCatalog[deviceType].measures).flat())];
  if (units.includes(unit)) return undefined;
  return `${DEVICE_WORDS[deviceType]} measures ${units.map((known) => UNIT_WORDS[known]).join(' and ')}, so none of its slots can hold a supply that is counted in ${UNIT_WORDS[unit]}`;
}
