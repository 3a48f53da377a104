import { z } from 'zod';
import { instantShape, nothing, personShape, preferencesShape, workspaceShape } from './shapes.ts';
import { ask, tell } from './wire.ts';

export const carrierStateShape = z.object({
  name: z.string(),
  isSimulated: z.boolean(),
  state: z.enum(['ready', 'not-set-up', 'in-trouble']),
  sentence: z.string(),
  /** Where agents talk: nowhere, through a page of ours, or over a phone of their own. */
  voice: z.enum(['nowhere', 'softphone', 'own-phone']).optional(),
});

export const zoneTableShape = z.object({
  version: z.string(),
  since: z.number(),
  clocks: z.string(),
  countries: z.string(),
});

/** What every screen needs to draw its frame. A reload begins with it, exactly as a start does. */
export const helloShape = z.object({
  version: z.string(),
  host: z.enum(['electron', 'browser', 'test']),
  dataDir: z.string(),
  workspace: workspaceShape.nullable(),
  me: personShape.nullable(),
  isLocked: z.boolean(),
  preferences: preferencesShape,
  carrier: carrierStateShape.nullable(),
  /** The kernel's clock: the renderer has none of its own. `speed` is 1 but in practice. */
  now: instantShape,
  speed: z.number(),
  secrets: z.object({ state: z.enum(['keyring', 'session-only', 'none']), sentence: z.string() }),
  /** The release of the time zone data every clock goes by, and why it is doubted, in a sentence. */
  zones: z.object({ release: z.string(), doubt: z.string().nullable() }),
});

export type Hello = z.output<typeof helloShape>;

/** What a commit touched. `ids: null` is "more than could be listed". */
export const changedShape = z.object({
  changes: z.array(
    z.object({ entity: z.string(), ids: z.array(z.union([z.number(), z.string()])).nullable() }),
  ),
});

export const app = {
  hello: ask('anyone', nothing, helloShape),
  /** First run: makes the person and, for "just show me", the practice workspace, and opens it. */
  begin: ask(
    'anyone',
    z.object({ as: z.enum(['agent', 'supervisor', 'show-me']), name: z.string().max(120) }),
    helloShape,
  ),
  /** Zone data newer than this build’s, as the kernel has them: the screens tell the same time. Null: the build’s. */
  zoneTable: ask('anyone', nothing, zoneTableShape.nullable()),
  setPreferences: ask('agent', preferencesShape.partial(), preferencesShape),
  /** Something about the frame is no longer so: ask for `hello` again. */
  helloChanged: tell(z.null()),
  changed: tell(changedShape),
  /** The desktop asks the screen to go somewhere, or to fill the dial box. It never dials. */
  goTo: tell(z.object({ path: z.string() })),
  dialBox: tell(z.object({ text: z.string().max(64) })),
  /** The desktop's menu asks for the sheet of keys. */
  showKeys: tell(z.null()),
};
