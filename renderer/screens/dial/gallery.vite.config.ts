import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Only for looking at the Dial screen without an engine:
// `vite --config renderer/screens/dial/gallery.vite.config.ts`, then /screens/dial/gallery.html?state=connected.
export default defineConfig({
  root: 'renderer',
  cacheDir: '../node_modules/.cache/dial-gallery',
  plugins: [react(), tailwindcss()],
  server: { host: '127.0.0.1', port: 5198, strictPort: true, hmr: false },
});
