import { z } from 'zod';
import { DENSITIES, THEMES } from '../domain/preferences.ts';
import { ROLES } from '../domain/people.ts';
import type { Instant } from '../lib/instants.ts';

/** Shapes that more than one group of the contract uses. */

export const nothing = z.undefined();

export const instantShape = z.number().int() as unknown as z.ZodType<Instant, Instant>;

export const idShape = z.number().int().positive();

export const attemptIdShape = z.uuid();

export const nameShape = z.string().trim().min(1, 'A name is needed.').max(120);

/** Notes are plain text; longer than this is a document, not a note. */
export const noteShape = z.string().max(20_000);

export const pinShape = z.string().regex(/^\d{4,12}$/, 'A PIN has 4 to 12 digits.');

export const roleShape = z.enum(ROLES);

export const personShape = z.object({ id: idShape, name: z.string(), role: roleShape, hasPin: z.boolean() });

export const preferencesShape = z.object({
  theme: z.enum(THEMES),
  density: z.enum(DENSITIES),
  singleKeys: z.boolean(),
  quietOnConnect: z.boolean(),
  sounds: z.boolean(),
  idleLockMinutes: z.number().int().min(0).max(240),
  rebound: z.record(z.string().max(60), z.string().min(1).max(40)),
});

export const workspaceShape = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['practice', 'live']),
});
