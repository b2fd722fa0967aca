/** The weather port. On one machine a recorded series answers; deployed nobody does, until somebody writes an adapter for a service. */
import { dayNumber } from '../../shared/supply/heat/heat-season.ts';
import { DAYS_FORETOLD_MAX } from '../../shared/supply/heat/heat-outdoor.ts';
import type { WeatherPort } from '../../shared/supply/heat/weather-port.ts';
import { recordedCelsius } from './clock.ts';

export const weather: WeatherPort = {
  daysAround(_place, now) {
    const first = Math.floor(dayNumber(now)) - 1;
    const days = Array.from({ length: DAYS_FORETOLD_MAX + 2 }, (_, index) => first + index);
    return Promise.resolve(
      days.flatMap((day) => {
        const celsius = recordedCelsius(day);
        return celsius === undefined ? [] : [{ day, celsius }];
      }),
    );
  },
};
