import { z } from 'zod';

const made = { id: z.uuid(), orgId: z.uuid(), createdAt: z.iso.datetime(), updatedAt: z.iso.datetime() };

export const AssistantAnswer = z.strictObject({
  ...made,
  name: z.string(),
  firstMessage: z.string(),
  voice: z.strictObject({ provider: z.string(), voiceId: z.string() }),
});

export const PhoneNumberAnswer = z.strictObject({
  ...made,
  provider: z.enum(['twilio', 'vapi']),
  number: z.string(),
  name: z.string(),
  status: z.string(),
});
