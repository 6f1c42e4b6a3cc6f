/** All layers run in one call; a layer alone: `npx jest test/contract`. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  setupFiles: ['reflect-metadata'],
  testTimeout: 30000,
  transform: { '^.+\\.ts$': ['@swc/jest', require('./scripts/swc-options.js')] },
};
