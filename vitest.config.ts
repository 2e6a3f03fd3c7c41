import { configDefaults, defineConfig } from 'vitest/config';
import { PromisesReporter } from './test/promises-reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    isolate: false,
    // A stack and a browser keep two cores busy; two of each make tests slower, and what measures memory or time fail.
    maxWorkers: 1,
    reporters: [...configDefaults.reporters, new PromisesReporter()],
    // Handlers that a test calls in this process; functions in the local stack have the template's environment.
    env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
