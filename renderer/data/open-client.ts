import type { contract } from '../../shared/contract/contract.ts';
import { type Client, type Line, clientBy } from '../../shared/contract/wire.ts';

// Filled in by the build from the contract. Answers were parsed at the kernel's door: a page carries no shapes.
declare const __CALLS__: readonly string[];
declare const __TOPICS__: readonly string[];

export function openClient(line: Line): Client<typeof contract> {
  return clientBy<typeof contract>({ calls: __CALLS__, topics: __TOPICS__ }, line);
}
