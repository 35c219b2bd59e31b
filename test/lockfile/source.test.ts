import { describe, expect, it } from '@jest/globals'
import { parseGitAddress, sourceOfAddress } from '../../src/lockfile/source.js'

const sha = 'f'.repeat(40)

describe('sourceOfAddress', () => {
  it.each([
    ['git+ssh://git@github.com/o/r.git#main', 'git'],
    ['git+https://github.com/o/r.git', 'git'],
    ['git://github.com/o/r.git', 'git'],
    ['https://github.com/o/r.git#main', 'git'],
    ['git@github.com:o/r.git', 'git'],
    ['github:o/r', 'git'],
    ['o/r#semver:^1', 'git'],
    ['file:../x.tgz', 'file'],
    ['./x.tgz', 'file'],
    ['/x.tgz', 'file'],
    ['x.tgz', 'file'],
    ['data:application/gzip;base64,AA', 'url'],
    ['ftp://files.example/x.tgz', 'url'],
    ['https://files.example/x.tgz', null],
    ['HTTP://files.example/x.tgz', null],
  ])('takes %s for %s', (address, source) => {
    expect(sourceOfAddress(address)).toBe(source)
  })
})

describe('parseGitAddress', () => {
  it.each([
    'github:O/r',
    'o/r',
    'git@github.com:o/r.git',
    'git+ssh://git@github.com/o/r.git',
    'git+ssh://git@github.com:o/r.git',
    'git+https://x:y@github.com/o/r.git',
    'https://github.com/o/r.git',
  ])('reads %s as one and the same repository', (address) => {
    expect(parseGitAddress(`${address}#${sha}`)).toEqual({
      repository: 'github.com/o/r',
      commit: sha,
      full: true,
      insecure: false,
    })
  })

  it('keeps a port, and knows what is not encrypted or not a commit', () => {
    expect(parseGitAddress('git+http://git.example:8080/o/r#v1')).toEqual({
      repository: 'git.example:8080/o/r',
      commit: 'v1',
      full: false,
      insecure: true,
    })
  })
})
