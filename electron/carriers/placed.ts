import type { Carrier, PlaceRequest, Placed } from './carrier.ts';

/**
 * Asks for one call and makes sure of the answer. A carrier is not supposed to throw or to say what nobody knows;
 * should it do so, there may be a call, and that leads to a question and never to a dial.
 */
export async function placeCall(
  carrier: Carrier,
  request: PlaceRequest,
  signal: AbortSignal,
): Promise<Placed & { readonly cause?: unknown }> {
  try {
    return understood(await carrier.place(request, signal));
  } catch (cause) {
    return { ...NONSENSE, cause };
  }
}

/** What a carrier answered, as far as it can be understood. */
export function understood(answer: unknown): Placed {
  const placed = answer as Partial<Record<string, unknown>> | null | undefined;
  switch (placed?.kind) {
    case 'placed':
      return isText(placed.callRef) ? (answer as Placed) : NONSENSE;
    case 'refused':
      return isText(placed.sentence) && typeof placed.retry === 'boolean' ? (answer as Placed) : NONSENSE;
    case 'unclear':
      return isText(placed.sentence) ? (answer as Placed) : NONSENSE;
    default:
      return NONSENSE;
  }
}

const NONSENSE: Placed = {
  kind: 'unclear',
  sentence:
    'The carrier’s answer could not be understood. There may be a call; the carrier is asked before anybody is rung again.',
};

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
