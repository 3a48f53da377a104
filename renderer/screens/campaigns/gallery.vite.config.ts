import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Only for looking at the campaign screens without an engine:
// `vite --config renderer/screens/campaigns/gallery.vite.config.ts`, then
// /screens/campaigns/gallery.html#/campaigns/1?tab=why. `?as=agent`, `?with=nothing` and `?with=trouble` show others.
export default defineConfig({
  root: 'renderer',
  cacheDir: '../node_modules/.cache/campaign-gallery',
  plugins: [react(), tailwindcss()],
  server: { host: '127.0.0.1', port: 5199, strictPort: true, hmr: false },
});
