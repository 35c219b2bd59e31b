import { describe, expect, it } from '@jest/globals'
import { pythonLockReader } from '../../../src/repository/python/python-lock.js'

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
})
