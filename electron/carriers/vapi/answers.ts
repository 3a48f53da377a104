import { z } from 'zod';

/** A tool of an assistant, as it is called: by its own name, or by that of its function. */
const toolShape = z.object({
  id: z.string(),
  name: z.string().optional().catch(undefined),
  function: z.object({ name: z.string() }).optional().catch(undefined),
});

const askedShape = z.object({
  message: z.object({ type: z.string(), toolCallList: z.array(toolShape).catch([]) }),
});

/**
 * What Vapi is told where a message asks for something. Parley has no tools and no destinations for assistants yet: it
 * says so at once, so that the assistant goes on talking instead of waiting. Null where nothing is asked.
 */
export function vapiAnswer(body: unknown): string | null {
  const asked = askedShape.safeParse(body).data?.message;
  switch (asked?.type) {
    case 'tool-calls':
      return JSON.stringify({
        results: asked.toolCallList.map(({ id, name, function: called }) => ({
          toolCallId: id,
          name: name ?? called?.name ?? '',
          error: 'This cannot be done here. Say that a colleague will see to it.',
        })),
      });
    case 'transfer-destination-request':
    case 'handoff-destination-request':
    case 'assistant-request':
      return JSON.stringify({ error: 'Nobody can be reached just now. A colleague will call back.' });
    case 'campaign.predial':
      return JSON.stringify({ eligible: false });
    default:
      return null;
  }
}
