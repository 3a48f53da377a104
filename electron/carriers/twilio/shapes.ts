import { z } from 'zod';

/* What Twilio answers, as far as we read it. Unknown fields are let pass; a missing one makes an answer unclear. */

const text = z.string().nullish();

export const callShape = z.object({
  sid: z.string().regex(/^CA[0-9a-f]{32}$/i),
  status: z.string(),
  to: text,
  from: text,
  direction: text,
  date_created: text,
  date_updated: text,
  start_time: text,
  end_time: text,
  duration: text,
  price: text,
  price_unit: text,
  answered_by: text,
});
export type TwilioCall = z.output<typeof callShape>;

export const participantShape = z.object({
  call_sid: z.string().regex(/^CA[0-9a-f]{32}$/i),
  conference_sid: z.string(),
  label: text,
  status: text,
  hold: z.boolean().nullish(),
  muted: z.boolean().nullish(),
  date_created: text,
});
export type TwilioParticipant = z.output<typeof participantShape>;

export const conferenceShape = z.object({ sid: z.string(), friendly_name: z.string(), status: text });
export type TwilioConference = z.output<typeof conferenceShape>;

export const recordingShape = z.object({
  sid: z.string(),
  call_sid: text,
  status: text,
  duration: text,
  channels: z.number().nullish(),
  date_created: text,
  start_time: text,
  error_code: z.number().nullish(),
});
export type TwilioRecording = z.output<typeof recordingShape>;

export const numberShape = z.object({ phone_number: z.string(), friendly_name: text });
export const balanceShape = z.object({ balance: z.string(), currency: z.string() });
export const accountShape = z.object({ sid: z.string(), status: text, type: text, friendly_name: text });

/** A page of a list: where the next one is, and its rows under `key`. A row that we cannot read is left out. */
export function pageOf<T>(
  body: unknown,
  key: string,
  row: z.ZodType<T>,
): { rows: T[]; next: string | null } | null {
  const page = z.object({ [key]: z.array(z.unknown()), next_page_uri: z.string().nullish() }).safeParse(body);
  if (!page.success) return null;
  const rows = (page.data[key] as unknown[]).flatMap((each) => {
    const read = row.safeParse(each);
    return read.success ? [read.data] : [];
  });
  const next = page.data['next_page_uri'];
  return { rows, next: typeof next === 'string' && next !== '' ? next : null };
}

/** Both kinds of error body: the old one, and the one of RFC 9457. */
export function errorCodeOf(body: unknown): number | null {
  const read = z.object({ code: z.coerce.number().int() }).safeParse(body);
  return read.success ? read.data.code : null;
}
