// `import 'electron'`, `require('electron')` and the inspector's require all reach our module.
import { registerHooks } from 'node:module';

const url = new URL('./electron.ts', import.meta.url).href;
const isElectron = (name) => name === 'electron' || name === 'electron/main' || name === 'electron/common';

registerHooks({
  resolve: (name, context, next) =>
    isElectron(name) ? { url, format: 'module-typescript', shortCircuit: true } : next(name, context),
});
