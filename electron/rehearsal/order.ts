import type { Closure, Rule } from '../../shared/domain/law/rule.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import type { Home } from '../dialer/work.ts';

/** What is to be rehearsed. Data alone, so that it can travel to a thread. */
export interface RehearsalOrder {
  /** The workspace's database: it is copied, and nothing is written to it. */
  readonly file: string;
  /** An empty folder for the copy; whoever made it removes it. */
  readonly folder: string;
  readonly campaignId: number;
  readonly from: Instant;
  readonly hours: number;
  readonly agents: number;
  readonly seed: string;
  readonly home: Home;
  readonly rules: readonly Rule[];
  readonly closures: readonly Closure[];
  /** In practice the numbers set aside for fiction do what they always do there. */
  readonly isPractice: boolean;
}

export interface Progress {
  /** From 0 to 1. */
  readonly share: number;
  readonly at: Instant;
}
