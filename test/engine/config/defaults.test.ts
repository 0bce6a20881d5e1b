import assert from 'node:assert/strict';
import { parseConfig } from '../../../src/engine/config/parse.ts';
import { FileRules } from '../../../src/engine/references/standing.ts';

const rules = new FileRules(parseConfig({}).config);

describe('the default categories', () => {
  const expected: Record<string, readonly string[]> = {
    Docker: [
      'docker-compose.yml',
      'docker-compose.db-only.yml',
      'pixsim7/backend/main/Dockerfile',
      'x/.dockerignore',
      'api.Dockerfile',
    ],
    Launcher: ['launcher/launch.bat', 'launcher/gui/services.py', 'launcher/services.json', 'data/launcher/widget.py'],
    Scripts: ['scripts/manage.sh', 'scripts/migrations/convert.py', 'run_migration.ps1', 'check_users.py', 'Makefile'],
    Tests: [
      'tests/test_upload.py',
      'tests/runner.py',
      'tests/data.json',
      'pixsim7/backend/main/tests/a.py',
      'x/conftest.py',
    ],
    Documentation: [
      'README.md',
      'docs/APP_MAP.md.bak',
      'launcher/core/README.md',
      'tests/scenarios/README.md',
      'scripts/a.md',
    ],
    'Backend Code': ['pixsim7/backend/main/main.py', 'pixsim7/backend/generation/main.py', 'generation_api/main.py'],
    Tools: ['.claude/settings.local.json', '.github/workflows/ci.yml', '.vscode/launch.json', 'tools/x.py'],
    Configuration: ['package.json', 'pyproject.toml', 'alembic.ini', '.env.example', '.gitignore', 'setup.py'],
    Frontend: ['apps/main/src/types/game.ts', 'test-login.html'],
    Other: ['pixsim_logging/config.py', 'data/x.bin'],
  };
  for (const [category, paths] of Object.entries(expected)) {
    it(category, () => {
      assert.deepEqual(
        paths.map((path) => [path, rules.category(path)]),
        paths.map((path) => [path, category]),
      );
    });
  }
});

describe('the default globs of what records the past', () => {
  const standings = (paths: readonly string[]): unknown[] => paths.map((path) => [path, rules.standing(path, '', 0)]);

  it('take changelogs, archives, decisions, backups and summaries of finished work', () => {
    const paths = [
      'CHANGELOG.md',
      'DOCUMENTATION_CHANGELOG.md',
      'packages/x/CHANGES.rst',
      'doc/changelog/1.2.3-changelog.rst',
      'doc/source/release/1.2.3-notes.rst',
      'docs/release-notes/v2.md',
      'NEWS.md',
      'docs/archive/old-status/MASTER_STATUS.md',
      'docs/decisions/20251121-structured-logging-system.md',
      'docs/APP_MAP.md.bak',
      'pixsim7/backend/main/services/x.py.backup',
      'TASK_16_COMPLETION_SUMMARY.md',
      'docs/TASK_21_SUMMARY.md',
      'UI_CONSOLIDATION_COMPLETED.md',
      'claude-tasks/24-architecture-validation-results.md',
      'claude-tasks/34-backend-tree-unification-and-packaging.md',
    ];
    assert.deepEqual(
      standings(paths),
      paths.map((path) => [path, 'historical']),
    );
  });

  it('leave code and living documents alone', () => {
    const paths = [
      'docs/SUMMARY.md',
      'docs/APP_MAP.md',
      'claude-tasks/33-repo-pruning-and-legacy-sweep.md',
      'src/history/replay.py',
      'tests/archive/test_zip.py',
      'src/changes.py',
      'docs/release/howto.md',
      'src/changelog/writer.py',
    ];
    assert.deepEqual(
      standings(paths),
      paths.map((path) => [path, 'live']),
    );
  });
});
