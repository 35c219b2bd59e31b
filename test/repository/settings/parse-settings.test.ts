import { describe, expect, it } from '@jest/globals'
import { parseSettings } from '../../../src/repository/settings/parse-settings.js'
import { memberAt, memberOf } from '../../../src/repository/settings/placed-value.js'

describe('a settings file', () => {
  it('is read with comments, final commas and a mark at its start, each value on its line', () => {
    const text = '\ufeff{\n  // why\n  "a": [ "x", /* and */\n    true, ],\n}\n'
    expect(parseSettings('mcp.json', text)).toEqual({
      value: {
        kind: 'object',
        line: 1,
        members: new Map([
          [
            'a',
            {
              line: 3,
              value: {
                kind: 'list',
                line: 3,
                items: [
                  { kind: 'text', line: 3, text: 'x' },
                  { kind: 'other', line: 4, value: true },
                ],
              },
            },
          ],
        ]),
      },
    })
  })

  it('has the last of two values of one key, as its client has', () => {
    const { value } = parseSettings('mcp.json', '{ "a": "x",\n"a": "y" }')
    expect(memberOf(value, 'a')).toEqual({ line: 2, value: { kind: 'text', line: 2, text: 'y' } })
  })

  it('is read up to and past a mistake, whose line is told', () => {
    const { value, broken } = parseSettings('mcp.json', '{\n "a": "x",\n "b" "y",\n "c": "z"\n}')
    expect({ broken, a: memberOf(value, 'a')?.value.kind }).toEqual({ broken: 3, a: 'text' })
  })

  it('is TOML by its ending, tables and dotted keys on their lines', () => {
    const { value, broken } = parseSettings('.codex/config.toml', 'a = "x"\n[b.c]\nd.e = ["y"]\nf = { g = true }\n')
    expect({
      broken,
      a: memberOf(value, 'a')?.line,
      c: memberAt(value, 'b.c')?.line,
      e: memberAt(value, 'b.c.d.e')?.value,
      g: memberAt(value, 'b.c.f.g')?.value,
    }).toEqual({
      broken: undefined,
      a: 1,
      c: 2,
      e: { kind: 'list', line: 3, items: [{ kind: 'text', line: 3, text: 'y' }] },
      g: { kind: 'other', line: 4, value: true },
    })
  })

  it('finds what editors take under keys that are joined by dots', () => {
    const { value } = parseSettings('settings.json', '{ "chat.tools": {\n"global": { "autoApprove": true } } }')
    expect(memberAt(value, 'chat.tools.global.autoApprove')?.line).toBe(2)
  })

  it('has keys that are no keys of ours', () => {
    const { value } = parseSettings('mcp.json', '{ "__proto__": { "a": "x" } }')
    expect({ proto: memberOf(value, '__proto__')?.value.kind, a: memberOf(value, 'a') }).toEqual({
      proto: 'object',
      a: undefined,
    })
  })

  it('is empty where it holds nothing', () => {
    expect(parseSettings('mcp.json', ' \n')).toEqual({})
  })

  it.each([
    ['deep JSON', 'mcp.json', '{"a":'.repeat(80_000)],
    ['deep TOML', 'config.toml', `a = ${'['.repeat(80_000)}${']'.repeat(80_000)}`],
    ['wrong TOML', 'config.toml', 'a = \n'],
    ['no JSON', 'mcp.json', '<html>'],
  ])('is broken, and nothing worse, for %s', (_, path, text) => {
    expect(parseSettings(path, text).broken).toBeGreaterThan(0)
  })
})
