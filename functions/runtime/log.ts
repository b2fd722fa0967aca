/** The one logger. Never a payload, an address or a secret: ids and reasons. Every line has its function, its story and both clocks. */
import { LogFormatter, LogItem, Logger } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import { productNow } from './clock.ts';
import { correlation } from './correlation.ts';

class HouseFormat extends LogFormatter {
  override formatAttributes(base: UnformattedAttributes, facts: LogAttributes): LogItem {
    const { logLevel: level, message, timestamp, serviceName: service, lambdaContext, xRayTraceId } = base;
    const attributes = {
      ...{ level, message, timestamp: this.formatTimestamp(timestamp), productTime: productNow(), service },
      ...{ correlationid: correlation(), requestId: lambdaContext?.awsRequestId, coldStart: lambdaContext?.coldStart, traceId: xRayTraceId },
    };
    return new LogItem({ attributes }).addAttributes(facts);
  }
}

/** `service` is the function's name: the template sets POWERTOOLS_SERVICE_NAME. */
export const logger = new Logger({ logFormatter: new HouseFormat() });

/** A line of the runtime's own journal: counts of what was decided, which the store does not keep. */
export const journal = (kind: string, facts: Record<string, unknown>): void => logger.info(kind, { journal: kind, ...facts });
