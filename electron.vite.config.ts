import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { generate } from './scripts/generate.mjs';
import { contract } from './shared/contract/contract.ts';
import { PHONE_CALLS, PHONE_TOPICS } from './shared/contract/phone.ts';
import { callNames, topicNames } from './shared/contract/wire.ts';

generate(import.meta.dirname);

const at = (path: string) => resolve(import.meta.dirname, path);

/** fflate makes a `require` of its own, and so does the shim of the build: two of one name in a file are an error. */
const oneRequire = {
  name: 'one-require',
  transform(code: string, id: string) {
    if (!id.endsWith('fflate/esm/index.mjs')) return null;
    return code
      .replace("var require = createRequire('/');", "var requireOfNode = createRequire('/');")
      .replace("_a = require('worker_threads')", "_a = requireOfNode('worker_threads')");
  },
};

// Only native modules stay outside the bundle: an unbundled drizzle alone costs half a second of start-up.
const main = {
  plugins: [oneRequire],
  build: {
    externalizeDeps: { exclude: ['drizzle-orm', 'zod', 'luxon', 'ws', 'libphonenumber-js'] },
    rolldownOptions: {
      input: {
        index: at('electron/main.ts'),
        serve: at('electron/serve.ts'),
        cli: at('electron/cli.ts'),
        'weigh-worker': at('electron/dialer/weigh-worker.ts'),
        'replan-worker': at('electron/dialer/replan-worker.ts'),
        'import-worker': at('electron/lists/import-worker.ts'),
        'export-worker': at('electron/contacts/export-worker.ts'),
        'find-worker': at('electron/contacts/find-worker.ts'),
        'report-file-worker': at('electron/reports/report-file-worker.ts'),
        'report-worker': at('electron/reports/report-worker.ts'),
        'sound-worker': at('electron/recordings/sound-worker.ts'),
        'scrub-worker': at('electron/contacts/scrub-worker.ts'),
        'rehearse-worker': at('electron/rehearsal/rehearse-worker.ts'),
      },
    },
    sourcemap: true,
  },
};

// What may be asked and told is read from the contract here, so that no window need carry zod.
const names = {
  __CALLS__: JSON.stringify(callNames(contract)),
  __TOPICS__: JSON.stringify(topicNames(contract)),
};

// The preload is one self-contained CommonJS file, because it runs in the sandbox.
const preload = {
  define: {
    ...names,
    __PHONE_CALLS__: JSON.stringify(PHONE_CALLS),
    __PHONE_TOPICS__: JSON.stringify(PHONE_TOPICS),
  },
  build: {
    externalizeDeps: false,
    rolldownOptions: {
      input: { index: at('electron/preload.ts'), phone: at('electron/desktop/phone-preload.ts') },
      output: { format: 'cjs' as const, entryFileNames: '[name].cjs' },
    },
  },
};

const renderer = {
  root: at('renderer'),
  define: names,
  plugins: [react(), tailwindcss()],
  build: {
    minify: true,
    rolldownOptions: {
      input: {
        index: at('renderer/index.html'),
        phone: at('renderer/phone.html'),
        assistant: at('renderer/assistant.html'),
      },
    },
  },
};

export default defineConfig({ main, preload, renderer });
