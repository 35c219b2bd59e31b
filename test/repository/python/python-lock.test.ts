import { describe, expect, it } from '@jest/globals'
import { pythonLockReader } from '../../../src/repository/python/python-lock.js'
import { scanPythonLock } from '../../../src/repository/python/scan-lock.js'

const read = (file: string, text: string) => pythonLockReader.read(file, text, () => false).pythonLocks

describe('a Python lockfile', () => {
  it("of uv tells which packages have hashes, the repository's own and git sources aside", () => {
    const text = `version = 1
[[package]]
name = "anyio"
version = "4.0"
source = { registry = "https://pypi.example/simple" }
sdist = { url = "https://files.example/a.tar.gz", hash = "sha256:aa" }
wheels = [{ url = "https://files.example/a.whl", hash = "sha256:bb" }]
[[package]]
name = "bare"
source = { registry = "https://pypi.example/simple" }
sdist = { url = "https://files.example/b.tar.gz" }
[[package]]
name = "own"
source = { editable = "." }
[[package]]
name = "tool"
source = { git = "https://git.example/tool" }
`
    expect(read('uv.lock', text)).toEqual([
      { file: 'uv.lock', withHashes: 1, withoutHashes: [{ file: 'uv.lock', line: 9, name: 'bare' }] },
    ])
  })

  it('of Poetry and PDM has them beside each package, or in one table by name', () => {
    const text = `[[package]]
name = "a"
files = [{ file = "a.whl", hash = "sha256:aa" }]
[[package]]
name = "b"
files = []
[[package]]
name = "c"
[metadata.files]
c = [{ file = "c.whl", hash = "sha256:cc" }]
`
    const withoutHashes = (file: string) => [{ file, line: 5, name: 'b' }]
    expect(read('poetry.lock', text)).toEqual([
      { file: 'poetry.lock', withHashes: 2, withoutHashes: withoutHashes('poetry.lock') },
    ])
    expect(read('x/pdm.lock', text)).toEqual([
      { file: 'x/pdm.lock', withHashes: 2, withoutHashes: withoutHashes('x/pdm.lock') },
    ])
  })

  it('is read the same in the form that its tool writes and in any other', () => {
    const entry = (name: string, hash: string, source: string) => `[[package]]
name = "${name}"
version = "1.0"
${source}
dependencies = [
    { name = "x", marker = "python_version < '3'" },
]
sdist = { url = "https://files.example/${name}.tar.gz"${hash}, size = 1 }
wheels = [
    { url = "https://files.example/${name}.whl", hash = "sha256:aa" },
]

[package.optional-dependencies]
all = [
    { name = "y" },
]
`
    const registry = 'source = { registry = "https://pypi.example/simple" }'
    const git = 'source = { git = "https://git.example/c" }'
    const head = 'version = 1\nrevision = 2\nresolution-markers = [\n    "a",\n]\n\n'
    const text = `${head}${entry('a', ', hash = "sha256:bb"', registry)}${entry('b', '', registry)}${entry('c', '', git)}`
    const wanted = [{ file: 'uv.lock', withHashes: 1, withoutHashes: [{ file: 'uv.lock', line: 24, name: 'b' }] }]
    expect(scanPythonLock(text)).not.toBeNull()
    expect(read('uv.lock', text)).toEqual(wanted)
    expect(scanPythonLock(`${text}note = """x"""\n`)).toBeNull()
    expect(read('uv.lock', `${text}note = """x"""\n`)).toEqual(wanted)
  })

  it.each([
    'package = [{ name = "a", files = [] }]\n',
    '[[packages]]\nname = "a"\n',
    '[[package]]\nname = "a"\nsdist.url = "x"\n',
    '[[package]]\nname = "a"\nfiles = [{ file = "x" }]\n',
    '[[package]]\nname = "a"\nfiles = [\n',
    '[[package]]\nname = "a"\nfiles = [\n  { url = \'x, hash = "aa"\' },\n]\n',
    '[package]\nname = "a"\n',
    '[[ package ]]\nname = "a"\n',
  ])('is left to a parser where it is spelled otherwise: %j', (text) => {
    expect(scanPythonLock(text)).toBeNull()
  })

  it('is read line by line with what descriptions and markers quote', () => {
    const text = `[[package]]
name = "a"
description = "Says \\"hello\\" [and] {more}"
markers = "python_version < \\"3.9\\""
files = [
    {file = "a.whl", hash = "sha256:aa"},
]

[package.dependencies]
x = {version = ">=1", markers = "extra == \\"y\\""}

[package.extras]
all = ["z (>=1) ; python_version < \\"3\\""]

[metadata]
content-hash = "aa"
`
    expect(scanPythonLock(text)).toEqual([{ name: 'a', line: 2, fromIndex: true, files: 1, hashes: 1 }])
  })

  it('of Poetry has the kind of its source in a table of its own', () => {
    const entry = (name: string, type: string) =>
      `[[package]]\nname = "${name}"\nfiles = []\n\n[package.source]\ntype = "${type}"\nurl = "https://x.example"\n\n`
    expect(read('poetry.lock', entry('a', 'git') + entry('b', 'legacy'))).toEqual([
      { file: 'poetry.lock', withHashes: 0, withoutHashes: [{ file: 'poetry.lock', line: 10, name: 'b' }] },
    ])
  })

  it('is a limit where it is long and written by nobody known', () => {
    const text = `x = """y"""\n${'# comment\n'.repeat(200_000)}`
    expect(pythonLockReader.read('uv.lock', text, () => false)).toEqual({
      cut: `${text.length} characters of a form that its tool does not write`,
    })
  })
})
