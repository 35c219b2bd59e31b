import { describe, expect, it } from '@jest/globals'
import { parseRequirements, requirementsReader } from '../../../src/repository/python/requirements.js'

const file = 'app/requirements.txt'

describe('a requirements file', () => {
  it.each([
    ['requirements.txt', true],
    ['requirements-dev.txt', true],
    ['dev-requirements.txt', true],
    ['requirements.prod.txt', true],
    ['requirements/base.txt', true],
    ['requirements.in', true],
    ['constraints.txt', true],
    ['docs/requirements_docs.txt', true],
    ['robots.txt', false],
    ['requirements.md', false],
    ['my-requirements-document.rst', false],
  ])('is known by its name: %s', (path, matches) => {
    expect(requirementsReader.matches(path)).toBe(matches)
  })

  it('is read with continued lines, hashes, extras, markers, addresses and comments, each on its first line', () => {
    const text = [
      '# comment',
      'Django==4.2.1 \\',
      '    --hash=sha256:aa \\',
      '    --hash=sha256:bb',
      'requests[security] >=2.8.1, ==2.8.* ; python_version < "2.7" # why',
      'My_Private.Pkg',
      'pip @ https://files.example/pip-22.0.2.zip',
      'git+https://git.example/acme/tool.git@v1#egg=acme_tool',
      './local/wheel.whl',
      '-e ../lib',
    ].join('\n')
    const at = (line: number, name: string, specifier: string, hashes = 0) => ({ file, line, name, specifier, hashes })
    expect(parseRequirements(file, text).requirements).toEqual([
      at(2, 'django', '==4.2.1', 2),
      at(5, 'requests', '>=2.8.1, ==2.8.*'),
      at(6, 'my-private-pkg', ''),
      at(7, 'pip', 'https://files.example/pip-22.0.2.zip'),
      at(8, 'acme-tool', 'git+https://git.example/acme/tool.git@v1#egg=acme_tool'),
      at(9, '', './local/wheel.whl'),
      at(10, '', '../lib'),
    ])
  })

  it('has options in their long spelling, and includes seen from its own folder', () => {
    const text = [
      '-i https://pypi.acme.example/simple',
      '--extra-index-url=https://a.example/simple',
      '--extra-index-url https://b.example/simple  # mirror',
      '-r ../base.txt',
      '-rdev.txt',
      '-c https://elsewhere.example/constraints.txt',
      '--require-hashes',
      '--trusted-host pypi.acme.example',
    ].join('\n')
    const { options, includes } = parseRequirements(file, text)
    expect(options.map(({ line, name, value }) => [line, name, value])).toEqual([
      [1, '--index-url', 'https://pypi.acme.example/simple'],
      [2, '--extra-index-url', 'https://a.example/simple'],
      [3, '--extra-index-url', 'https://b.example/simple'],
      [4, '--requirement', '../base.txt'],
      [5, '--requirement', 'dev.txt'],
      [6, '--constraint', 'https://elsewhere.example/constraints.txt'],
      [7, '--require-hashes', ''],
      [8, '--trusted-host', 'pypi.acme.example'],
    ])
    expect(includes).toEqual(['base.txt', 'app/dev.txt'])
  })

  it('names nothing for a line that pip itself would refuse', () => {
    expect(parseRequirements(file, 'this is prose\n{{ template }}\n<html>\n').requirements).toEqual([])
  })
})
