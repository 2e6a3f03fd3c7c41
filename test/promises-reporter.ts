import { relative } from 'node:path';
import type { Reporter, TestModule, TestSpecification, Vitest } from 'vitest/node';
import { promises } from '../shared/promises.ts';

/**
 * Fails a run of all tests in which a walk that proves a promise of the policy (shared/promises.ts) did not run or
 * proved nothing. A run of some files, some names, a shard or what changed is not looked at: it does not claim to be all.
 */
export class PromisesReporter implements Reporter {
  private vitest?: Vitest;
  private isWhole = false;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    const all = await this.vitest!.globTestSpecifications();
    this.isWhole = specifications.length >= all.length && !this.vitest!.getGlobalTestNamePattern();
  }

  onTestRunEnd(modules: readonly TestModule[], _errors: unknown, reason: string): void {
    if (!this.isWhole || reason === 'interrupted') return;
    const { root } = this.vitest!.config;
    const ran = new Map(modules.map((module) => [relative(root, module.moduleId), statesOf(module)]));
    const missing = unproven(
      promises.flatMap(({ walks }) => walks),
      ran,
    );
    if (missing.length === 0) return;
    this.vitest!.logger.error(`\nThe promises of the policy are not proved by this run: ${missing.join('; ')}.\n`);
    process.exitCode = 1;
  }
}

export type State = 'passed' | 'failed' | 'skipped' | 'pending';

/** What is the matter with each walk that proves nothing; none where each has a test that passed. */
export const unproven = (walks: readonly string[], ran: ReadonlyMap<string, readonly State[]>): string[] =>
  [...new Set(walks)].flatMap((walk) => {
    const states = ran.get(walk);
    if (!states) return [`${walk} did not run`];
    if (states.includes('passed')) return [];
    const isSkipped = states.length > 0 && states.every((state) => state === 'skipped');
    return [isSkipped ? `${walk} was skipped` : `${walk} has no test that passed`];
  });

const statesOf = (module: TestModule): State[] => [...module.children.allTests()].map((test) => test.result().state);
