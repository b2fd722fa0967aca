/** The port of trends. On one machine a recorded series answers; deployed nobody does, until somebody writes an adapter for a service: staff may put trends down. */
import type { TrendPort } from '../../shared/journey/signal/trend-signals.ts';
import { recordedTrends } from './clock.ts';

export const trends: TrendPort = { linesAround: () => Promise.resolve(recordedTrends()) };
