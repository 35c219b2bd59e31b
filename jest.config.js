/** Jest runs the TypeScript sources through swc as native ES modules; see CONTRIBUTING.md for why not ts-jest. */
export default {
  testEnvironment: 'node',
  // A busy machine is not a failure; what hangs still ends.
  testTimeout: 30_000,
  // A process keeps what the files that it has tested loaded, and past some gigabytes it collects garbage instead of testing.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '800MB',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.build/'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript' },
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
}
