// Real browser, real server, real PostgreSQL. `cargo xtask test` sets the environment:
//   TABLEORDER_BIN, WEB_DIR, TEST_DATABASE_URL, CHROMIUM
import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';

const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.mjs',
  testIgnore: process.env.SCREENS ? [] : ['screens.spec.mjs'],
  outputDir: 'test-results',
  timeout: 90_000,
  expect: { timeout: 10_000 },
  globalSetup: './support/setup.mjs',
  // Tests share nothing: each has a server, a database and a browser profile of its own.
  workers: Number(process.env.WORKERS ?? Math.min(4, availableParallelism())),
  fullyParallel: true,
  forbidOnly: true,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        ...sandbox,
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
