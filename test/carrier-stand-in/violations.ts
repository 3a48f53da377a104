import type { z } from 'zod';
import type { CarrierName } from './truth.ts';

/** Something that was said in a way the carrier’s API does not know: by the app, or by this stand-in. */
export interface Violation {
  readonly carrier: CarrierName;
  readonly by: 'request' | 'answer' | 'hook';
  /** `POST /call`, or the kind of event. */
  readonly where: string;
  /** Whose shape it broke: ours, or the carrier’s own document. */
  readonly against: 'shape' | 'openapi';
  readonly what: string;
}

export interface Violations {
  readonly all: readonly Violation[];
  add(violation: Violation): void;
  /** Holds a value against a shape of ours. */
  check(value: unknown, shape: z.ZodType, about: Omit<Violation, 'against' | 'what'>): void;
  clear(): void;
}

const TOLD_MAX = 500;

export function openViolations(): Violations {
  const all: Violation[] = [];
  const add = (violation: Violation) => void (all.length < TOLD_MAX && all.push(violation));
  return {
    all,
    add,
    check(value, shape, about) {
      const read = shape.safeParse(value);
      for (const issue of read.error?.issues ?? [])
        add({ ...about, against: 'shape', what: `${issue.path.join('.') || 'all of it'}: ${issue.message}` });
    },
    clear: () => void all.splice(0),
  };
}
