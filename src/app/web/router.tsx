import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Navigate } from '@tanstack/react-router';
import { useCan } from '#platform/me.tsx';
import type { Screen } from '#platform/screen.ts';
import { parseSearch, stringifySearch } from '#platform/search-params.ts';
import { Crashed } from './ErrorBoundary.tsx';
import { NotHere } from './NotHere.tsx';
import { Shell } from './Shell.tsx';
import { allScreens } from './screens.ts';

const root = createRootRoute({ component: Shell, notFoundComponent: NotHere });

function Home() {
  const can = useCan();
  const own = allScreens.find((screen) => screen.home && can(screen.home));
  const first = own ?? allScreens.find((screen) => screen.listed && (!screen.needs || can(screen.needs)));
  return first ? <Navigate to={pathOf(first)} replace /> : <NotHere />;
}

/** A screen's address without its optional parts. */
export const pathOf = (screen: Screen): string => screen.path.replace(/\/\{-\$\w+\}/g, '');

const home = createRoute({ getParentRoute: () => root, path: '/', component: Home });
const pages = allScreens.map((screen) =>
  createRoute({ getParentRoute: () => root, path: screen.path, component: lazyRouteComponent(screen.load, 'Screen') }),
);

export const router = createRouter({
  routeTree: root.addChildren([home, ...pages]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultErrorComponent: ({ reset }) => <Crashed onReopen={reset} />,
  scrollRestoration: true,
});
