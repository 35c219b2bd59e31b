import { describe, expect, it } from '@jest/globals'
import { automaticCommandsReader } from '../../../src/repository/hooks/automatic-commands.js'

const read = (file: string, value: unknown) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 1)
  return automaticCommandsReader
    .read(file, text, () => false)
    .automatic?.map(({ line, event, tool, command }) => [line, event, tool, command])
}

describe('what runs by itself', () => {
  it("is in an agent's settings: hooks by event, with and without a matcher, and programs that give it values", () => {
    const settings = {
      hooks: {
        SessionStart: [
          {
            hooks: [
              { type: 'command', command: 'node a.js' },
              { type: 'prompt', prompt: 'hello' },
            ],
          },
        ],
        PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command', command: 'sh b.sh' }] }],
      },
      statusLine: { type: 'command', command: 'sh line.sh' },
      apiKeyHelper: 'sh key.sh',
      model: 'sonnet',
    }
    const events = [
      ['SessionStart', 'claude', 'node a.js'],
      ['PreToolUse', 'claude', 'sh b.sh'],
      ['statusLine', 'claude', 'sh line.sh'],
      ['apiKeyHelper', 'claude', 'sh key.sh'],
    ]
    expect(read('.claude/settings.json', settings)?.map(([, ...rest]) => rest)).toEqual(events)
    expect(read('sub/.claude/settings.local.json', settings)?.length).toBe(4)
    expect(read('.gemini/settings.json', { hooks: { BeforeTool: [{ hooks: [{ command: 'x' }] }] } })).toEqual([
      [7, 'BeforeTool', 'gemini', 'x'],
    ])
    expect(read('.cursor/hooks.json', { version: 1, hooks: { stop: [{ command: './audit.sh' }] } })).toEqual([
      [6, 'stop', 'cursor', './audit.sh'],
    ])
    expect(read('.github/hooks/x.json', { hooks: { sessionStart: [{ type: 'command', bash: 'curl x' }] } })).toEqual([
      [6, 'sessionStart', 'other', 'curl x'],
    ])
  })

  it('is a task on opening the folder, and no other task', () => {
    const text = `{
  // tasks
  "tasks": [
    { "label": "build", "command": "make" },
    {
      "label": "start",
      "type": "shell",
      "command": "node",
      "args": ["setup.js", { "value": "x" }],
      "runOptions": { "runOn": "folderOpen" },
    },
    { "label": "n", "type": "npm", "script": "go", "runOptions": { "runOn": "folderOpen" } },
  ]
}`
    expect(read('.vscode/tasks.json', text)).toEqual([
      [8, 'folderOpen', 'vscode', 'node setup.js x'],
      [12, 'folderOpen', 'vscode', 'go'],
    ])
  })

  it("is a dev container's command, as a text, as words and by name", () => {
    const container = {
      image: 'x',
      initializeCommand: 'sh host.sh',
      postCreateCommand: ['npm', 'ci'],
      postStartCommand: { server: 'npm start', db: ['pg', 'up'] },
    }
    expect(read('.devcontainer/devcontainer.json', container)?.map(([, ...rest]) => rest)).toEqual([
      ['initializeCommand', 'devcontainer', 'sh host.sh'],
      ['postCreateCommand', 'devcontainer', 'npm ci'],
      ['postStartCommand', 'devcontainer', 'npm start'],
      ['postStartCommand', 'devcontainer', 'pg up'],
    ])
  })

  it('is what a git hook, lefthook, pre-commit and the manifest run', () => {
    expect(read('.husky/pre-commit', '#!/bin/sh\n. "$(dirname -- "$0")/_/husky.sh"\n\nnpm test\n')).toEqual([
      [4, 'pre-commit', 'git', 'npm test'],
    ])
    expect(read('.husky/_/husky.sh', 'x')).toBeUndefined()
    expect(
      read(
        'lefthook.yml',
        'pre-commit:\n  commands:\n    lint:\n      run: npx eslint\n  jobs:\n    - run: yarn test\n',
      ),
    ).toEqual([
      [4, 'pre-commit', 'git', 'npx eslint'],
      [6, 'pre-commit', 'git', 'yarn test'],
    ])
    expect(
      read(
        '.pre-commit-config.yaml',
        'repos:\n  - repo: https://git.example/x\n    rev: v1\n    hooks: [{ id: a }]\n  - repo: local\n    hooks:\n      - id: own\n        entry: sh own.sh\n',
      ),
    ).toEqual([[8, 'pre-commit', 'git', 'sh own.sh']])
    expect(read('lefthook.json', { 'pre-commit': { commands: { a: { run: 'npm test' } } } })).toEqual([
      [5, 'pre-commit', 'git', 'npm test'],
    ])
    expect(read('.huskyrc.json', { hooks: { 'pre-commit': 'npm test' } })).toEqual([
      [3, 'pre-commit', 'git', 'npm test'],
    ])
    expect(read('.simple-git-hooks.json', { 'pre-push': 'npm test' })).toEqual([[2, 'pre-push', 'git', 'npm test']])
    expect(read('package.json', { 'simple-git-hooks': { 'pre-push': 'npm test' } })).toEqual([
      [3, 'pre-push', 'git', 'npm test'],
    ])
  })

  it('is told where a file has more commands than are looked at', () => {
    const { automatic, cut } = automaticCommandsReader.read('.husky/pre-push', 'true\n'.repeat(600), () => false)
    expect([automatic?.length, cut]).toEqual([500, '600 commands that run by themselves, of which 500 are looked at'])
  })
})
