import { type FromAssistantPage, type ToAssistantPage, type WebVapi, talkTo } from './assistant-call.ts';

// The page of a test call to an assistant, in a frame of its own: Vapi’s web calls load their engine from elsewhere, and
// the screens of Parley load nothing from elsewhere. It knows what the screen around it tells, and nothing more.

type MakeVapi = new (key: string, baseUrl: undefined, engine: { avoidEval: boolean }) => WebVapi;

const tell = (told: FromAssistantPage) => window.parent.postMessage(told, window.location.origin);
let end: () => Promise<void> = async () => {};

window.addEventListener('message', ({ data, origin, source }: MessageEvent<ToAssistantPage>) => {
  if (origin !== window.location.origin || source !== window.parent) return;
  if (data.kind === 'end') void end();
  else void start(data);
});
window.addEventListener('pagehide', () => void end());
tell({ kind: 'ready' });

async function start(wish: Extract<ToAssistantPage, { kind: 'start' }>): Promise<void> {
  await end();
  try {
    // It is published in the old way: what is the class may lie one or two steps down.
    const made = (await import('@vapi-ai/web')) as unknown as { default: MakeVapi | { default: MakeVapi } };
    const Vapi = 'default' in made.default ? made.default.default : made.default;
    const vapi = new Vapi(wish.publicKey, undefined, { avoidEval: true });
    end = talkTo(vapi, wish, tell);
  } catch {
    tell({ kind: 'over', trouble: 'The test call could not be prepared. Reload the page and try again.' });
  }
}
