import type { Answer } from '../http.ts';

export function refusal(
  status: number,
  message: string,
  errors?: readonly { field: string; message: string; code: string }[],
): Answer {
  return { status, json: { message, ...(errors !== undefined && { errors }) } };
}
