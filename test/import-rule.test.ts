import { resolve } from 'node:path';
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { expect, test } from 'vitest';

const forbid = (name: string, from: string, to: string, notTo?: string): IForbiddenRuleType => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: to, pathNot: notTo },
});

const leafFolders = 'mail|members|optouts|deliveries|letters|evidence';
/** Between the two: a request opens recalls, and a check of clearance remembers what they may have to recall. */
const middleFolders = 'recalls';
const upperFolders = 'requests|notices|clearance|exports';

/** Who may import whom. The names are the sentences that a failing run prints. */
const rules: IForbiddenRuleType[] = [
  forbid('a function imports no other function', '^functions/([^/]+)/', '^functions/', '^functions/$1/'),
  forbid('a function never imports infra', '^functions/', '^infra/'),
  forbid('shared imports nothing above it', '^shared/', '^(functions|infra|test)/'),
  forbid(
    'the CDK app knows of shared only the names of variables',
    '^infra/[^/]+$|^infra/constructs/',
    '^shared/',
    '^shared/env\\.ts$',
  ),
  forbid('the CDK app names functions by path', '^infra/[^/]+$|^infra/constructs/', '^functions/'),
  forbid('the CDK app does not know how it is run', '^infra/[^/]+$|^infra/constructs/', '^infra/(local|commands)/'),
  forbid('the local stack knows the template, never the domain', '^infra/local/', '^(shared|functions)/'),
  forbid('commands reach the system through shared', '^infra/commands/', '^functions/'),
  forbid('leaf files of shared import no folder', '^shared/[^/]+\\.ts$', '^shared/[^/]+/'),
  forbid(
    'leaf folders of shared do not import each other',
    `^shared/(${leafFolders})/`,
    `^shared/(${leafFolders})/`,
    '^shared/$1/',
  ),
  forbid(
    'leaf folders of shared import no upper folder',
    `^shared/(${leafFolders})/`,
    `^shared/(${middleFolders}|${upperFolders})/`,
  ),
  forbid('recalls import no upper folder', `^shared/(${middleFolders})/`, `^shared/(${upperFolders})/`),
  forbid(
    'upper folders of shared do not import each other',
    `^shared/(${upperFolders})/`,
    `^shared/(${upperFolders})/`,
    '^shared/$1/',
  ),
  {
    name: 'nothing imports itself in a circle, types aside',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
];

const violations = async (paths: string[], baseDir = process.cwd()) => {
  const { output } = await cruise(paths, {
    baseDir,
    ruleSet: { forbidden: rules },
    validate: true,
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
  });
  return (output as ICruiseResult).summary.violations
    .map(({ from, to, rule }) => `${from} → ${to}: ${rule.name}`)
    .sort();
};

test('everybody imports only whom they may', async () => {
  expect(await violations(['functions', 'infra', 'shared'])).toEqual([]);
});

test('a function that imports infra or another function is found, and so is a type between siblings', async () => {
  expect(await violations(['functions', 'shared'], resolve('test/fixtures/import-rule'))).toEqual([
    'functions/a/handler.ts → functions/b/handler.ts: a function imports no other function',
    'functions/a/handler.ts → infra/stage.ts: a function never imports infra',
    'shared/mail/parse.ts → shared/members/member.ts: leaf folders of shared do not import each other',
  ]);
});
