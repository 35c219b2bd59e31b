import { describe, expect, it } from '@jest/globals'
import { goModuleReader } from '../../../src/repository/go/go-module.js'

const text = `module example.test/app // comment

go 1.23
toolchain go1.23.4

require github.example/one/a v1.2.3
require (
	"github.example/two/b" v0.1.0 // indirect
	github.example/three/c/v2 v2.0.0
)
replace (
	github.example/two/b => ./local/b
	github.example/three/c/v2 v2.0.0 => github.example/fork/c/v2 v2.0.1
)
exclude github.example/x v1.0.0
`

describe('a go.mod', () => {
  it('is read with blocks, quotes, comments and replacements by folders', () => {
    expect(goModuleReader.read('svc/go.mod', text, (path) => path === 'svc/go.sum')).toEqual({
      go: [
        {
          file: 'svc/go.mod',
          requirements: [
            { file: 'svc/go.mod', line: 6, module: 'github.example/one/a', version: 'v1.2.3' },
            { file: 'svc/go.mod', line: 8, module: 'github.example/two/b', version: 'v0.1.0' },
            { file: 'svc/go.mod', line: 9, module: 'github.example/three/c/v2', version: 'v2.0.0' },
          ],
          checksums: true,
          replaced: ['github.example/two/b'],
        },
      ],
    })
  })

  it('says that its go.sum is missing', () => {
    const { go } = goModuleReader.read('go.mod', 'module x\nrequire a.test/b v1.0.0\n', () => false)
    expect(go?.map(({ checksums }) => checksums)).toEqual([false])
  })

  it.each([
    ['module x\nwhatever y\n', 2],
    ['module x\nrequire (\n', 1],
  ])('is broken where Go would refuse it: %j', (broken, line) => {
    expect(goModuleReader.read('go.mod', broken, () => true).broken).toBe(line)
  })
})
