import { foreign } from '../../../src/foreign.js'
import { agentFileAdded } from '../../../src/rules/code/agent-file-added.js'
import type { Confidence, Observation, Severity } from '../../../src/rules/rule.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aFile, aPackage } from '../../builders/package-facts.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const addition = aDependencyChange({ before: null })

const withFiles = (...paths: readonly string[]) =>
  aPackage({ files: ['index.js', ...paths].map((path) => aFile(path)) })
const upgraded = (before: readonly string[], now: readonly string[]) => ({
  package: withFiles(...now),
  previousPackage: withFiles(...before),
})

const observation = (
  severity: Severity,
  confidence: Confidence,
  ...files: readonly [label: string, file: string][]
): Observation => ({
  message: 'brings files that tell assistants, editors or build machines what to do',
  evidence: files.map(([label, file]) => ({ label, value: foreign(file), file })),
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }],
  severity,
  confidence,
})

testRule(agentFileAdded, {
  clear: [
    { name: 'no such files', subject: upgrade, facts: upgraded([], ['lib/a.js']) },
    {
      name: 'files that were there before, whatever is in them now',
      subject: upgrade,
      facts: {
        package: aPackage({ files: [aFile('.claude/settings.json', { content: 'new' })] }),
        previousPackage: aPackage({ files: [aFile('.claude/settings.json', { content: 'old' })] }),
      },
    },
    {
      name: 'one workflow more',
      subject: upgrade,
      facts: upgraded(['.github/workflows/ci.yml'], ['.github/workflows/ci.yml', '.github/workflows/release.yml']),
    },
    {
      name: "an editor's settings and suggestions, and other papers of a forge",
      subject: addition,
      facts: {
        package: withFiles('.vscode/settings.json', '.vscode/extensions.json', '.github/FUNDING.yml', '.idea/a.xml'),
      },
    },
    {
      name: 'a server with a file of its own called mcp.json',
      subject: addition,
      facts: { package: withFiles('mcp.json') },
    },
    {
      name: 'papers of packages that are packed in',
      subject: addition,
      facts: {
        package: withFiles('node_modules/a/.github/workflows/ci.yml', 'dist/node_modules/a/.vscode/tasks.json'),
      },
    },
    { name: 'a package that is removed', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'settings and hooks of an assistant',
      subject: upgrade,
      facts: upgraded([], ['.claude/hooks/start.sh', '.claude/settings.json']),
      observations: [
        observation(
          'high',
          'high',
          ['starts commands of an assistant', '.claude/hooks/start.sh'],
          ['starts commands of an assistant', '.claude/settings.json'],
        ),
      ],
    },
    {
      name: "an editor's tasks and a container, in a new package too",
      subject: addition,
      facts: { package: withFiles('.vscode/tasks.json', '.devcontainer/devcontainer.json', '.devcontainer.json') },
      observations: [
        observation(
          'high',
          'high',
          ['starts tasks of an editor', '.vscode/tasks.json'],
          ['starts commands in a container', '.devcontainer/devcontainer.json'],
          ['starts commands in a container', '.devcontainer.json'],
        ),
      ],
    },
    {
      name: 'hooks and settings of other assistants',
      subject: addition,
      facts: { package: withFiles('.cursor/hooks.json', '.codex/config.toml', '.gemini/settings.json') },
      observations: [
        observation(
          'high',
          'high',
          ['starts commands of an assistant', '.cursor/hooks.json'],
          ['starts commands of an assistant', '.codex/config.toml'],
          ['starts commands of an assistant', '.gemini/settings.json'],
        ),
      ],
    },
    {
      name: 'tools and rules of an assistant, as medium',
      subject: upgrade,
      facts: upgraded(
        ['AGENTS.md'],
        ['.cursorrules', '.cursor/rules/pad.mdc', '.github/copilot-instructions.md', '.mcp.json', 'AGENTS.md'],
      ),
      observations: [
        observation(
          'medium',
          'medium',
          ['orders for an assistant', '.cursorrules'],
          ['orders for an assistant', '.cursor/rules/pad.mdc'],
          ['orders for an assistant', '.github/copilot-instructions.md'],
          ['tools of an assistant', '.mcp.json'],
        ),
      ],
    },
    {
      name: 'a first workflow and words for assistants, as low',
      subject: upgrade,
      facts: upgraded([], ['.github/workflows/ci.yml', 'AGENTS.md', 'docs/CLAUDE.md']),
      observations: [
        observation(
          'low',
          'low',
          ['workflow', '.github/workflows/ci.yml'],
          ['words for an assistant', 'AGENTS.md'],
          ['words for an assistant', 'docs/CLAUDE.md'],
        ),
      ],
    },
    {
      name: "a template's files, one step lower",
      subject: addition,
      facts: { package: withFiles('template/.vscode/tasks.json', 'template/.cursorrules') },
      observations: [
        observation(
          'medium',
          'high',
          ['starts tasks of an editor', 'template/.vscode/tasks.json'],
          ['orders for an assistant', 'template/.cursorrules'],
        ),
      ],
    },
    {
      name: 'the name in other letters, the dangerous one first',
      subject: upgrade,
      facts: upgraded([], ['AGENTS.MD', '.Claude/Settings.local.json']),
      observations: [
        observation(
          'high',
          'high',
          ['starts commands of an assistant', '.Claude/Settings.local.json'],
          ['words for an assistant', 'AGENTS.MD'],
        ),
      ],
    },
  ],
})
