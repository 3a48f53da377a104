import type { ElectronApplication, Page } from '@playwright/test';

export type HostKind = 'desktop' | 'browser host';

/** Both hosts serve the same screens from the same kernel, so a journey holds on both or is wrong. */
export const HOSTS: readonly HostKind[] = ['desktop', 'browser host'];

export interface OpenOptions {
  /** How fast practice runs. Waits on the screen stay real, so ten is about the most a hand can follow. */
  readonly speed?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** A Parley that runs, and a page that shows it. */
export interface Running {
  readonly kind: HostKind;
  readonly page: Page;
  readonly dataDir: string;
  /** The process the kernel lives in. */
  readonly pid: number;
  /** Everything its terminal has shown so far. */
  said(): string;
  /** `kill -9`, and gone when this resolves. */
  kill(): Promise<void>;
  /** Ends it as a person would, in a call too. */
  close(): Promise<void>;
}

export interface RunningDesktop extends Running {
  readonly kind: 'desktop';
  readonly app: ElectronApplication;
  /** A policy that was meant to be broken, by a test that tried to. */
  forgive(trouble: RegExp): void;
}

export interface RunningBrowserHost extends Running {
  readonly kind: 'browser host';
  readonly port: number;
}

/** A Parley that had something to say and ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
