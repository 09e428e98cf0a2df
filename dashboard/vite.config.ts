import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** `npm run build` and every start that finds other sources: the dashboard as files in `dashboard/dist`. */
export default defineConfig({
  root: import.meta.dirname,
  base: "/dashboard/",
  publicDir: false,
  plugins: [react(), tailwindcss()],
  logLevel: "warn",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: ["chrome123", "firefox120", "safari17.5"],
    // The policy of the page lets no picture come from its own text.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
