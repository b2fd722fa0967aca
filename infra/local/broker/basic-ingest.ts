/**
 * Basic Ingest: a message on `$aws/rules/<rule>/<topic>` goes to that one rule and to no subscriber. The rule sees the topic
 * without the first three levels, and these do not count towards a topic's limits (AWS IoT developer guide, “Basic Ingest”).
 */
const PREFIX = '$aws/rules/';

export const isBasicIngest = (topicOrFilter: string): boolean => topicOrFilter.startsWith(PREFIX);

/** Undefined when the topic is no such one, or names no rule or no topic after it. */
export function basicIngestOf(topic: string): { rule: string; topic: string } | undefined {
  const [, rule, rest] = /^\$aws\/rules\/([A-Za-z0-9_]+)\/(.+)$/s.exec(topic) ?? [];
  return rule === undefined || rest === undefined ? undefined : { rule, topic: rest };
}
