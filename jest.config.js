/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  transform: {
    "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }],
  },
  // Examples name the package as its users do.
  moduleNameMapper: { "^armstead$": "<rootDir>/constructs/index.ts" },
  globalSetup: "<rootDir>/test/support/temp-setup.ts",
  globalTeardown: "<rootDir>/test/support/temp-teardown.ts",
  modulePathIgnorePatterns: ["<rootDir>/dist", "cdktf.out", "<rootDir>/.armstead"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/e2e/"],
  // Generous: two busy cores make real processes slow, and no test waits for time to pass.
  testTimeout: 60_000,
  restoreMocks: true,
};
