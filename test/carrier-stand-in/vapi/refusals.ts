import type { Answer } from '../http.ts';

const NAMES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

export function refusal(
  status: number,
  message: string | readonly string[],
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Answer {
  return { status, headers, json: { message, error: NAMES[status] ?? 'Error', statusCode: status, ...more } };
}
