import { z } from 'zod';
import { idShape, instantShape, nothing } from './shapes.ts';
import { ask } from './wire.ts';

export const DO_NOT_CALL_KINDS = ['number', 'area-code', 'company', 'domain'] as const;
const kindShape = z.enum(DO_NOT_CALL_KINDS);
const countShape = z.number().int().min(0);
const wordsShape = z.string().trim().max(200);

export const leftAloneShape = z.object({
  id: idShape,
  kind: kindShape,
  /** As it is kept. */
  value: z.string(),
  /** As people write it. */
  shown: z.string(),
  reason: z.string(),
  source: z.string(),
  since: instantShape,
  by: z.string(),
});

export type LeftAlone = z.output<typeof leftAloneShape>;

export const registryShape = z.object({
  id: idShape,
  name: z.string(),
  jurisdiction: z.string(),
  /** Beginnings of the numbers it speaks for; none is all of its jurisdiction. */
  covers: z.array(z.string()),
  asOf: instantShape,
  fileName: z.string(),
  state: z.enum(['reading', 'in-use', 'dropped']),
  numbers: countShape,
  skipped: countShape,
  by: z.string(),
  readAt: instantShape,
  age: z.enum(['fresh', 'ages', 'too-old']),
  sentence: z.string(),
});

export type RegistryRow = z.output<typeof registryShape>;

const id = z.object({ id: idShape });

/** Who is never rung: the workspace's own list, and the registers that the law says to ask. */
export const doNotCall = {
  page: ask(
    'agent',
    z.object({ search: z.string().max(200), kind: kindShape.nullable(), before: idShape.nullable() }),
    z.object({ rows: z.array(leftAloneShape), next: idShape.nullable(), total: countShape }),
  ),
  /** One to a line, or a single one. What cannot be read is told with its line, and the others are added. */
  add: ask(
    'agent',
    z.object({
      kind: kindShape,
      text: z.string().max(900_000),
      reason: wordsShape.min(1, 'Say why, in a few words.'),
      source: wordsShape,
    }),
    z.object({
      added: countShape,
      known: countShape,
      troubles: z.array(z.object({ line: countShape, sentence: z.string() })),
      troubleCount: countShape,
    }),
  ),
  /** Whoever is taken off may be rung again: only a supervisor does it, and says why. */
  remove: ask('supervisor', id.extend({ why: wordsShape.min(1, 'Say why, in a few words.') }), z.null()),
  registries: ask('agent', nothing, z.array(registryShape)),
  /** A register is read in three steps, so that a file of any size passes: begin, its text in pieces, end. */
  beginRegistry: ask(
    'supervisor',
    z.object({
      name: z.string().trim().min(1, 'A register needs a name.').max(80),
      jurisdiction: z
        .string()
        .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'Use a country such as US, or a state such as US-FL.'),
      /** The date the register was made on: `2026-11-01`. */
      asOf: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Use a date such as 2026-11-01.'),
      covers: z.array(z.string().max(20)).max(1000),
      fileName: z.string().max(200),
    }),
    registryShape,
  ),
  /** The next piece of the file. It may end anywhere, even in the middle of a number. */
  addToRegistry: ask('supervisor', id.extend({ text: z.string().max(300_000) }), registryShape),
  /** Puts it in use, and an older one of the same name out of it. */
  endRegistry: ask('supervisor', id, registryShape),
  dropRegistry: ask('supervisor', id, z.null()),
};
