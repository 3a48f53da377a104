import { z } from 'zod';

/** Scripts as the campaign's editor and the agent's desk both carry them. */

export const stepKindShape = z.enum(['say', 'objection', 'consent']);

export const branchShape = z.object({ label: z.string().max(80), to: z.string().max(40) });

export const scriptStepShape = z.object({
  /** Names the step within its script, however it is moved or renamed. */
  key: z.string().min(1).max(40),
  kind: stepKindShape,
  title: z.string().max(120),
  text: z.string().max(10_000),
  branches: z.array(branchShape).max(6),
});

export const scriptShape = z.array(scriptStepShape).max(40);

/** A run of script text: words, a field filled in, or a gap with its fallback, never raw braces. */
export const scriptRunShape = z.object({ kind: z.enum(['words', 'field', 'gap']), text: z.string() });
