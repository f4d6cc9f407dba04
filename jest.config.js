const shared = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  extensionsToTreatAsEsm: [],
  testPathIgnorePatterns: ['/node_modules/', '/.data/'],
};

/**
 * `unit`: everything without a browser, on the embedded store; `cosmos`: the journeys once more on Cosmos DB; `e2e`:
 * Chromium against the Agents Playground.
 */
export default {
  // Bounds only end a test that hangs: on a busy machine everything takes longer.
  testTimeout: 30_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/tests/**/*.test.ts'],
      testPathIgnorePatterns: [...shared.testPathIgnorePatterns, '/tests/e2e/'],
    },
    {
      ...shared,
      displayName: 'cosmos',
      testMatch: ['<rootDir>/tests/journeys/**/*.test.ts'],
      setupFilesAfterEnv: ['<rootDir>/tests/harness/cosmos/useCosmos.ts'],
    },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'] },
  ],
};
