import { useLocation } from 'preact-iso';
import { urls } from '../urls.ts';
import { useWords } from '../words/use-words.ts';
import { Icon, type IconName } from './icons.tsx';
import { words } from './words.ts';

interface Place {
  readonly name: IconName;
  readonly href: string;
  /** Pages that are reached from here. */
  readonly holds: RegExp;
}

const places: readonly Place[] = [
  { name: 'home', href: urls.home, holds: /^\/app\/?$/ },
  { name: 'supplies', href: urls.supplies, holds: /^\/app\/(supplies|scan)/ },
  { name: 'list', href: urls.list, holds: /^\/app\/list/ },
  { name: 'orders', href: urls.orders, holds: /^\/app\/(orders|approvals|cases)/ },
  { name: 'more', href: urls.more, holds: /^\/app\/(more|mandates|statement|devices|members|data)/ },
];

/** @param waiting how many orders wait for an answer */
export function Navigation({ waiting }: { readonly waiting: number }) {
  const t = useWords(words);
  const { path } = useLocation();
  return (
    <nav class="navigation" aria-label={t.navigation}>
      <ul>
        {places.map(({ name, href, holds }) => (
          <li key={name}>
            <a href={href} aria-current={holds.test(path) ? 'page' : undefined}>
              <span class="navigation-icon">
                <Icon name={name} />
                {name === 'orders' && waiting > 0 && (
                  <span class="navigation-count" aria-hidden="true">
                    {waiting}
                  </span>
                )}
              </span>
              <span>{t[name]}</span>
              {name === 'orders' && waiting > 0 && <span class="only-heard">, {t.waiting(waiting)}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
