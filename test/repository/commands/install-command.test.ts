import { describe, expect, it } from '@jest/globals'
import { ShellBudget } from '../../../src/package/shell/shell-budget.js'
import { type InstallSurroundings, installCommand } from '../../../src/repository/commands/install-command.js'
import { PlacedText } from '../../../src/repository/commands/placed-text.js'
import { readCommands } from '../../../src/repository/commands/read-commands.js'
import type { CommandHost, RepositoryCommand } from '../../../src/repository/posture/posture-state.js'

const workflow: CommandHost = { kind: 'workflow', job: 'build', step: 0 }
const dockerfile: CommandHost = { kind: 'dockerfile', stage: 0 }
const script: CommandHost = { kind: 'manifest-script', script: 'x' }

const commandsOf = (line: string, host: CommandHost): readonly RepositoryCommand[] =>
  readCommands(
    [
      {
        file: 'app/file',
        host,
        placed: PlacedText.line(line, 1),
        dialect: 'posix',
        folder: 'app',
        environment: new Map(),
      },
    ],
    new ShellBudget(),
  ).commands

/** `npm add frozen x@1! y~`: `!` is exact, `~` no package of a registry; the last command of the line that is one of a manager. */
function summary(line: string, host: CommandHost = workflow, surroundings: InstallSurroundings = {}): string {
  const found = commandsOf(line, host).flatMap((command) => installCommand(command, surroundings) ?? [])
  const last = found.at(-1)
  if (last === undefined) return 'none'
  const { manager, action, frozen, scripts, packages, simulated, folder } = last
  return [
    manager,
    action,
    ...(frozen === undefined ? [] : [frozen ? 'frozen' : 'open']),
    ...(scripts === undefined ? [] : [scripts ? 'scripts' : 'no-scripts']),
    ...(simulated ? ['simulated'] : []),
    ...(folder === 'app' ? [] : [`in:${folder}`]),
    ...packages.map(
      ({ name, range, exact, source }) =>
        `${name}${range === '' ? '' : `@${range}`}${exact ? '!' : ''}${source === 'registry' ? '' : '~'}`,
    ),
  ].join(' ')
}

const table = (rows: readonly (readonly [string, string])[], host: CommandHost = workflow, surroundings = {}): void => {
  expect(rows.map(([line]) => [line, summary(line, host, surroundings)])).toEqual(rows)
}

