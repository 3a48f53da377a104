import { z } from 'zod';

/* What VoIPStudio answers. There is no official description, and fields differ by plan: all but ids may be missing. */

const id = z.union([z.string().min(1), z.number()]).transform(String);
const someId = id.nullish();
const text = z.string().nullish();
const number = z.coerce.number().nullish().catch(null);

export const createdShape = z.object({ data: z.object({ id, start_time: text }) });

export const legShape = z.object({
  id,
  parent_id: someId,
  state: z.string(),
  src_id: someId,
  dst: text,
  start_time: text,
  connected_at: text,
});
export type Leg = z.output<typeof legShape>;

export const cdrShape = z.object({
  id: someId,
  live_id: someId,
  parent_live_id: someId,
  calldate: text,
  src: text,
  dst: text,
  clid: text,
  duration: number,
  billsec: number,
  disposition: text,
  destination: text,
  charge: number,
});
export type Cdr = z.output<typeof cdrShape>;

export const monitorShape = z.object({ id, timestamp: text, called: text });
export type Monitor = z.output<typeof monitorShape>;

export const userShape = z.object({ data: z.object({ id, email: text }) });

export const errorShape = z.object({
  message: z.string().catch(''),
  errors: z.array(z.object({ field: text, message: text })).catch([]),
});

/** The rows of a list. One that we cannot read is left out; null where it is no list at all. */
export function rowsOf<T>(body: unknown, row: z.ZodType<T>): T[] | null {
  const page = z.object({ data: z.array(z.unknown()) }).safeParse(body);
  if (!page.success) return null;
  return page.data.data.flatMap((each) => {
    const read = row.safeParse(each);
    return read.success ? [read.data] : [];
  });
}
