import { parseArgs } from 'node:util';
import { dataDirFor } from '../data-dir.ts';
import { linkIn } from '../link-text.ts';

/** What somebody, or a test, said on the command line. */
export interface StartOptions {
  readonly dataDir: string;
  /** How fast practice runs, from 1 to 1000. Live workspaces know one speed. */
  readonly practiceSpeed: number;
  /** Opened at log-in: in the tray, without a window. */
  readonly isHidden: boolean;
  /** A `tel:` link that Parley was started with. */
  readonly link: string | null;
}

/** Chromium's own switches stand among ours, so what is not known is passed over. */
export function startOptions(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): StartOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      data: { type: 'string' },
      'practice-speed': { type: 'string' },
      hidden: { type: 'boolean' },
    },
    allowPositionals: true,
    strict: false,
  });
  const named = typeof values.data === 'string' ? values.data : undefined;
  const speed = Number(values['practice-speed'] ?? 1) || 1;
  return {
    dataDir: dataDirFor(named, env, platform),
    practiceSpeed: Math.min(1000, Math.max(1, speed)),
    isHidden: values.hidden === true,
    link: linkIn(argv),
  };
}
