import { describe, expect, it } from '@jest/globals'
import { readVersionApprovals } from '../../../src/repository/settings/build-approvals.js'
import { aSnapshot } from '../../builders/memory-snapshot.js'

describe('approvals of versions', () => {
  it('are read from the files beside the lockfiles, in every spelling, where they name versions', async () => {
    const snapshot = aSnapshot({
      'package.json':
        '{\n"allowScripts": { "esbuild@0.25.0": true, "sharp": true, "core-js@3.0.0": false },\n"pnpm": { "onlyBuiltDependencies": ["@swc/core@1.0.0 || 1.0.1", "x@^1"] },\n"patchedDependencies": { "a@1.2.3": "a.patch" }\n}',
      'web/pnpm-workspace.yaml': 'allowBuilds:\n  nx@21.0.0: true\n',
      'other/package.json': '{ "allowScripts": { "y@1.0.0": true } }',
    })
    const approvals = await readVersionApprovals(snapshot, ['package-lock.json', 'web/pnpm-lock.yaml'])
    expect(approvals).toEqual([
      {
        file: 'package.json',
        line: 2,
        setting: 'allowScripts',
        name: 'esbuild',
        versions: ['0.25.0'],
        text: 'esbuild@0.25.0',
      },
      {
        file: 'package.json',
        line: 4,
        setting: 'patchedDependencies',
        name: 'a',
        versions: ['1.2.3'],
        text: 'a@1.2.3',
      },
      {
        file: 'package.json',
        line: 3,
        setting: 'pnpm.onlyBuiltDependencies',
        name: '@swc/core',
        versions: ['1.0.0', '1.0.1'],
        text: '@swc/core@1.0.0 || 1.0.1',
      },
      {
        file: 'web/pnpm-workspace.yaml',
        line: 2,
        setting: 'allowBuilds',
        name: 'nx',
        versions: ['21.0.0'],
        text: 'nx@21.0.0',
      },
    ])
  })
})
