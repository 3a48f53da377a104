import { Activity, ChartColumn, History, Megaphone, Phone, Settings, Users } from 'lucide-react';

/** The seven places of the rail, in its order. `keys` is what follows G; the number keys follow the order. */
export const PLACES = [
  { path: '/dial', name: 'Dial', keys: 'g d', icon: Phone },
  { path: '/campaigns', name: 'Campaigns', keys: 'g c', icon: Megaphone },
  { path: '/lists', name: 'Lists', keys: 'g i', icon: Users },
  { path: '/calls', name: 'Calls', keys: 'g l', icon: History },
  { path: '/live', name: 'Live board', keys: 'g b', icon: Activity },
  { path: '/reports', name: 'Reports', keys: 'g r', icon: ChartColumn },
  { path: '/settings', name: 'Settings', keys: 'g s', icon: Settings },
] as const;

export type PlacePath = (typeof PLACES)[number]['path'];

export function placeAt(path: string): (typeof PLACES)[number] | null {
  return PLACES.find((place) => path === place.path || path.startsWith(`${place.path}/`)) ?? null;
}
