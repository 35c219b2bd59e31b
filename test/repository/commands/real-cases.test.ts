import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { dockerfileReader } from '../../../src/repository/docker/dockerfile-reader.js'
import { workflowReader } from '../../../src/repository/workflows/workflow-reader.js'

/** The folder with the real files, or null where they are not on this machine. */
function unpack(): string | null {
  const archive = resolve(process.env.LOCKWARDEN_CASES ?? '../shared/cases', 'posture.tar.xz')
  if (!existsSync(archive)) {
    console.log(`skipped: real workflows and Dockerfiles are not there (${archive}); set LOCKWARDEN_CASES`)
    return null
  }
  const folder = mkdtempSync(join(tmpdir(), 'lockwarden-commands-'))
  const wanted = ['*/workflows/*', '*/workflow-changes/*', '*/dockerfiles/*']
  execFileSync('tar', ['-xf', archive, '-C', folder, '--wildcards', ...wanted])
  return folder
}

const folder = unpack()

afterAll(() => {
  if (folder !== null) rmSync(folder, { recursive: true })
})

const filesBelow = (part: RegExp): readonly string[] =>
  folder === null
    ? []
    : readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((path) => part.test(path))

/** Commands that do not begin on the line that they are told on. */
function misplaced(text: string, commands: ReturnType<typeof workflowReader.read>['commands'] = []): readonly string[] {
  const lines = text.split(/\r?\n/)
  return commands.flatMap(({ line, invocation: { excerpt } }) => {
    const first = excerpt.split(/[\s"'|;&)]/)[0] ?? ''
    return lines[line - 1]?.includes(first) ? [] : [`${line}: ${excerpt}`]
  })
}

const onCases = folder === null ? describe.skip : describe

onCases('real files that run commands', () => {
  it('are workflows that are read whole, each command on its line', () => {
    let [files, commands] = [0, 0]
    const strange: unknown[] = []
    // Most files of a change are the same in both of its states.
    const texts = new Map(filesBelow(/workflows\/[^/]+\.ya?ml$/).map((path) => [readFileSync(path, 'utf8'), path]))
    for (const [text, path] of texts) {
      const read = workflowReader.read('.github/workflows/x.yml', text, () => false)
      files += 1
      commands += read.commands?.length ?? 0
      const wrong = misplaced(text, read.commands)
      const isEmpty = read.workflows?.[0]?.jobs.length === 0
      if (read.broken !== undefined || read.cut !== undefined || isEmpty || wrong.length > 0) {
        strange.push([path, read.broken, read.cut, wrong])
      }
    }

    expect(strange).toEqual([])
    expect([files, commands].map((count) => Math.floor(count / 100))).toEqual([8, 103])
  })

  it('are Dockerfiles that are read whole, each command on its line', () => {
    const read = filesBelow(/dockerfiles\//).map((path) => {
      const text = readFileSync(path, 'utf8')
      const { broken, cut, commands, dockerfiles } = dockerfileReader.read('Dockerfile', text, () => false)
      return { broken, cut, images: dockerfiles?.[0]?.images.length ?? 0, wrong: misplaced(text, commands) }
    })

    expect(read.filter(({ broken, cut, images, wrong }) => broken || cut || images === 0 || wrong.length > 0)).toEqual(
      [],
    )
    expect(read).toHaveLength(20)
  })
})
