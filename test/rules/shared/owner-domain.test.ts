import { describe, expect, it } from '@jest/globals'
import { hostOf, ownerDomain } from '../../../src/rules/shared/owner-domain.js'

describe('ownerDomain', () => {
  it.each([
    ['api.pad.example', 'pad.example'],
    ['pad.example', 'pad.example'],
    ['*.eu.pad.example', 'pad.example'],
    ['www.pad.co.uk', 'pad.co.uk'],
    ['a.b.pad.com.br', 'pad.com.br'],
    ['a.pad.io', 'pad.io'],
    ['pad.vercel.app', 'pad.vercel.app'],
    ['www.pad.github.io', 'pad.github.io'],
    ['pad.s3.eu-west-1.amazonaws.com', 'pad.s3.eu-west-1.amazonaws.com'],
    ['localhost', 'localhost'],
  ])('of %s is %s', (host, owner) => {
    expect(ownerDomain(host)).toBe(owner)
  })
})

describe('hostOf', () => {
  it.each([
    ['https://Docs.Pad.example/a?b', 'docs.pad.example'],
    ['git+https://user@github.com/pad/left-pad.git', 'github.com'],
    ['git://git.pad.example:9418/a', 'git.pad.example'],
    ['//pad.example', 'pad.example'],
    ['github:pad/left-pad', undefined],
    ['pad/left-pad', undefined],
    ['', undefined],
  ])('of %j is %s', (address, host) => {
    expect(hostOf(address)).toBe(host)
  })
})
