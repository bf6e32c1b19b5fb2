import { readFileSync } from "node:fs";
import js from "@eslint/js";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import jsdoc from "eslint-plugin-jsdoc";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const { rooms, inner } = JSON.parse(readFileSync(new URL("rooms.json", import.meta.url), "utf8"));
const names = Object.keys(rooms);
const folders = names.filter((name) => !name.endsWith(".ts"));

/** One zone for each wall of rooms.json: what a room may not import, and why. */
const walls = names
  .filter((name) => !rooms[name].mayImport.includes("*"))
  .flatMap((name) => {
    const allowed = new Set(rooms[name].mayImport);
    return [...names, "test"]
      .filter((other) => other !== name && !allowed.has(other))
      .map((other) => ({
        target: `./${name}`,
        from: `./${other}`,
        except: [...allowed]
          .filter((it) => it.startsWith(`${other}/`))
          .map((it) => `./${it.slice(other.length + 1)}`),
        message: `${name} may import only: ${[...allowed].join(", ") || "nothing"} (rooms.json).`,
      }));
  });
const innerWalls = inner.map(({ target, notFrom }) => ({
  target: `./${target}`,
  from: notFrom.map((it) => `./${it}`),
  message: `${target} does not know ${notFrom.join(", ")} (rooms.json).`,
}));

export default defineConfig(
  globalIgnores([
    "dist/",
    "coverage/",
    "**/cdktf.out/",
    "**/*.config.*",
    "bin/",
    "**/.armstead/",
    "test/fixtures/",
    "examples/own-deployment/",
  ]),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [createTypeScriptImportResolver()],
    },
    rules: {
      "max-depth": ["error", 3],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "import-x/no-unresolved": "error",
      "import-x/no-extraneous-dependencies": "error",
      "import-x/no-restricted-paths": ["error", { zones: [...walls, ...innerWalls] }],
    },
  },
  {
    files: ["**/*.js", "**/*.mjs"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        require: "readonly",
        module: "writable",
        __dirname: "readonly",
      },
    },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    files: folders.filter((it) => it !== "scripts").map((it) => `${it}/**/*.ts`),
    extends: [jsdoc.configs["flat/recommended-typescript-error"]],
    rules: {
      "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
      "import-x/no-extraneous-dependencies": ["error", { devDependencies: ["**/bench/apps/**"] }],
      "jsdoc/require-jsdoc": [
        "error",
        {
          publicOnly: true,
          enableFixer: false,
          contexts: [
            "TSInterfaceDeclaration",
            "TSTypeAliasDeclaration",
            "TSEnumDeclaration",
            "ExportNamedDeclaration > VariableDeclaration",
          ],
          require: { ClassDeclaration: true, MethodDefinition: true, FunctionDeclaration: true },
        },
      ],
      "jsdoc/require-returns": "off",
      "jsdoc/escape-inline-tags": "off",
      "jsdoc/check-param-names": ["error", { disableMissingParamChecks: true }],
      "jsdoc/require-param": "off",
      "jsdoc/require-throws-type": "off",
    },
  },
  {
    files: ["constructs/l1/**/*.ts"],
    rules: { "max-lines": "off", "max-lines-per-function": "off" },
  },
);
