import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Arborist from '@npmcli/arborist'
import { diffGraphs } from '../dist/lockfile/diff.js'
import { parseNpmLockfile } from '../dist/lockfile/npm/npm-lockfile.js'
import { publicHosts, publicRegistry } from '../dist/registry/public-registry.js'
import { generatePackageLock } from './generate-package-lock.js'
import { interleave, milliseconds, ratio } from './measure.js'

/** (a) Parse and diff two package-locks against arborist's loadVirtual of both, and against JSON.parse of both. */
export async function benchLockfiles() {
  console.log('\nlockfiles: parse and diff of two package-lock.json (version 3), median of 9')
  const folder = mkdtempSync(join(tmpdir(), 'lockwarden-bench-'))
  try {
    for (const count of [1_000, 10_000, 50_000]) await benchCount(folder, count)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function benchCount(folder, count) {
  const texts = [false, true].map((upgraded) => generatePackageLock({ count, upgraded, registry: publicRegistry }))
  const paths = texts.map((text, index) => {
    const path = join(folder, `${count}-${index}`)
    mkdirSync(path)
    writeFileSync(join(path, 'package-lock.json'), text)
    writeFileSync(join(path, 'package.json'), JSON.stringify(JSON.parse(text).packages['']))
    return path
  })
  let changes = 0
  const times = await interleave(
    {
      lockwarden: () => {
        changes = reviewTexts(texts).length
      },
      arborist: () => Promise.all(paths.map((path) => new Arborist({ path }).loadVirtual())),
      'JSON.parse': () => texts.map((text) => JSON.parse(text)),
    },
    count > 10_000 ? 3 : 9,
  )
  if (changes !== Math.ceil(count / 20)) throw new Error(`${changes} changes were found instead of ${count / 20}`)
  const size = `${(texts[0].length / 2 ** 20).toFixed(1)} MB`
  console.log(
    `  ${String(count).padStart(6)} entries (${size} each): lockwarden ${milliseconds(times.lockwarden)}, ` +
      `arborist ${milliseconds(times.arborist)}, JSON.parse ${milliseconds(times['JSON.parse'])}`,
  )
  console.log(
    `         arborist / lockwarden ${ratio(times.arborist / times.lockwarden)} (aim: at least 10), ` +
      `lockwarden / JSON.parse ${ratio(times.lockwarden / times['JSON.parse'])} (aim of the next step: at most 3)`,
  )
}

function reviewTexts(texts) {
  const [base, head] = texts.map((text) => {
    const parsed = parseNpmLockfile({ file: 'package-lock.json', text, manifests: new Map() })
    if (!parsed.known) throw new Error(parsed.gap.detail)
    return parsed.value
  })
  return diffGraphs(base, head, { defaultHosts: publicHosts })
}
