/**
 * `node .ci/complete-lockfile.js`, after `npm install` against a registry that lacks packages for other platforms: npm
 * leaves those out of package-lock.json and `npm ci` then refuses it. Each is added with the exact version that its parent
 * states and the platform that its name states, and without an integrity, because nobody here has seen its bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const file = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(file, 'utf8'))
const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/** npm looks upwards from the folder of whoever asks. */
function isLocked(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    if (`${at === '' ? '' : `${at}/`}node_modules/${name}` in lock.packages) return true
    if (at === '') return false
  }
}

const wordsOf = (name) => name.split(/[/-]/)
const named = (name, known) => known.filter((word) => wordsOf(name).includes(word))

const added = []
for (const [key, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(key, name)) continue
    if (!/^\d+\.\d+\.\d+[\w.+-]*$/.test(version))
      throw new Error(`${key} asks for ${name}@${version}, no exact version`)
    const [os, cpu] = [named(name, systems), named(name, processors)]
    const libc = wordsOf(name).includes('linux') ? (/musl/.test(name) ? ['musl'] : ['glibc']) : []
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(cpu.length > 0 && { cpu }),
      ...(entry.dev && { dev: true }),
      ...(libc.length > 0 && { libc }),
      optional: true,
      ...(os.length > 0 && { os }),
    }
    added.push(`${name}@${version}`)
  }
}
const { '': root, ...rest } = lock.packages
const sorted = Object.entries(rest).sort(([a], [b]) => a.localeCompare(b, 'en'))
lock.packages = { '': root, ...Object.fromEntries(sorted) }
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(added.length === 0 ? 'nothing was missing' : `added ${added.join(', ')}`)
