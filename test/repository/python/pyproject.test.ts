import { describe, expect, it } from '@jest/globals'
import { pyprojectReader } from '../../../src/repository/python/pyproject.js'

const file = 'pyproject.toml'

function read(text: string) {
  const { python, broken } = pyprojectReader.read(file, text, () => false)
  const [manifest] = python ?? []
  return {
    requirements: manifest?.requirements.map(({ line, name, specifier }) => [line, name, specifier]),
    options: manifest?.options.map(({ line, name, value }) => [line, name, value]),
    broken,
  }
}

describe('a pyproject.toml', () => {
  it('names the dependencies of PEP 621 and of dependency groups', () => {
    const text = `[build-system]
requires = ["hatchling>=1"]
[project]
dependencies = [
  "httpx>=0.27",
  "Acme_Core==1.0",
]
[project.optional-dependencies]
test = ["pytest"]
[dependency-groups]
dev = ["ruff", { include-group = "test" }]
`
    expect(read(text)).toEqual({
      requirements: [
        [5, 'httpx', '>=0.27'],
        [6, 'acme-core', '==1.0'],
        [2, 'hatchling', '>=1'],
        [9, 'pytest', ''],
        [11, 'ruff', ''],
      ],
      options: [],
      broken: undefined,
    })
  })

  it('names those of Poetry, and its sources by what they are asked for', () => {
    const text = `[tool.poetry.dependencies]
python = "^3.11"
httpx = "^0.27"
acme = { version = "1.0", source = "acme" }
[tool.poetry.group.dev.dependencies]
pytest = "*"
[[tool.poetry.source]]
name = "acme"
url = "https://pypi.acme.example/simple"
priority = "explicit"
[[tool.poetry.source]]
name = "mirror"
url = "https://mirror.example/simple"
`
    expect(read(text)).toEqual({
      requirements: [
        [3, 'httpx', '^0.27'],
        [4, 'acme', '1.0'],
        [6, 'pytest', '*'],
      ],
      options: [
        [9, '--source', 'https://pypi.acme.example/simple'],
        [13, '--index-url', 'https://mirror.example/simple'],
      ],
      broken: undefined,
    })
  })

  it("has uv's indexes, and the strategy that makes it take the best of all", () => {
    const text = `[tool.uv]
extra-index-url = ["https://a.example"]
index-strategy = "unsafe-best-match"
[[tool.uv.index]]
url = "https://b.example"
`
    expect(read(text).options).toEqual([
      [5, '--source', 'https://b.example'],
      [2, '--extra-index-url', 'https://a.example'],
      [3, '--index-strategy', 'unsafe-best-match'],
    ])
  })

  it('is broken where it is no TOML', () => {
    expect(read('[project]\nname = \n')).toEqual({ requirements: undefined, options: undefined, broken: 3 })
  })
})
