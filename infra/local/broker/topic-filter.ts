/** Topics and topic filters as MQTT 3.1.1 (§4.7) has them, within the limits of AWS IoT Core. */

/** AWS IoT Core, message broker limits: 256 bytes of UTF-8 and seven slashes a topic. */
export const TOPIC_BYTES_MAX = 256;
export const TOPIC_SLASHES_MAX = 7;

/** Why a text cannot be the topic of a message, or undefined when it can. */
export function topicProblem(topic: string): string | undefined {
  if (/[+#]/.test(topic)) return 'a topic without wildcards';
  return lengthProblem(topic);
}

/** Why a text cannot be a topic filter, or undefined when it can. */
export function topicFilterProblem(filter: string): string | undefined {
  const levels = filter.split('/');
  const misplaced = levels.findIndex(
    (level, index) => (level.includes('+') && level !== '+') || (level.includes('#') && (level !== '#' || index < levels.length - 1)),
  );
  if (misplaced >= 0) return 'a wildcard that is a whole level (and # only as the last)';
  return lengthProblem(filter);
}

function lengthProblem(text: string): string | undefined {
  if (text === '') return 'a topic that is not empty';
  // MQTT 3.1.1 §1.5.3 forbids NUL and lets a server refuse other control characters; U+FFFD is what broken UTF-8 decodes to.
  if (/[\p{Cc}\uFFFD]/u.test(text)) return 'a topic without control characters';
  if (Buffer.byteLength(text) > TOPIC_BYTES_MAX) return `a topic of at most ${TOPIC_BYTES_MAX} bytes`;
  if (text.split('/').length - 1 > TOPIC_SLASHES_MAX) return `a topic with at most ${TOPIC_SLASHES_MAX} slashes`;
  return undefined;
}

/**
 * Does a valid filter match a topic? A leading wildcard never matches a topic that begins with `$` (MQTT-4.7.2-1);
 * `a/#` matches `a` too (§4.7.1.2).
 */
export function filterMatches(filter: string, topic: string): boolean {
  if (topic.startsWith('$') && /^[+#]/.test(filter)) return false;
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true;
    if (index >= levels.length || (level !== '+' && level !== levels[index])) return false;
  }
  return wanted.length === levels.length;
}
