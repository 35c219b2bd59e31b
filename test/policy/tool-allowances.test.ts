import { describe, expect, it } from '@jest/globals'
import { toolAllowances } from '../../src/policy/tool-allowances.js'

describe('toolAllowances', () => {
  it('says of each name whether a pattern of the policy means it, for building and for releasing apart', () => {
    const allowances = toolAllowances({ tools: { build: ['esbuild', '@swc/*'], release: ['semantic-release'] } })

    expect(['esbuild', '@swc/core', 'semantic-release', 'esbuild-evil'].map(allowances)).toEqual([
      { build: true, release: false },
      { build: true, release: false },
      { build: false, release: true },
      { build: false, release: false },
    ])
  })
})
