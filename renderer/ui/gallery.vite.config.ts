import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Only for looking at the parts: `vite --config renderer/ui/gallery.vite.config.ts`, then /ui/gallery.html.
export default defineConfig({
  root: 'renderer',
  cacheDir: '../node_modules/.cache/gallery',
  plugins: [react(), tailwindcss()],
  server: { host: '127.0.0.1', port: 5199, strictPort: true },
});
