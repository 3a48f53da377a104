import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
} from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { Frame } from './frame/Frame.tsx';
import { Gate } from './frame/Gate.tsx';
import { CallsScreen } from './screens/calls/CallsScreen.tsx';
import { CampaignsScreen } from './screens/campaigns/CampaignsScreen.tsx';
import { DialScreen } from './screens/dial/DialScreen.tsx';
import { ListsScreen } from './screens/lists/ListsScreen.tsx';
import { LiveScreen } from './screens/live/LiveScreen.tsx';
import { ReportsScreen } from './screens/reports/ReportsScreen.tsx';
import { SETTINGS_SECTIONS, SettingsScreen } from './screens/settings/SettingsScreen.tsx';
import { Boundary } from './ui/ErrorState.tsx';

const root = createRootRoute({
  component: () => (
    <Gate>
      <Frame />
    </Gate>
  ),
  notFoundComponent: () => <Navigate to="/dial" replace />,
});

/** A screen that breaks says so in its own place; the frame and any call stay. */
function guarded(name: string, Screen: ComponentType) {
  return function Guarded() {
    return (
      <Boundary name={name}>
        <Screen />
      </Boundary>
    );
  };
}

const toDial = () => <Navigate to="/dial" replace />;

const routes = [
  createRoute({ getParentRoute: () => root, path: '/', component: toDial }),
  // First run shows itself wherever one is; once it is over its address leads to the desk.
  createRoute({ getParentRoute: () => root, path: '/welcome', component: toDial }),
  createRoute({
    getParentRoute: () => root,
    path: '/dial',
    component: guarded('The Dial screen', DialScreen),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/campaigns',
    component: guarded('The campaigns', CampaignsScreen),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/lists',
    validateSearch: (search: Record<string, unknown>): { search?: string } =>
      typeof search.search === 'string' && search.search !== '' ? { search: search.search } : {},
    component: guarded('The lists', ListsScreen),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/calls',
    validateSearch: (search: Record<string, unknown>): { call?: number } =>
      typeof search.call === 'number' ? { call: search.call } : {},
    component: guarded('The call list', CallsScreen),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/live',
    component: guarded('The live board', LiveScreen),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/reports',
    component: guarded('The reports', ReportsScreen),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/settings',
    validateSearch: (search: Record<string, unknown>): { section?: (typeof SETTINGS_SECTIONS)[number] } => {
      const section = SETTINGS_SECTIONS.find((each) => each === search.section);
      return section === undefined ? {} : { section };
    },
    component: guarded('The settings', SettingsScreen),
  }),
] as const;

export function createParleyRouter() {
  return createRouter({
    routeTree: root.addChildren(routes),
    history: createHashHistory(),
    defaultPreload: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createParleyRouter>;
  }
}
