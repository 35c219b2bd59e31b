/**
 * Commands that people and scripts type without thinking, and the packages that bring them. npm puts `node_modules/.bin` first in the path of
 * every script, so that a package of another name which brings one of them is what runs from then on. Kept by hand: shells, what a project's
 * scripts are made of, and what holds keys or deploys.
 */
const owners: Readonly<Record<string, readonly string[]>> = {
  ...withoutOwner('sh bash zsh fish dash pwsh powershell cmd'),
  ...withoutOwner(
    'env cat cp mv rm ls ln mkdir chmod chown find grep sed awk tar zip unzip tee touch test echo sleep kill ps sudo su',
  ),
  ...withoutOwner('git gh svn hg ssh scp sftp rsync gpg openssl curl wget nc'),
  ...withoutOwner('python python3 pip pip3 uv uvx ruby gem perl php java go cargo rustc make cmake gcc g++ cc clang'),
  ...withoutOwner(
    'docker podman kubectl helm terraform aws az gcloud heroku psql mysql sqlite3 redis-cli open xdg-open code',
  ),
  node: ['node', 'node-bin'],
  npm: ['npm'],
  npx: ['npm', 'npx'],
  'node-gyp': ['node-gyp'],
  corepack: ['corepack'],
  yarn: ['yarn', '@yarnpkg/cli', '@yarnpkg/cli-dist', 'corepack'],
  yarnpkg: ['yarn', 'corepack'],
  pnpm: ['pnpm', '@pnpm/exe', 'corepack'],
  pnpx: ['pnpm', '@pnpm/exe', 'corepack'],
  bun: ['bun'],
  bunx: ['bun'],
  deno: ['deno'],
  tsc: ['typescript'],
  tsserver: ['typescript'],
  'ts-node': ['ts-node'],
  tsx: ['tsx'],
  eslint: ['eslint'],
  prettier: ['prettier'],
  biome: ['@biomejs/biome'],
  jest: ['jest', 'jest-cli'],
  mocha: ['mocha'],
  vitest: ['vitest'],
  webpack: ['webpack', 'webpack-cli'],
  vite: ['vite', 'rolldown-vite'],
  rollup: ['rollup', '@rollup/wasm-node'],
  esbuild: ['esbuild', 'esbuild-wasm'],
  next: ['next'],
  nuxt: ['nuxt', 'nuxi'],
  nx: ['nx'],
  turbo: ['turbo'],
  lerna: ['lerna'],
  husky: ['husky'],
  rimraf: ['rimraf'],
  'cross-env': ['cross-env'],
  semver: ['semver'],
  vercel: ['vercel'],
  wrangler: ['wrangler'],
  firebase: ['firebase-tools'],
  claude: ['@anthropic-ai/claude-code'],
}

function withoutOwner(names: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, []]))
}

const known = new Map(Object.entries(owners))

/** Windows and macOS find a command in whatever case it is written. */
export function shadowsCommand(command: string, name: string): boolean {
  const by = known.get(command.toLowerCase().replace(/\.(?:cmd|exe|bat|ps1)$/, ''))
  return by !== undefined && !by.includes(name)
}

const bringers: ReadonlySet<string> = new Set([...known.values()].flat())

/** Whether a package is there for its well-known command, so that nothing needs to load it. */
export const bringsCommand = (name: string): boolean => bringers.has(name)
