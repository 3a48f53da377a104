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
import { CampaignPage } from './screens/campaigns/page/CampaignPage.tsx';
import { CAMPAIGN_TABS, type CampaignTab } from './screens/campaigns/page/tabs.ts';
import { SetupScreen } from './screens/campaigns/setup/SetupScreen.tsx';
import { SETUP_STEPS, type SetupStep } from './screens/campaigns/setup/steps.ts';
import { DialScreen } from './screens/dial/DialScreen.tsx';
import { ImportPage } from './screens/lists/imports/ImportPage.tsx';
import { NewImport } from './screens/lists/imports/NewImport.tsx';
import { ContactPage } from './screens/lists/contact/ContactPage.tsx';
import { ListsScreen } from './screens/lists/ListsScreen.tsx';
import { LISTS_TABS, type ListsTab } from './screens/lists/tabs.ts';
import { LiveScreen } from './screens/live/LiveScreen.tsx';
import { ReportsScreen } from './screens/reports/ReportsScreen.tsx';
import { reportSearch } from './screens/reports/use-question.ts';
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

/** An address with another thing in place of the number asks for campaign 0, which is told not to exist. */
const campaignId = {
  parse: ({ id }: { id: string }) => ({ id: Number.isInteger(Number(id)) ? Number(id) : 0 }),
  stringify: ({ id }: { id: number }) => ({ id: String(id) }),
};

const toDial = () => <Navigate to="/dial" replace />;

// What an address asks for and nobody has is answered with `undefined`: left out, the router would hand on the
// word as it was typed.
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
    validateSearch: (
      search: Record<string, unknown>,
    ): { archived?: true | undefined; making?: true | undefined } => ({
      archived: search.archived === true ? true : undefined,
      making: search.making === true ? true : undefined,
    }),
    component: guarded('The campaigns', CampaignsScreen),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/campaigns/$id',
    params: campaignId,
    validateSearch: (
      search: Record<string, unknown>,
    ): { tab?: CampaignTab | undefined; rule?: string | undefined; contact?: number | undefined } => ({
      tab: CAMPAIGN_TABS.find((each) => each === search.tab),
      rule: typeof search.rule === 'string' ? search.rule : undefined,
      contact: typeof search.contact === 'number' ? search.contact : undefined,
    }),
    component: guarded('This campaign', CampaignPage),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/campaigns/$id/setup',
    params: campaignId,
    validateSearch: (search: Record<string, unknown>): { step?: SetupStep | undefined } => ({
      step: SETUP_STEPS.find((each) => each === search.step),
    }),
    component: guarded('Setting up', SetupScreen),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/lists',
    validateSearch: (
      search: Record<string, unknown>,
    ): { filter?: string | undefined; sort?: string | undefined; tab?: ListsTab | undefined } => ({
      filter: typeof search.filter === 'string' && search.filter !== '' ? search.filter : undefined,
      sort: typeof search.sort === 'string' ? search.sort : undefined,
      tab: LISTS_TABS.find((each) => each === search.tab),
    }),
    component: guarded('The lists', ListsScreen),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/lists/contact/$id',
    params: campaignId,
    component: guarded('This contact', ContactPage),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/lists/import',
    validateSearch: (
      search: Record<string, unknown>,
    ): { file?: string | undefined; step?: 'map' | undefined } => ({
      file: typeof search.file === 'string' ? search.file : undefined,
      step: search.step === 'map' ? 'map' : undefined,
    }),
    component: guarded('The import', NewImport),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/lists/import/$id',
    params: campaignId,
    validateSearch: (search: Record<string, unknown>): { group?: string | undefined } => ({
      group: typeof search.group === 'string' ? search.group : undefined,
    }),
    component: guarded('This import', ImportPage),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/calls',
    validateSearch: (
      search: Record<string, unknown>,
    ): {
      call?: number | undefined;
      filter?: string | undefined;
      sort?: string | undefined;
      tab?: 'events' | undefined;
    } => ({
      call: typeof search.call === 'number' ? search.call : undefined,
      filter: typeof search.filter === 'string' && search.filter !== '' ? search.filter : undefined,
      sort: typeof search.sort === 'string' ? search.sort : undefined,
      tab: search.tab === 'events' ? 'events' : undefined,
    }),
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
    validateSearch: reportSearch,
    component: guarded('The reports', ReportsScreen),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/settings',
    validateSearch: (
      search: Record<string, unknown>,
    ): { section?: (typeof SETTINGS_SECTIONS)[number] | undefined } => ({
      section: SETTINGS_SECTIONS.find((each) => each === search.section),
    }),
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
