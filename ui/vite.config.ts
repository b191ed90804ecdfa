import { paraglideVitePlugin } from "@inlang/paraglide-js";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const words = () =>
  paraglideVitePlugin({
    project: "./project.inlang",
    outdir: "./src/lib/paraglide",
    strategy: ["globalVariable", "baseLocale"],
  });

export default defineConfig(({ command, mode }) => ({
  base: "./",
  // The scripts compile the words first; while developing they follow every change.
  plugins: [command === "serve" && mode !== "test" ? words() : undefined, svelte()],
  resolve: {
    alias: [
      { find: "$lib", replacement: path("./src/lib") },
      { find: "$components", replacement: path("./src/components") },
      // Only the compiled messages name it so.
      { find: /^\.\.\/registry\.js$/, replacement: path("./src/lib/domain/plural.ts") },
    ],
  },
  build: {
    target: ["safari16.4", "chrome110"],
    // The content security policy allows no data: fonts or scripts, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    // The development host (`cargo xtask dev`) answers the same calls over loopback HTTP.
    proxy: { "/rpc": process.env["DESKBELL_DEV_HOST"] ?? "http://127.0.0.1:4310" },
  },
  test: { include: ["tests/**/*.test.ts"] },
}));
