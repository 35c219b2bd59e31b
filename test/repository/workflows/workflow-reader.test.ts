import { describe, expect, it } from '@jest/globals'
import { maxPostureShellWork } from '../../../src/limits.js'
import { ShellBudget } from '../../../src/package/shell/shell-budget.js'
import { actionReader, workflowReader } from '../../../src/repository/workflows/workflow-reader.js'
import { commandsIn, expression, linesAndWords } from '../../builders/repository-commands.js'

const file = '.github/workflows/ci.yml'
const read = (text: string) => workflowReader.read(file, text, () => false, new ShellBudget(maxPostureShellWork))
const commands = (text: string): readonly string[] => linesAndWords(commandsIn(workflowReader, file, text))

/** A workflow of one job with these steps, the first of which begins on line 6. */
const withSteps = (...lines: readonly string[]): string =>
  [
    'on: push',
    'jobs:',
    '  build:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    ...lines.map((line) => `      ${line}`),
  ].join('\n')

describe('workflowReader', () => {
  it('takes the files that GitHub runs', () => {
    const names = ['.github/workflows/a.yml', '.github/workflows/a.YAML', '.github/workflows/x/a.yml', 'a.yml']
    expect(names.map(workflowReader.matches)).toEqual([true, true, false, false])
  })

  it('reads triggers, jobs, steps, references and variables with their lines', () => {
    const text = [
      'on: { push: , pull_request_target: { types: [opened] } }',
      'env: { A: 18.10 }',
      'jobs:',
      '  test:',
      '    if: github.actor',
      '    container: { image: node:22 }',
      '    services: { db: { image: "postgres:17" } }',
      '    steps:',
      '      - name: One',
      '        uses: actions/checkout@8e5e7e5ab8b370d6c329ec480221332ada57f0ab # v3.5.2',
      `        with: { ref: "${expression('github.head_ref')}", depth: 0 }`,
      '      - run: npm ci',
      '        env:',
      `          TOKEN: ${expression('secrets.NPM')}`,
      '  other:',
      '    uses: acme/x/.github/workflows/y.yml@main',
    ].join('\n')
    const { workflows, broken } = read(text)

    expect(broken).toBeUndefined()
    expect(workflows).toEqual([
      {
        file,
        triggers: [
          { name: 'push', line: 1 },
          { name: 'pull_request_target', line: 1 },
        ],
        environment: [{ file, line: 2, name: 'A', value: '18.10' }],
        jobs: [
          {
            file,
            line: 4,
            id: 'test',
            condition: 'github.actor',
            environment: [],
            images: [
              { file, line: 6, text: 'node:22' },
              { file, line: 7, text: 'postgres:17' },
            ],
            steps: [
              {
                file,
                line: 9,
                index: 0,
                name: 'One',
                uses: {
                  file,
                  line: 10,
                  text: 'actions/checkout@8e5e7e5ab8b370d6c329ec480221332ada57f0ab',
                  comment: 'v3.5.2',
                },
                inputs: new Map([
                  ['ref', `${expression('github.head_ref')}`],
                  ['depth', '0'],
                ]),
                environment: [],
              },
              {
                file,
                line: 12,
                index: 1,
                inputs: new Map(),
                run: { text: 'npm ci', line: 12 },
                environment: [{ file, line: 14, name: 'TOKEN', value: `${expression('secrets.NPM')}` }],
              },
            ],
          },
          {
            file,
            line: 15,
            id: 'other',
            uses: { file, line: 16, text: 'acme/x/.github/workflows/y.yml@main' },
            environment: [],
            images: [],
            steps: [],
          },
        ],
      },
    ])
  })

  it('finds each command on its own line of a block, folded text and a quoted one included', () => {
    const text = withSteps(
      '- run: |',
      '    npm ci',
      '',
      '    # npm install',
      '    echo "npm install"',
      '    npm \\',
      '      run build && npm i x',
      '- run: >-',
      '    npm ci &&',
      '    npm i y',
      '',
      '    npm i z',
      '- run: npm ci &&',
      '    npm i v',
      '- run: "npm ci &&',
      '    npm i w"',
    )

    expect(commands(text)).toEqual([
      '7 npm ci',
      '10 echo npm install',
      '11 npm run build',
      '12 npm i x',
      '14 npm ci',
      '15 npm i y',
      '17 npm i z',
      '18 npm ci',
      '19 npm i v',
      '20 npm ci',
      '21 npm i w',
    ])
  })

  it('reads what a shell within the script would run, on its line', () => {
    const text = withSteps(
      '- run: |',
      "    bash -c 'cd web && npm i x'",
      '    sudo -u node bash <<EOF',
      '    npm i y',
      '    EOF',
      '    cat <<EOF > x',
      '    npm i z',
      '    EOF',
    )

    expect(commands(text)).toEqual([
      '7 bash -c cd web && npm i x',
      '8 sudo -u node bash',
      '11 cat',
      '7 cd web',
      '7 npm i x',
      '9 npm i y',
    ])
  })

  it('knows the folder: working-directory, cd, and that a subshell keeps its own', () => {
    const text = [
      'defaults: { run: { working-directory: app } }',
      'jobs:',
      '  a:',
      '    steps:',
      '      - run: |',
      '          npm ci',
      '          (cd web; npm ci)',
      '          cd ../api && npm ci',
      '          cd "$GITHUB_WORKSPACE/docs"; npm ci',
      `          cd ${expression('github.workspace')}; npm ci`,
      `          cd ${expression('matrix.folder')}; npm ci`,
      `      - working-directory: ${expression('matrix.folder')}`,
      '        run: npm ci',
    ].join('\n')
    const installs = commandsIn(workflowReader, file, text).filter(({ invocation }) => invocation.words[0] === 'npm')

    expect(installs.map(({ folder }) => folder)).toEqual(['app', 'app/web', 'api', 'docs', '', undefined, undefined])
  })

  it('fills in what the file says of variables, and leaves open what only GitHub knows', () => {
    const text = [
      'env: { PM: pnpm }',
      'jobs:',
      '  a:',
      `    env: { TAG: latest, N: "${expression('matrix.n')}" }`,
      '    steps:',
      `      - run: $PM i -g npm@${expression('env.TAG')} x@${expression('matrix.v')} y@$N`,
      '        env: { CI: 1 }',
    ].join('\n')
    const [command] = commandsIn(workflowReader, file, text)

    expect(command?.invocation.words).toEqual(['pnpm', 'i', '-g', 'npm@latest', 'x@…', 'y@…'])
    expect(command?.invocation.excerpt).toBe(
      `- run: $PM i -g npm@${expression('env.TAG')} x@${expression('matrix.v')} y@$N`,
    )
    expect(Object.fromEntries(command?.environment ?? [])).toEqual({ PM: 'pnpm', TAG: 'latest', N: '…', CI: '1' })
  })

  it('reads each script by its shell', () => {
    const text = [
      'jobs:',
      '  a:',
      '    runs-on: windows-latest',
      '    steps:',
      '      - run: if ($x) { npm ci } # npm i',
      '      - run: if exist x npm ci',
      '        shell: cmd',
      '      - run: npm_install()',
      '        shell: python',
      '      - run: npm ci',
      '        shell: bash -el {0}',
    ].join('\n')

    expect(commands(text).filter((line) => line.includes('npm'))).toEqual(['5 npm ci', '6 npm ci', '10 npm ci'])
  })

  it('reads a shell of its own as the command line that it is', () => {
    const text = withSteps(
      '- run: x',
      '  shell: npm install {0}',
      '- run: y',
      '  shell: bash -c "npm i" {0}',
      '- run: z',
      `  shell: ${expression('matrix.shell')}`,
    )

    expect(commands(text)).toEqual(['6 npm install {0}', '6 x', '8 bash -c npm i {0}', '8 npm i', '8 y', '10 z'])
  })

  it('reads an expression that is a text, and the words of a variable', () => {
    const text = withSteps(`- run: ${expression("'npm'")} i`, '- run: $CMD', '  env: { CMD: npm i x }')

    expect(commands(text)).toEqual(['6 npm i', '7 npm i x'])
  })

  it('says that there is a second document, of which nobody knows whether GitHub reads it', () => {
    expect(read(`name: none\n---\n${withSteps('- run: npm i')}`).broken).toBe(2)
  })

  it('reads the command that a step hands to an action which runs it', () => {
    const text = withSteps(
      '- uses: nick-fields/retry@v3',
      '  with:',
      '    command: npm i',
      '- uses: other/action@v1',
      '  with: { command: npm i }',
    )

    expect(commands(text)).toEqual(['8 npm i'])
  })

  it('follows aliases as GitHub does, and no merge keys', () => {
    const text = [
      'jobs:',
      '  a:',
      '    steps: &steps',
      '      - &install',
      '        run: npm i',
      '  b:',
      '    steps: *steps',
      '  c:',
      '    steps:',
      '      - *install',
      '      - <<: *install',
    ].join('\n')

    expect(commands(text)).toEqual(['5 npm i', '5 npm i', '5 npm i'])
  })

  it('says where a file is no YAML, and keeps what it could read', () => {
    const { workflows, broken } = read('on: push\njobs:\n  a: "\n')

    expect(broken).toBe(4)
    expect(workflows?.[0]?.triggers).toEqual([{ name: 'push', line: 1 }])
  })

  it('reads no more steps than a limit, and says so', () => {
    const steps = `&s [${'{run: a},'.repeat(500)}]`
    const jobs = Array.from({ length: 9 }, (_, at) => `  j${at}: { steps: *s }`).join('\n')
    const { cut, commands: found } = read(`jobs:\n  first: { steps: ${steps} }\n${jobs}`)

    expect(cut).toBe('it has more steps than are read')
    expect(found).toHaveLength(3000)
  })
})

describe('actionReader', () => {
  it('reads the steps of a composite action and the image of one that is an image', () => {
    const composite = 'name: x\nruns:\n  using: composite\n  steps:\n    - run: npm i\n      shell: bash\n'
    const image = 'runs:\n  using: docker\n  image: docker://acme/x:1\n'

    expect(commandsIn(actionReader, 'x/action.yml', composite)).toMatchObject([
      { file: 'x/action.yml', line: 5, host: { kind: 'action', step: 0 }, folder: '' },
    ])
    expect(actionReader.read('action.yaml', image, () => false).workflows?.[0]?.jobs[0]?.images).toEqual([
      { file: 'action.yaml', line: 3, text: 'docker://acme/x:1' },
    ])
  })

  it('takes a file of that name that is something else for nothing', () => {
    expect(actionReader.read('action.yml', 'a: 1', () => false)).toEqual({ commands: [] })
  })
})
