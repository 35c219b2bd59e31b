import { describe, expect, it } from '@jest/globals'
import { gitOfArchive, parseGitAddress, sourceOfAddress } from '../../src/lockfile/source.js'

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
  it('finds the commit where later Yarn names what the fragment holds', () => {
    expect(parseGitAddress(`https://git.acme.example/o/r.git#workspace=x&commit=${sha}`)).toMatchObject({
      commit: sha,
      full: true,
    })
    expect(parseGitAddress('https://git.acme.example/o/r.git#commit=abcdef1')).toMatchObject({ full: false })
  })

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

describe('gitOfArchive', () => {
  const commit = 'f'.repeat(40)

  it.each([
    [`https://codeload.github.com/o/r/tar.gz/${commit}`, `github:o/r#${commit}`],
    [`https://codeload.github.com/o/r/legacy.tar.gz/${commit.toUpperCase()}`, `github:o/r#${commit}`],
    [`https://gitlab.com/api/v4/projects/o%2Fr/repository/archive.tar.gz?ref=${commit}`, `gitlab:o/r#${commit}`],
    [`https://bitbucket.org/o/r/get/${commit}.tar.gz`, `bitbucket:o/r#${commit}`],
  ])('takes %s for the commit that it is', (address, git) => {
    expect(gitOfArchive(address)).toBe(git)
    expect(parseGitAddress(git)).toMatchObject({ commit, full: true })
  })

  it.each([
    `http://codeload.github.com/o/r/tar.gz/${commit}`,
    `https://codeload.github.com.evil.example/o/r/tar.gz/${commit}`,
    'https://codeload.github.com/o/r/tar.gz/main',
    `https://codeload.github.com/o/r/tar.gz/${commit}?x`,
    `https://evil.example/?https://codeload.github.com/o/r/tar.gz/${commit}`,
  ])('does not take %s for one', (address) => {
    expect(gitOfArchive(address)).toBeNull()
  })
})