describe('installCommand', () => {
  it('knows npm by every name that npm has for its commands', () => {
    table([
      ['npm ci', 'npm install frozen'],
      ['npm clean-install', 'npm install frozen'],
      ['npm ic --ignore-scripts', 'npm install frozen no-scripts'],
      ['npm cit', 'npm install frozen'],
      ['npm i', 'npm install open'],
      ['npm isntall', 'npm install open'],
      ['npm it', 'npm install open'],
      ['npm --prefix web i', 'npm install open in:app/web'],
      ['npm -C ../api install', 'npm install open in:api'],
      ['npm add x@1.2.3 @a/b', 'npm add open x@1.2.3! @a/b'],
      ['npm i --no-save x@^1', 'npm add open x@^1'],
      ['npm i -g tool@1.2.3', 'npm global tool@1.2.3!'],
      ['npm install --global tool', 'npm global tool'],
      ['npm i --location=global tool', 'npm global tool'],
      ['npm i --global=false tool', 'npm add open tool'],
      ['npm install --package-lock-only', 'npm lock'],
      ['npm i --dry-run', 'npm install open simulated'],
      ['npm upgrade', 'npm update open'],
      ['npm audit --audit-level=high', 'npm audit'],
      ['npm audit fix', 'npm update open'],
      ['npm publish --provenance', 'npm publish'],
      ['npm i ./x.tgz /tmp/y.tgz', 'npm add open ./x.tgz~ /tmp/y.tgz~'],
      ['npm i github:a/b', 'npm add open github:a/b~'],
      ['npm i "x@$V" $Y', 'npm add open x@$V~ $Y~'],
      ['npm run build', 'none'],
      ['npm --version', 'none'],
      ['echo npm install', 'none'],
    ])
  })

  it('knows who starts packages, and what is started', () => {
    table([
      ['npx -y x', 'npm runner x'],
      ['npx x@1.2.3 --yes -p y', 'npm runner x@1.2.3!'],
      ['npx --package=x@2 --package y z', 'npm runner x@2 y'],
      ['npx --no-install x', 'npm runner simulated x'],
      ['npx --no x', 'npm runner simulated x'],
      ['npm exec -- x --flag', 'npm runner x'],
      ['npm x --package x -- y', 'npm runner x'],
      ['npm create vite@5 app', 'npm runner create-vite@5'],
      ['npm init -y', 'none'],
      ['npm init @acme/x@1.0.0', 'npm runner @acme/create-x@1.0.0!'],
      ['pnpm dlx x@latest', 'pnpm runner x@latest'],
      ['pnpx --package x y', 'pnpm runner x'],
      ['yarn dlx -p x@1.0.0 y', 'yarn runner x@1.0.0!'],
      ['yarn create react-app', 'yarn runner create-react-app'],
      ['bunx --bun x', 'bun runner x'],
      ['bun x x@1.0.0', 'bun runner x@1.0.0!'],
      ['bun create ./local', 'none'],
      ['uvx ruff', 'uv runner ruff'],
      ['uvx ruff@0.5.0', 'uv runner ruff@0.5.0!'],
      ['uvx --from x==1.0 y', 'uv runner x@==1.0!'],
      ['uv tool run x', 'uv runner x'],
      ['uv run --with x script.py', 'uv runner x'],
      ['uv run pytest', 'none'],
      ['pipx run x==1.0', 'pipx runner x@==1.0!'],
      ['go run example.com/x@v1.2.3', 'go runner example.com/x@v1.2.3!'],
      ['go run ./cmd', 'none'],
    ])
  })

  it('knows which managers keep to the lockfile in continuous integration', () => {
    table([
      ['pnpm i', 'pnpm install frozen'],
      ['CI=false pnpm i', 'pnpm install open'],
      ['pnpm i --no-frozen-lockfile', 'pnpm install open'],
      ['pnpm i --frozen-lockfile=false', 'pnpm install open'],
      ['pnpm i --no-lockfile', 'pnpm install open'],
      ['pnpm -r --filter x i', 'pnpm install frozen'],
      ['pnpm ci', 'pnpm install frozen'],
      ['corepack pnpm fetch', 'pnpm install frozen'],
      ['bun install', 'bun install open'],
      ['bun ci', 'bun install frozen'],
      ['bun i --frozen-lockfile', 'bun install frozen'],
      ['bun install -p', 'bun install'],
      ['yarn', 'yarn install'],
      ['yarn --immutable', 'yarn install frozen'],
      ['yarn install --frozen-lockfile', 'yarn install frozen'],
      ['YARN_ENABLE_IMMUTABLE_INSTALLS=false yarn', 'yarn install open'],
      ['uv sync', 'uv install open'],
      ['uv sync --locked', 'uv install frozen'],
      ['poetry install', 'poetry install frozen'],
      ['pipenv install', 'pipenv install open'],
      ['pipenv install --deploy', 'pipenv install frozen'],
      ['pdm sync', 'pdm install frozen'],
    ])
    table(
      [
        ['yarn', 'yarn install frozen'],
        ['yarn --no-immutable', 'yarn install open'],
      ],
      workflow,
      { berry: () => true },
    )
    table([['yarn install', 'yarn install open']], workflow, { berry: () => false })
  })

  it('does not take a container that is built, or a script, for continuous integration', () => {
    table(
      [
        ['pnpm i', 'pnpm install open'],
        ['CI=true pnpm i', 'pnpm install frozen'],
      ],
      dockerfile,
    )
    table(
      [
        ['pnpm i', 'pnpm install'],
        ['npm i', 'npm install open'],
      ],
      script,
    )
  })

  it('knows the others’ ways to add, update and install for all', () => {
    table([
      ['yarn global add x', 'yarn global x'],
      ['yarn workspace web add x', 'yarn add open x'],
      ['yarn up x', 'yarn update open x'],
      ['yarn --cwd web add x', 'yarn add open in:app/web x'],
      ['yarn npm audit --all', 'yarn audit'],
      ['yarn npm publish', 'yarn publish'],
      ['yarn workspaces focus --production', 'yarn install'],
      ['yarn build', 'none'],
      ['yarn --version', 'none'],
      ['pnpm add -g x', 'pnpm global x'],
      ['pnpm up -r', 'pnpm update open'],
      ['pnpm audit --fix', 'pnpm update open'],
      ['bun a x', 'bun add open x'],
      ['bun add -g x', 'bun global x'],
      ['bun update', 'bun update open'],
      ['bun test', 'none'],
      ['pip install -r a.txt', 'pip install open'],
      ['pip3.12 install --require-hashes -r a.txt', 'pip install frozen'],
      ['python3 -m pip install -U "x==1.0" y', 'pip add open x@==1.0! y'],
      ['pip install -e .', 'pip install open .~'],
      ['pip --no-input install git+https://git.example/x', 'pip add open git+https://git.example/x~'],
      ['uv pip install x', 'uv add open x'],
      ['uv add x', 'uv add open x'],
      ['poetry add x', 'poetry add open x'],
      ['pipx install x', 'pipx global x'],
      ['go install example.com/x@latest', 'go global example.com/x@latest'],
      ['go get -u ./...', 'go update open'],
    ])
  })

  it('sees through what stands before a program, and what a variable holds', () => {
    table([
      ['sudo -u node env CI=1 corepack pnpm i', 'pnpm install frozen'],
      ['gosu node npm i', 'npm install open'],
      ['timeout -k 5 60 npm i', 'npm install open'],
      ['find . | xargs -n 1 npm i', 'npm install open'],
      ['PM=npm; $PM i x', 'npm add open x'],
      ['$(npm bin)/x && npm i', 'npm install open'],
      ['npm_config_ignore_scripts=true npm ci', 'npm install frozen no-scripts'],
      ['export NPM_CONFIG_IGNORE_SCRIPTS=1; npm ci', 'npm install frozen no-scripts'],
      ["su node -c 'cd web && npm i'", 'npm install open in:app/web'],
      ['nvm exec 22 npm i', 'npm install open'],
      ['mise x node@22 -- npm i', 'npm install open'],
    ])
  })

  it('knows it again however it is dressed up', () => {
    table([
      ['INSTALL="npm install"; $INSTALL', 'npm install open'],
      ['ARGS="install --silent"; npm $ARGS', 'npm install open'],
      ['"/c/Program Files/nodejs/npm" install', 'npm install open'],
      ['env -S "npm install"', 'npm install open'],
      ["trap 'npm install' EXIT", 'npm install open'],
      ['npx -c "npm install"', 'npm install open'],
      ['npm exec -c "npm install"', 'npm install open'],
      ['docker run --rm -v "$PWD:/app" -w npm node:22 npm install', 'npm install open'],
      ['docker compose run web sh -c "npm install"', 'npm install open'],
      ['find . -name npm -execdir npm install \\;', 'npm install open'],
      ['retry -t 3 -- npm install', 'npm install open'],
      ['nix develop --command npm install', 'npm install open'],
      ['docker build -t npm .', 'none'],
      ['find . -name npm', 'none'],
    ])
  })
})
