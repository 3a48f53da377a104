import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Rehearsal, RehearsalStanding } from '../../shared/contract/rehearsal.ts';
import type { LawBook } from '../../shared/domain/law/book.ts';
import type { Instant } from '../../shared/lib/instants.ts';
import { type Result, ok, refused } from '../../shared/lib/result.ts';
import { workerFile } from '../dialer/weigh-aside.ts';
import type { Home } from '../dialer/work.ts';
import type { Progress, RehearsalOrder } from './order.ts';

/** What a rehearsing thread says. */
export type FromWorker =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'told'; readonly told: Result<Rehearsal, string> };

export interface RehearsalWish {
  readonly campaignId: number;
  readonly from: Instant;
  readonly hours: number;
  readonly agents: number;
  readonly seed: string;
}

/** The rehearsals of one workspace: one at a time, on a thread of its own, and the last result of each campaign. */
export interface Rehearsals {
  /** Begins one. Refused with a sentence while another runs. */
  start(wish: RehearsalWish): Result<null, string>;
  standing(campaignId: number): RehearsalStanding;
  /** Ends the one that runs, and forgets it. Nothing where none does. */
  cancel(campaignId: number): Promise<void>;
  close(): Promise<void>;
}

export interface RehearsalsParts {
  readonly file: string;
  readonly kind: 'practice' | 'live';
  readonly home: Home;
  readonly law: LawBook;
  readonly log: (line: string, error?: unknown) => void;
}

interface Running {
  readonly campaignId: number;
  readonly worker: Worker;
  readonly ended: Promise<void>;
}

export function openRehearsals({ file, kind, home, law, log }: RehearsalsParts): Rehearsals {
  const standings = new Map<number, RehearsalStanding>();
  let running: Running | null = null;
  // Beside the workspace, because the copy holds what it holds: its folder is as private, and on the same disk.
  const folder = join(dirname(file), 'rehearsal');
  const clear = () => rmSync(folder, { recursive: true, force: true });
  // What a crash in the middle of a rehearsal left behind.
  if (file !== ':memory:') clear();

  const begin = (wish: RehearsalWish): Running => {
    const { campaignId } = wish;
    mkdirSync(folder, { recursive: true });
    const order: RehearsalOrder = {
      ...wish,
      file,
      folder,
      home,
      rules: law.rules,
      closures: law.closures,
      isPractice: kind === 'practice',
    };
    const worker = new Worker(workerFile('rehearse-worker', import.meta.url), { workerData: order });
    worker.on('message', (message: FromWorker) => standings.set(campaignId, standingFrom(message)));
    worker.on('error', (error) => {
      log(`the rehearsal of campaign ${campaignId} broke off`, error);
      standings.set(campaignId, { kind: 'failed', sentence: BROKE_OFF });
    });
    const ended = new Promise<void>((resolve) => {
      worker.once('exit', () => {
        running = null;
        clear();
        // Ended by us, or by the machine, before it could tell anything.
        if (standings.get(campaignId)?.kind === 'running') standings.delete(campaignId);
        resolve();
      });
    });
    return { campaignId, worker, ended };
  };

  const end = async () => {
    const ending = running;
    if (ending === null) return;
    await ending.worker.terminate();
    await ending.ended;
  };

  return {
    start(wish) {
      if (file === ':memory:') return refused('This workspace is in no file, so there is nothing to copy.');
      if (running !== null)
        return refused('Another rehearsal is running. Wait for it, or stop it; then start this one.');
      standings.set(wish.campaignId, { kind: 'running', share: 0, at: null });
      running = begin(wish);
      return ok(null);
    },
    standing: (campaignId) => standings.get(campaignId) ?? { kind: 'none' },
    async cancel(campaignId) {
      if (running?.campaignId === campaignId) await end();
    },
    close: end,
  };
}

const BROKE_OFF =
  'The rehearsal broke off by an error of ours. Nobody was rung and nothing was changed; try again.';

function standingFrom(message: FromWorker): RehearsalStanding {
  if (message.kind === 'progress') return { kind: 'running', ...message.progress };
  const { told } = message;
  return told.ok ? { kind: 'done', rehearsal: told.value } : { kind: 'failed', sentence: told.error };
}
