import { describe, expect, it } from '@jest/globals'
import { findPaths, type Why } from '../../src/lockfile/paths.js'
import { aGraph } from '../builders/dependency-graph.js'
import type { PackageLockOptions } from '../builders/lockfile.js'

const whyOf = (options: PackageLockOptions, ...keys: string[]): Why => findPaths(aGraph(options)).to(keys)

const needs = (...names: string[]) => ({
  version: '1.0.0',
  dependencies: Object.fromEntries(names.map((name) => [name, '^1.0.0'])),
})

describe('findPaths', () => {
  it('leads from a direct dependency to the package', () => {
    const options = { dependencies: { a: '1' }, packages: { a: needs('b'), b: needs('c'), c: '1.0.0' } }
    expect(whyOf(options, 'node_modules/c')).toEqual({ direct: false, paths: [['a', 'b', 'c']] })
    expect(whyOf(options, 'node_modules/a')).toEqual({ direct: true, paths: [['a']] })
  })

  it('gives the shortest way of each beginning, the shortest first, and at most three', () => {
    const packages = {
      a: needs('m'),
      b: needs('n'),
      c: needs('x'),
      d: needs('x'),
      m: needs('n'),
      n: needs('x'),
      x: '1.0.0',
    }
    const dependencies = { a: '1', b: '1', c: '1', d: '1' }
    expect(whyOf({ dependencies, packages }, 'node_modules/x').paths).toEqual([
      ['c', 'x'],
      ['d', 'x'],
      ['b', 'n', 'x'],
    ])
  })

  it('goes round in circles only once', () => {
    const options = { dependencies: { a: '1' }, packages: { a: needs('b'), b: needs('a', 'c'), c: needs('b') } }
    expect(whyOf(options, 'node_modules/c').paths).toEqual([['a', 'b', 'c']])
  })

  it('takes the nested copy that Node would take', () => {
    const packages = { a: needs('b'), b: '2.0.0', 'node_modules/a/node_modules/b': '1.0.0' }
    const options = { dependencies: { a: '1' }, packages }
    expect(whyOf(options, 'node_modules/a/node_modules/b').paths).toEqual([['a', 'b']])
    expect(whyOf(options, 'node_modules/b').paths).toEqual([])
  })

  it('starts anew in each workspace', () => {
    const options = {
      dependencies: { w: '*' },
      packages: {
        'packages/w': { name: 'w', ...needs('x') },
        'node_modules/w': { resolved: 'packages/w', link: true },
        x: '1.0.0',
      },
    }
    expect(whyOf(options, 'node_modules/x')).toEqual({ direct: true, paths: [['x']] })
  })

  it('finds no way to what nothing asks for', () => {
    expect(whyOf({ dependencies: {}, packages: { x: '1.0.0' } }, 'node_modules/x')).toEqual({
      direct: false,
      paths: [],
    })
  })

  it('is quick with ten thousand workspaces', () => {
    const packages: Record<string, string | Record<string, unknown>> = { x: needs('y'), y: '1.0.0' }
    for (let at = 0; at < 10_000; at += 1) {
      packages[`packages/w${at}`] = { name: `w${at}`, ...needs('x') }
      packages[`node_modules/w${at}`] = { resolved: `packages/w${at}`, link: true }
    }
    expect(whyOf({ dependencies: {}, packages }, 'node_modules/y').paths).toEqual([['x', 'y']])
  })
})
