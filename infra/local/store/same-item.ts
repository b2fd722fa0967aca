import type { AttributeValue, Item } from 'dynalite/db/index.js';

/**
 * Whether two items hold the same values, which is when a write changes nothing and DynamoDB writes no stream record.
 * Members of maps and of sets have no order, elements of lists have one. Numbers are compared as text: dynalite normalises them first.
 */
export function isSameItem(one: Item, other: Item): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => isSameValue(one[name], other[name]));
}

function isSameValue(one: AttributeValue | undefined, other: AttributeValue | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return Object.entries(one).every(([type, content]) => isSameContent(type, content, other[type]));
}

function isSameContent(type: string, one: unknown, other: unknown): boolean {
  if (type === 'M') return isItem(one) && isItem(other) && isSameItem(one, other);
  if (type === 'L')
    return Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((element, index) => isSameElement(element, other[index]));
  if (Array.isArray(one) && Array.isArray(other)) {
    const members = new Set<unknown>(other);
    return one.length === members.size && one.every((member) => members.has(member));
  }
  return one === other;
}

const isSameElement = (one: unknown, other: unknown): boolean => isAttributeValue(one) && isAttributeValue(other) && isSameValue(one, other);
const isAttributeValue = (value: unknown): value is AttributeValue => typeof value === 'object' && value !== null;
export const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value);
