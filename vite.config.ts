import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The web: `vite build` writes `dist/web`, which the server serves; `vite` in development passes `/api` on to it. */
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // Fonts stay files, so that a page loads only the subsets of the syllables it shows.
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': process.env.HAEDAP_DEV_SERVER ?? 'http://127.0.0.1:3000' } },
});
