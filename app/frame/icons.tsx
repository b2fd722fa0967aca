/** The five signs of the navigation, drawn with one pen. */
const shapes = {
  home: 'M4 11.5 12 5l8 6.5V19a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1z',
  supplies: 'M7 4h10v3l1.5 2.5V19a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V9.5L7 7zM5.5 13h13',
  list: 'M9.5 6.5H20M9.5 12H20M9.5 17.5H20M4 6.5l1 1 2-2M4 12l1 1 2-2M4 17.5l1 1 2-2',
  orders: 'M4 7.5 12 4l8 3.5v9L12 20l-8-3.5zM4 7.5l8 3.5 8-3.5M12 11v9',
  more: 'M5 7h14M5 12h14M5 17h14',
} as const;
export type IconName = keyof typeof shapes;

export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg
    class="icon"
    viewBox="0 0 24 24"
    width="24"
    height="24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.8"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d={shapes[name]} />
  </svg>
);
