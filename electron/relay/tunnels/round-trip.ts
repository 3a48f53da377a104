import { SECOND_MS } from '../../../shared/lib/instants.ts';

const WAIT_MS = 10 * SECOND_MS;
const NETWORK_MAX = 200;

export type RoundTrip =
  | { readonly kind: 'back'; readonly ms: number }
  | { readonly kind: 'lost'; readonly sentence: string };

/** Goes out to the world and comes back in through the tunnel: only this very relay knows the answer to the nonce. */
export async function roundTrip(base: string, nonce: string, proof: string): Promise<RoundTrip> {
  const begunAt = performance.now();
  try {
    const signal = AbortSignal.timeout(WAIT_MS);
    const answer = await fetch(`${base}/health?n=${nonce}`, { redirect: 'manual', signal });
    const said = (await answer.text()).slice(0, NETWORK_MAX).trim();
    if (answer.ok && said === proof) return { kind: 'back', ms: Math.round(performance.now() - begunAt) };
    return lost(
      answer.ok
        ? 'The address leads somewhere else: another Parley, or another program.'
        : `The tunnel stands, but nothing comes through (HTTP ${answer.status}).`,
    );
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    if (cause?.code === 'ENOTFOUND')
      return lost('The address was not found. It may take a minute to be known.');
    return lost('Nothing comes back through the tunnel.');
  }
}

function lost(sentence: string): RoundTrip {
  return { kind: 'lost', sentence };
}
