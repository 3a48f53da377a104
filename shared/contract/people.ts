import { z } from 'zod';
import { idShape, nameShape, nothing, personShape, pinShape, roleShape, workspaceShape } from './shapes.ts';
import { instantShape } from './shapes.ts';
import { ask } from './wire.ts';

export const people = {
  list: ask('anyone', nothing, z.array(personShape)),
  add: ask('supervisor', z.object({ name: nameShape, role: roleShape }), personShape),
  change: ask('supervisor', z.object({ id: idShape, name: nameShape, role: roleShape }), personShape),
  /** A person sets their own PIN; an admin may take anyone's away. */
  setPin: ask('agent', z.object({ id: idShape, pin: pinShape.nullable() }), personShape),
  signIn: ask('anyone', z.object({ id: idShape, pin: pinShape.nullable() }), personShape),
  signOut: ask('agent', nothing, z.null()),
  lock: ask('agent', nothing, z.null()),
  unlock: ask('anyone', z.object({ pin: pinShape }), personShape),
  audit: ask(
    'supervisor',
    z.object({ before: idShape.nullable() }),
    z.array(
      z.object({
        id: idShape,
        at: instantShape,
        who: z.string(),
        action: z.string(),
        subject: z.string(),
        before: z.unknown(),
        after: z.unknown(),
      }),
    ),
  ),
};

export const workspaces = {
  list: ask('anyone', nothing, z.array(workspaceShape)),
  open: ask('anyone', z.object({ id: z.string().max(80) }), workspaceShape),
  create: ask('supervisor', z.object({ name: nameShape }), workspaceShape),
};
