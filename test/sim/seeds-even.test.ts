import { vi } from 'vitest';
import { proveSeeds } from './proven.ts';

// Half a second each, and more where the machine has other things to do.
vi.setConfig({ testTimeout: 120_000 });

proveSeeds(2, 2, 50);
