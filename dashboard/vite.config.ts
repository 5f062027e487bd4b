import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  // Relative, because the page may be served below any prefix; <base href> tells which.
  base: "./",
  plugins: [react(), tailwindcss()],
  resolve: {
    alias: { "@": at("./src"), "react-style-singleton": at("./stubs/react-style-singleton.ts") },
  },
  build: {
    outDir: at("../src/llm_gateway/web/site/static/dashboard"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2023",
    reportCompressedSize: false,
  },
  test: { include: ["src/**/*.test.ts", "site/**/*.test.ts"] },
});
