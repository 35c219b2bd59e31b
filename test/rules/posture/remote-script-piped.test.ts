import { foreign } from '../../../src/foreign.js'
import { remoteScriptPiped } from '../../../src/rules/posture/remote-script-piped.js'
import { mergeByFile } from '../../../src/rules/shared/merge-observations.js'
import { aPostureChange, type Files } from '../../builders/posture.js'
import { testRule } from '../../rule-tester.js'

const file = '.github/workflows/ci.yml'
const workflow = (...runs: readonly string[]): string =>
  ['on: push', 'jobs:', '  a:', '    runs-on: x', '    steps:', ...runs.map((run) => `      - run: ${run}`)].join('\n')
const added = (after: Files, before: Files = {}) => aPostureChange({ before, after })
const inCi = (...runs: readonly string[]) => added({ [file]: workflow(...runs) })
const url = 'https://get.example/install.sh'
const commit = '8e5e7e5ab8b370d6c329ec480221332ada57f0ab'
const observe = (at: string, line: number, command: string, address = url) => ({
  message: 'runs a script straight from the network, whatever stands there at that moment',
  evidence: [
    { label: 'address', value: foreign(address) },
    { label: 'command', value: foreign(command) },
  ],
  anchors: [{ kind: 'line', file: at, line }] as const,
})

testRule(remoteScriptPiped, {
  clear: [
    {
      name: 'a download that nothing runs',
      subject: inCi(`curl -fsSLO ${url}`, `curl ${url} | jq .`, `curl ${url} | tar x`),
    },
    {
      name: 'a script that is held against a checksum before it runs',
      subject: inCi(`curl -o x.sh ${url}`, 'sha256sum -c x.sha256', 'bash x.sh'),
    },
    {
      name: 'a script at a commit',
      subject: inCi(`curl https://raw.githubusercontent.com/acme/x/${commit}/install.sh | sh`),
    },
    { name: 'a program that is no script', subject: inCi(`curl -Lo tool https://get.example/v1/tool`, './tool') },
    { name: 'a text that speaks of it', subject: inCi(`echo "curl ${url} | sh"`) },
    {
      name: 'one that base had, on another line',
      subject: added({ [file]: workflow('ls', `curl ${url} | sh`) }, { [file]: workflow(`curl ${url} | sh`) }),
    },
    { name: 'a script of the repository', subject: inCi('cat x.sh | sh', 'bash scripts/x.sh') },
  ],
  flagged: [
    {
      name: 'what is piped, substituted or read by a shell or a language',
      subject: inCi(
        `curl -fsSL ${url} | bash -s -- -y`,
        `bash <(wget -qO- ${url})`,
        `sh -c "$(curl ${url})"`,
        `curl ${url} | sudo -E bash -`,
        `curl ${url} | node`,
      ),
      observations: mergeByFile([
        observe(file, 6, 'bash -s -- -y'),
        observe(file, 7, `bash <(wget -qO- ${url})`),
        observe(file, 8, `sh -c "$(curl ${url})"`),
        observe(file, 9, 'sudo -E bash -'),
        observe(file, 10, 'node'),
      ]),
    },
    ...[
      `https://raw.example/acme/x/${commit}/i.sh`,
      `https://raw.githubusercontent.com/acme/x/main/i.sh?/${commit}/`,
    ].map((address) => ({
      name: `a number like a commit, where it need not be one: ${address}`,
      subject: inCi(`curl ${address} | sh`),
      observations: [observe(file, 6, 'sh', address)],
    })),
    {
      name: 'a checksum that is looked at too late',
      subject: inCi(`curl -o x.sh ${url}`, 'bash x.sh', 'sha256sum -c x.sha256'),
      observations: [observe(file, 7, 'bash x.sh')],
    },
    {
      name: 'a checksum whose failure changes nothing',
      subject: inCi(`curl -o x.sh ${url}`, 'sha256sum -c x.sha256 || true', 'bash x.sh'),
      observations: [observe(file, 8, 'bash x.sh')],
    },
    {
      name: 'a shell behind programs that take words of their own',
      subject: inCi(`curl ${url} | sudo -u root env A=1 bash -s -- x`),
      observations: [observe(file, 6, 'sudo -u root env A=1 bash -s -- x')],
    },
    {
      name: 'a script that is saved in one step and run in the next',
      subject: inCi(`curl -o setup.sh ${url}`, 'bash setup.sh'),
      observations: [observe(file, 7, 'bash setup.sh')],
    },
    {
      name: 'in an image and by PowerShell',
      subject: added({
        Dockerfile: `FROM x\nRUN apt update && \\\n  curl ${url} | sh\n`,
        'setup.ps1': 'irm https://get.example/x.ps1 | iex\n',
      }),
      observations: mergeByFile([
        observe('Dockerfile', 3, 'sh'),
        observe('setup.ps1', 1, 'iex', 'https://get.example/x.ps1'),
      ]),
    },
  ],
})
