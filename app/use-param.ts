import { useRoute } from 'preact-iso';

/** A placeholder of the page's path, such as `orderId`; empty where the path leaves it out. */
export const useParam = (name: string): string => useRoute().params[name] ?? '';
