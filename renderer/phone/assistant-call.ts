/** What the page of a test call is told by the screen around it. */
export type ToAssistantPage =
  | {
      readonly kind: 'start';
      readonly publicKey: string;
      readonly assistant: string;
      readonly variables: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'end' };

/** What it tells the screen. */
export type FromAssistantPage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'talking' }
  | { readonly kind: 'said'; readonly by: 'assistant' | 'you'; readonly words: string }
  | { readonly kind: 'over'; readonly trouble: string | null };

/** The little of Vapi’s own library that a test call takes. */
export interface WebVapi {
  on(event: 'call-start' | 'call-end', listener: () => void): unknown;
  on(event: 'message' | 'error', listener: (told: unknown) => void): unknown;
  start(assistant: string, overrides: { variableValues: Readonly<Record<string, string>> }): Promise<unknown>;
  stop(): Promise<void>;
}

/** Talks to an assistant until one of the two has had enough. Answers the way to end it; it is told once that it is over. */
export function talkTo(
  vapi: WebVapi,
  { assistant, variables }: Pick<Extract<ToAssistantPage, { kind: 'start' }>, 'assistant' | 'variables'>,
  tell: (told: FromAssistantPage) => void,
): () => Promise<void> {
  let isOver = false;
  const over = (trouble: string | null) => {
    if (isOver) return;
    isOver = true;
    tell({ kind: 'over', trouble });
    void vapi.stop().catch(() => {});
  };
  vapi.on('call-start', () => {
    if (!isOver) tell({ kind: 'talking' });
  });
  vapi.on('call-end', () => over(null));
  vapi.on('error', (error) => over(troubleIn(error)));
  vapi.on('message', (message) => {
    const said = saidIn(message);
    if (said !== null && !isOver) tell(said);
  });
  vapi.start(assistant, { variableValues: variables }).then(
    // Nothing was begun, and no event says so.
    (call) => (call === null ? over(NOT_BEGUN) : undefined),
    (error: unknown) => over(troubleIn(error)),
  );
  return async () => over(null);
}

const NOT_BEGUN =
  'The call could not begin: the microphone was not allowed, or Vapi cannot be reached. Nothing else was done.';

/** A line that is final; what is still being said changes with every word. */
function saidIn(message: unknown): Extract<FromAssistantPage, { kind: 'said' }> | null {
  const { type, transcriptType, role, transcript } = fieldsOf(message);
  if (type !== 'transcript' || transcriptType !== 'final' || typeof transcript !== 'string') return null;
  return { kind: 'said', by: role === 'assistant' ? 'assistant' : 'you', words: transcript };
}

function troubleIn(error: unknown): string {
  const { message, error: inner } = fieldsOf(error);
  const words = typeof message === 'string' ? message : fieldsOf(inner)['message'];
  return typeof words === 'string' && words !== '' ? `The call ended: ${words.slice(0, 200)}` : NOT_BEGUN;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
