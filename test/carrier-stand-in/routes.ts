import type { z } from 'zod';
import type { Answer, Asked } from './http.ts';

/** One thing that can be asked of a carrier, what a right question looks like, and what a right answer does. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** As the carrier’s documents have it: `/Calls/{Sid}.json`. */
  readonly path: string;
  readonly query?: z.ZodType;
  readonly form?: z.ZodType;
  readonly json?: z.ZodType;
  /** Of answers in the two hundreds. */
  readonly answer?: z.ZodType;
  readonly run: (asked: Routed) => Answer | Promise<Answer>;
}

export interface Routed extends Asked {
  readonly params: Readonly<Record<string, string>>;
}

export interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export type Router = (method: string, path: string) => Found | null;

export function routerOf(routes: readonly Route[]): Router {
  const known = routes.map((route) => ({ route, ...patternOf(route.path) }));
  return (method, path) => {
    for (const { route, pattern, names } of known) {
      const match = route.method === method ? pattern.exec(path) : null;
      if (match === null) continue;
      return { route, params: Object.fromEntries(names.map((name, nth) => [name, match[nth + 1]!])) };
    }
    return null;
  };
}

function patternOf(path: string): { pattern: RegExp; names: readonly string[] } {
  const names: string[] = [];
  const text = path
    .split(/(\{\w+\})/)
    .map((part) => {
      if (!part.startsWith('{')) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
      names.push(part.slice(1, -1));
      return '([^/]+?)';
    })
    .join('');
  return { pattern: new RegExp(`^${text}$`), names };
}
