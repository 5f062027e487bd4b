import hooks from "eslint-plugin-react-hooks";
import { readdirSync } from "node:fs";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

// Imports point one way: app > features > shared. Features do not know each other.
const features = readdirSync(new URL("./src/features", import.meta.url));
const noApp = { group: ["@/app/*"], message: "Only the app knows the app." };
const noFeatures = { group: ["@/features/*"], message: "Shared code knows no feature." };
const noOthers = (feature) => ({
  group: ["@/features/*", `!@/features/${feature}`],
  message: "Features do not import features; share through @/shared.",
});
const forbid = (...patterns) => ({ "no-restricted-imports": ["error", { patterns }] });

export default defineConfig(
  { ignores: ["node_modules", "src/shared/api/schema.d.ts"] },
  tseslint.configs.strict,
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { "react-hooks": hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      "max-lines": ["error", { max: 250, skipBlankLines: true }],
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Text goes into text nodes." },
        { property: "outerHTML", message: "Text goes into text nodes." },
        { property: "insertAdjacentHTML", message: "Text goes into text nodes." },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: "Prompts, answers and names are text, never markup.",
        },
      ],
    },
  },
  { files: ["src/shared/**"], rules: forbid(noApp, noFeatures) },
  ...features.map((feature) => ({
    files: [`src/features/${feature}/**`],
    rules: forbid(noApp, noOthers(feature)),
  })),
);
