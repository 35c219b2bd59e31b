/**
 * `npm run demo`: two pull requests from end to end. The App runs as its own process against a GitHub and a private registry on
 * loopback; the other packages come from the public registry. Ends with 0 when the App did what it should.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CheckRun, type GitHub, type Pull, type Repository, startGitHub } from '../emulator/github.js'
import { startOsv, type TestOsv } from '../emulator/osv.js'
import { type AcmeRegistry, acmeName, startAcmeRegistry } from './acme-package.js'
import { startApp } from './app-process.js'
import { policyFile, projectFiles } from './project.js'
import { faint, say, showAnnotations, showCheck, showComments, strong } from './show.js'

const reviewTimeoutMs = 50_000
const pollMs = 50

const honest = '1.4.2'
const turnedBad = '1.4.3'

interface Opened {
  readonly pull: Pull
  readonly run: CheckRun
}

/** A push, a pull request, the webhook; resolves when the App has completed its check run. */
async function openPullRequest(
  github: GitHub,
  repository: Repository,
  title: string,
  files: Record<string, string>,
): Promise<Opened> {
  const branch = title.toLowerCase().replaceAll(' ', '-')
  await github.commit(repository, branch, files, title)
  const pull = await github.openPull(repository, { head: branch, title })
  await github.deliver(await github.events.pull('opened', pull))
  const deadline = Date.now() + reviewTimeoutMs
  while (Date.now() < deadline) {
    const run = repository.checks.find(({ suite }) => suite.headSha === pull.head.sha)
    if (run?.status === 'completed') return { pull, run }
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
  throw new Error(`the check run of #${pull.number} was not completed in time`)
}

function show({ pull, run }: Opened): void {
  const { name, owner } = pull.base.repository
  say()
  say(
    `${strong(`${owner.login}/${name}`)} #${pull.number}  ${pull.title}  ${faint(`${pull.head.ref} → ${pull.base.ref}`)}`,
  )
  say()
  showCheck(run)
  showComments(pull)
  showAnnotations(run)
}

/** The package that turned bad is refused and shown on its line. */
function faultsOfBad({ pull, run }: Opened): string[] {
  const shown = pull.comments.some(({ line, body }) => line !== null && body.includes('postinstall'))
  return [
    ...(run.conclusion === 'failure' ? [] : [`the first check run ended with ${run.conclusion}, not with failure`]),
    ...(shown ? [] : [`no comment on a line tells of the install script of ${acmeName}`]),
  ]
}

/** Real upgrades pass; where they cannot be read they do not, and that is what the App has to say. */
function faultsOfHonest({ pull, run }: Opened): string[] {
  const offline = run.conclusion === 'action_required'
  if (offline)
    say(faint('\nThe public registry could not be read from here, so the App does not pass what it has not seen.'))
  return [
    ...(run.conclusion === 'success' || offline ? [] : [`the second check run ended with ${run.conclusion}`]),
    ...(pull.comments.length === 0 ? [] : ['an honest upgrade got a comment']),
  ]
}

async function runDemo(github: GitHub, acme: AcmeRegistry): Promise<string[]> {
  const start = performance.now()
  const files = { ...policyFile(acme), ...projectFiles('base', honest, acme) }
  const repository = await github.createRepository({ owner: 'acme', name: 'invoice-server', private: true, files })
  const head = (version: string) => projectFiles('head', version, acme)
  const bad = await openPullRequest(github, repository, 'Upgrade dependencies', head(turnedBad))
  show(bad)
  const good = await openPullRequest(github, repository, 'Upgrade public dependencies', head(honest))
  show(good)
  const faults = [...faultsOfBad(bad), ...faultsOfHonest(good)]
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  say()
  say(faint(`${github.requests.length} requests to GitHub, each held against its own API description; ${seconds} s.`))
  return [...faults, ...github.violations.map((text) => `against GitHub's description: ${text}`)]
}

async function withApp(github: GitHub, acme: AcmeRegistry, osv: TestOsv, cache: string): Promise<number> {
  const app = await startApp(github, {
    LOCKWARDEN_ALLOW_HOSTS: acme.registry.host,
    // Without advisories: the demo is to say tomorrow what it says today.
    LOCKWARDEN_OSV_URL: osv.url,
    XDG_CACHE_HOME: cache,
  })
  github.webhookTarget = app.url
  const at = `A GitHub at ${github.url}, a registry for @acme at ${acme.registry.url}, and the App, each on loopback.`
  try {
    say(faint(at))
    const faults = await runDemo(github, acme)
    for (const fault of faults) say(`Not as it should be: ${fault}`)
    if (faults.length > 0) for (const line of app.log) say(faint(line))
    return faults.length === 0 ? 0 : 1
  } finally {
    await app.stop()
  }
}

async function main(): Promise<number> {
  const [github, acme, osv] = await Promise.all([startGitHub(), startAcmeRegistry(), startOsv()])
  github.install('acme')
  // Its own cache: what an earlier run learnt must not make this one look better.
  const cache = await mkdtemp(join(tmpdir(), 'lockwarden-demo-'))
  try {
    return await withApp(github, acme, osv, cache)
  } finally {
    await Promise.all([github.close(), acme.registry.close(), osv.close()])
    await rm(cache, { recursive: true, force: true })
  }
}

process.exitCode = await main().catch((error: unknown) => {
  say(`The demo failed: ${error instanceof Error ? error.message : String(error)}`)
  return 1
})
