import { describe, expect, it } from '@jest/globals'
import { readStart } from '../../../src/repository/mcp/started-packages.js'

const commit = '0123456789abcdef0123456789abcdef01234567'
const digest = `sha256:${'0a'.repeat(32)}`

/** A command line, a word a blank; `'…'` for one word with blanks. Line 7. */
const startOf = (line: string) =>
  readStart((line.match(/'[^']*'|\S+/g) ?? []).map((word) => ({ text: word.replace(/^'|'$/g, ''), line: 7 })))

const shown = (line: string): readonly string[] =>
  startOf(line).packages.map(
    ({ source, name, range, exact, runner, variable }) =>
      `${runner}: ${source} ${name} ${range === '' ? '-' : range}${exact ? ' exact' : ''}${variable ? ' variable' : ''}`,
  )

describe('what a command line starts', () => {
  const lines: readonly (readonly [line: string, ...packages: string[]])[] = [
    ['npx -y mail-mcp', 'npx: npm mail-mcp -'],
    ['npx -y mail-mcp@latest stdio', 'npx: npm mail-mcp latest'],
    ['npx --yes @acme/mail-mcp@1.2.3', 'npx: npm @acme/mail-mcp 1.2.3 exact'],
    ['npx @acme/mail-mcp@^1.2.3', 'npx: npm @acme/mail-mcp ^1.2.3'],
    ['npx --registry https://npm.example -q mail-mcp@1', 'npx: npm mail-mcp 1'],
    ['npx -p one-mcp@1.0.0 --package=two-mcp command other-mcp', 'npx: npm one-mcp 1.0.0 exact', 'npx: npm two-mcp -'],
    ['npx --no mail-mcp'],
    ['npx ./server'],
    ['npx -y alias@npm:mail-mcp@2.0.0', 'npx: npm mail-mcp 2.0.0 exact'],
    ['npx -y github:acme/mail-mcp', 'npx: npm-git github:acme/mail-mcp -'],
    [`npx -y github:acme/mail-mcp#${commit}`, `npx: npm-git github:acme/mail-mcp#${commit} ${commit} exact`],
    ['npx -y github:acme/mail-mcp#main', 'npx: npm-git github:acme/mail-mcp#main main'],
    ['npx -y git+ssh://[', 'npx: npm-address git+ssh://[ -'],
    ['npx -y https://files.example/mail.tgz', 'npx: npm-address https://files.example/mail.tgz -'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as configurations write it.
    ['npx -y mail-mcp@${VERSION}', 'npx: npm mail-mcp ${VERSION} variable'],
    ["npx -c 'mail-mcp && npx -y other-mcp'", 'npx: npm other-mcp -'],
    ['npm exec -y -- mail-mcp@1.0.0', 'npm exec: npm mail-mcp 1.0.0 exact'],
    ['npm --silent x mail-mcp', 'npm exec: npm mail-mcp -'],
    ['npm start'],
    ['npm run mcp'],
    ['pnpm dlx mail-mcp', 'pnpm dlx: npm mail-mcp -'],
    ['pnpm --package=mail-mcp@1.0.0 dlx mail', 'pnpm dlx: npm mail-mcp 1.0.0 exact'],
    ['pnpm exec mail-mcp'],
    ['pnpx mail-mcp', 'pnpx: npm mail-mcp -'],
    ['yarn dlx -q mail-mcp', 'yarn dlx: npm mail-mcp -'],
    ['bunx --bun mail-mcp@1.0.0', 'bunx: npm mail-mcp 1.0.0 exact'],
    ['bun x mail-mcp', 'bun x: npm mail-mcp -'],
    ['bun run server.ts'],
    ['deno run -A npm:@acme/mail@1.0.0', 'deno run: npm @acme/mail 1.0.0 exact'],
    ['deno run https://files.example/server.ts', 'deno run: address https://files.example/server.ts -'],
    ['deno run server.ts'],
    ['uvx mail-server', 'uvx: pypi mail-server -'],
    ['uvx mail-server==1.2.0', 'uvx: pypi mail-server ==1.2.0 exact'],
    ['uvx mail-server@1.2.0', 'uvx: pypi mail-server 1.2.0 exact'],
    ['uvx mail-server@latest', 'uvx: pypi mail-server latest'],
    ['uvx --python 3.12 --from mail-server[cli]>=1 serve', 'uvx: pypi mail-server[cli] >=1'],
    ['uvx --from git+https://git.example/acme/mail serve', 'uvx: address git+https://git.example/acme/mail -'],
    [
      `uvx --from git+https://git.example/acme/mail@${commit} serve`,
      `uvx: address git+https://git.example/acme/mail@${commit} ${commit} exact`,
    ],
    ['uv tool run mail-server', 'uv tool run: pypi mail-server -'],
    ['uv --directory /srv run server.py'],
    ['uv run --with mail-server server.py', 'uv run: pypi mail-server -'],
    ['pipx run --spec mail-server==1.0 serve', 'pipx run: pypi mail-server ==1.0 exact'],
    ['python -m mail_server'],
    ['docker run -i --rm acme/mail', 'docker run: image acme/mail -'],
    [
      'docker run -i --rm --mount type=bind,src=/a,dst=/b hub.example:5000/acme/mail:1.0 stdio',
      'docker run: image hub.example:5000/acme/mail 1.0',
    ],
    [`podman run -it acme/mail@${digest}`, `podman run: image acme/mail ${digest} exact`],
    ['docker exec -i mail serve'],
    ['docker compose up'],
    ['node ./dist/server.js'],
    ['cmd /c npx -y mail-mcp', 'npx: npm mail-mcp -'],
    ["'C:\\Program Files\\nodejs\\npx.cmd' -y mail-mcp", 'npx: npm mail-mcp -'],
    ["sh -c 'cd /srv && exec npx -y mail-mcp --port 1'", 'npx: npm mail-mcp -'],
    ['cmd /c \'sh -c "npx -y mail-mcp"\'', 'npx: npm mail-mcp -'],
    ['env MAIL=1 op run -- npx -y mail-mcp', 'npx: npm mail-mcp -'],
    ["npx -y gateway@1.0.0 --stdio 'npx -y mail-mcp'", 'npx: npm gateway 1.0.0 exact', 'npx: npm mail-mcp -'],
  ]
  for (const [line, ...packages] of lines) {
    it(`of ${line} is ${packages.length === 0 ? 'nothing that is fetched' : packages.join(' and ')}`, () => {
      expect(shown(line)).toEqual(packages)
    })
  }

  it('keeps the line of the word that names it', () => {
    expect(startOf('npx -y mail-mcp').packages.map(({ line }) => line)).toEqual([7])
  })

  it('knows the variables and the files of variables that a container is handed', () => {
    const { variables, variableFiles } = startOf(
      'docker run -e MAIL_TOKEN --env=MODE=fast --env-file .env -i acme/mail',
    )
    expect({ variables, variableFiles }).toEqual({
      variables: [
        { text: 'MAIL_TOKEN', line: 7 },
        { text: 'MODE', line: 7 },
      ],
      variableFiles: [{ text: '.env', line: 7 }],
    })
  })

  it('follows texts for shells only so far', () => {
    const nested = Array.from({ length: 40 }).reduce<string>(
      (inner) => `sh -c "${inner.replace(/["\\]/g, '\\$&')}"`.slice(0, 50_000),
      'npx -y mail-mcp',
    )
    expect(readStart([{ text: nested, line: 1 }]).packages).toEqual([])
  })
})
