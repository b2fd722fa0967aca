/** The one logger. Never a payload, an address or a secret: ids and reasons. */
import { Logger } from '@aws-lambda-powertools/logger';

export const logger = new Logger({ serviceName: 'nachschub' });

/** A line of the runtime's own journal: counts of what was decided, which the store does not keep. */
export const journal = (kind: string, facts: Record<string, unknown>): void => logger.info(kind, { journal: kind, ...facts });
