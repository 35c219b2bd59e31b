import { describe, expect, it } from '@jest/globals'
import { isPrivateAddress, isPrivateHost } from '../../src/registry/address.js'

describe('isPrivateAddress', () => {
  it.each([
    ['127.0.0.1'],
    ['10.1.2.3'],
    ['172.31.255.255'],
    ['192.168.0.1'],
    ['169.254.169.254'],
    ['100.64.0.1'],
    ['0.0.0.0'],
    ['224.0.0.1'],
    ['255.255.255.255'],
    ['::1'],
    ['::'],
    ['fe80::1'],
    ['fd00::1'],
    ['::ffff:127.0.0.1'],
    ['::ffff:7f00:1'],
    ['64:ff9b::a00:1'],
    ['2002:7f00:1::'],
    ['no address'],
  ])('is true for %s', (address) => {
    expect(isPrivateAddress(address)).toBe(true)
  })

  it.each([['8.8.8.8'], ['172.32.0.1'], ['104.16.0.1'], ['2606:4700::1'], ['2001:4860:4860::8888']])(
    'is false for %s',
    (address) => {
      expect(isPrivateAddress(address)).toBe(false)
    },
  )
})

describe('isPrivateHost', () => {
  it.each([
    ['localhost', true],
    ['LOCALHOST.', true],
    ['a.localhost', true],
    ['[::1]', true],
    ['10.0.0.1', true],
    ['[2606:4700::1]', false],
    ['npm.acme.example', false],
    ['localhost.example', false],
  ])('of %s is %p', (host, expected) => {
    expect(isPrivateHost(host)).toBe(expected)
  })

  it.each([['http://2130706433/'], ['http://0x7f.1/'], ['http://0177.0.0.1/'], ['http://127.1/']])(
    'sees through %s as a URL normalises it',
    (address) => {
      expect(isPrivateHost(new URL(address).hostname)).toBe(true)
    },
  )
})
