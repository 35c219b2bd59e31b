import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { diffTexts } from '../../src/change/diff-texts.js'
import { type FileHunks, findCommentableHunk, isAddedLine } from '../../src/change/hunks.js'
import { parsePatch } from '../../src/change/parse-patch.js'
import fc from '../seeded-properties.js'

const lines = (count: number, from = 1): string[] => Array.from({ length: count }, (_, index) => `line ${from + index}`)
const text = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('')

const commentable = (file: FileHunks, side: 'LEFT' | 'RIGHT', upTo: number): number[] =>
  Array.from({ length: upTo + 2 }, (_, line) => line).filter((line) => findCommentableHunk(file, side, line))

/** The body of git's own diff, as GitHub sends it in `patch`. */
function gitPatch(before: string, after: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'lockwarden-diff-'))
  try {
    writeFileSync(join(folder, 'a'), before)
    writeFileSync(join(folder, 'b'), after)
    return execFileSync('sh', ['-c', 'git diff --no-index --no-color --unified=3 a b || true'], { cwd: folder })
      .toString()
      .replace(/^[^@]*(?=@@|$)/, '')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('diffTexts', () => {
  it('finds no hunk between equal texts, empty ones and absent ones', () => {
    const nothing = { source: 'computed', hunks: [], certain: { LEFT: [], RIGHT: [] } }

    expect(diffTexts('a\nb\n', 'a\nb\n')).toEqual(nothing)
    expect(diffTexts('', '')).toEqual(nothing)
    expect(diffTexts(null, '')).toEqual(nothing)
  })

  it('gives a changed line three lines of context', () => {
    const after = text(lines(20).with(9, 'changed'))

    expect(diffTexts(text(lines(20)), after)).toEqual({
      source: 'computed',
      hunks: [
        {
          oldStart: 7,
          oldCount: 7,
          newStart: 7,
          newCount: 7,
          removed: [{ start: 10, count: 1 }],
          added: [{ start: 10, count: 1 }],
        },
      ],
      certain: { LEFT: [{ start: 10, count: 1 }], RIGHT: [{ start: 10, count: 1 }] },
    })
  })

  it('joins changes whose contexts touch, and parts those that are further away', () => {
    const six = text(lines(30).with(9, 'x').with(16, 'y'))
    const seven = text(lines(30).with(9, 'x').with(17, 'y'))

    expect(diffTexts(text(lines(30)), six).hunks).toHaveLength(1)
    expect(diffTexts(text(lines(30)), seven).hunks).toHaveLength(2)
  })

  it('shows a new file as added and a deleted one as removed', () => {
    expect(diffTexts(null, 'a\nb\n').hunks).toEqual([
      { oldStart: 0, oldCount: 0, newStart: 1, newCount: 2, removed: [], added: [{ start: 1, count: 2 }] },
    ])
    expect(diffTexts('a\nb\n', null).hunks).toEqual([
      { oldStart: 1, oldCount: 2, newStart: 0, newCount: 0, removed: [{ start: 1, count: 2 }], added: [] },
    ])
  })

  it('counts a last line that gained its newline, and a line that gained a carriage return, as changed', () => {
    expect(diffTexts('a\nb', 'a\nb\n').hunks[0]?.added).toEqual([{ start: 2, count: 1 }])
    expect(diffTexts('a\nb\n', 'a\r\nb\n').hunks[0]?.added).toEqual([{ start: 1, count: 1 }])
  })

  it.each([
    ['an edit at the start', text(lines(9)), text(lines(9).with(0, 'x'))],
    ['an edit at the end', text(lines(9)), text(lines(9).with(8, 'x'))],
    ['an insertion', text(lines(9)), text(lines(9).toSpliced(4, 0, 'x', 'y'))],
    ['a deletion', text(lines(9)), text(lines(9).toSpliced(4, 2))],
    ['a lost last newline', 'a\nb\n', 'a\nb'],
    ['other line ends', 'a\nb\n', 'a\r\nb\r\n'],
    ['a new first line', '', 'a\n'],
    ['an emptied file', 'a\n', ''],
    ['a single line', 'a\n', 'b\n'],
    ['two hunks', text(lines(40)), text(lines(40).with(5, 'x').with(30, 'y'))],
    ['an empty line of context', 'a\n\nb\n', 'a\n\nc\n'],
  ])('finds for %s the hunks that git finds', (_, before, after) => {
    expect(diffTexts(before, after).hunks).toEqual(parsePatch(gitPatch(before, after))?.hunks)
  })

  it('agrees with git about which lines of an upgraded lockfile carry comments', () => {
    const lockfile = (versions: readonly number[]): string =>
      JSON.stringify(
        Object.fromEntries(
          versions.map((version, index) => [
            `node_modules/p${index}`,
            { version: `1.${version}.0`, integrity: `sha512-${index}-${version}`, license: 'MIT' },
          ]),
        ),
        null,
        2,
      )
    const before = lockfile(Array.from({ length: 200 }, () => 0))
    const after = lockfile(Array.from({ length: 203 }, (_, index) => (index % 7 === 0 ? 1 : 0)))

    expect(diffTexts(before, after).hunks).toEqual(parsePatch(gitPatch(before, after))?.hunks)
  })

  it('is right about every line: what it calls unchanged is the same on both sides', () => {
    const content = fc.array(fc.constantFrom('a', 'b', 'c', 'd', '{', '}'), { maxLength: 40 })

    fc.assert(
      fc.property(content, content, (old, now) => {
        const { hunks } = diffTexts(text(old), text(now))
        const removed = new Set(hunks.flatMap((hunk) => hunk.removed).flatMap(toLines))
        const added = new Set(hunks.flatMap((hunk) => hunk.added).flatMap(toLines))
        const kept = (all: string[], gone: Set<number>) => all.filter((_, index) => !gone.has(index + 1))
        expect(kept(old, removed)).toEqual(kept(now, added))
      }),
    )
  })

  it('stays fast on a lockfile of 200,000 lines of which a third changed', () => {
    const before = Array.from({ length: 200_000 }, (_, index) => `"p${index >> 2}": "${index % 4}"`)
    const after = before.map((line, index) => (index % 3 === 0 ? `${line} new ${index}` : line))
    const started = performance.now()

    const { source, hunks } = diffTexts(text(before), text(after))

    expect([source, hunks.length]).toEqual(['computed', 1])
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('names only lines that are certainly added when the texts differ too much', () => {
    // Each line twice, so that none of them shows the way.
    const before = Array.from({ length: 20_000 }, (_, index) => `shared ${index >> 1}`)
    const after = ['new first', ...before.toReversed(), 'new last', 'new after it']
    const file = diffTexts(text(before), text(after))

    expect(file).toEqual({
      source: 'coarse',
      hunks: [
        { oldStart: 0, oldCount: 0, newStart: 1, newCount: 1, removed: [], added: [{ start: 1, count: 1 }] },
        { oldStart: 0, oldCount: 0, newStart: 20_002, newCount: 2, removed: [], added: [{ start: 20_002, count: 2 }] },
      ],
      certain: {
        LEFT: [],
        RIGHT: [
          { start: 1, count: 1 },
          { start: 20_002, count: 2 },
        ],
      },
    })
  })
})

const toLines = ({ start, count }: { start: number; count: number }): number[] =>
  Array.from({ length: count }, (_, index) => start + index)

describe('findCommentableHunk', () => {
  const [before, after] = [text(lines(20)), text(lines(20).toSpliced(9, 1, 'x', 'line 3', 'y'))]
  const computed = diffTexts(before, after)
  const github = parsePatch(gitPatch(before, after))

  it("lets a comment stand on added lines and context on the right, and on removed lines on the left, of GitHub's hunks", () => {
    if (github === null) throw new Error('git gave no patch')

    expect(commentable(github, 'RIGHT', 22)).toEqual([7, 8, 9, 10, 11, 12, 13, 14, 15])
    expect(commentable(github, 'LEFT', 20)).toEqual([10])
  })

  it('lets a comment stand only on lines that the other file does not have, of hunks that we computed', () => {
    expect(commentable(computed, 'RIGHT', 22)).toEqual([10, 12])
    expect(commentable(computed, 'LEFT', 20)).toEqual([10])
  })

  it('tells added lines from context', () => {
    expect([9, 10, 11, 12, 13].map((line) => isAddedLine(computed, line))).toEqual([false, true, true, true, false])
  })

  it('never lets a comment stand where git has no hunk, whatever moved', () => {
    const content = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', '{', '}'), { maxLength: 30 })

    fc.assert(
      fc.property(content, content, (old, now) => {
        const [one, other] = [text(old), text([...now, 'new'])]
        const theirs = parsePatch(gitPatch(one, other))
        if (theirs === null) throw new Error('git gave no patch')
        const ours = commentable(diffTexts(one, other), 'RIGHT', 32)
        expect(ours.length).toBeGreaterThan(0)
        expect(ours.filter((line) => findCommentableHunk(theirs, 'RIGHT', line) === undefined)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})

describe('parsePatch', () => {
  it("reads GitHub's patch, with counts left out and text after the header", () => {
    const patch =
      '@@ -1 +1,2 @@\n-a\n+b\n+c\n\\ No newline at end of file\n@@ -10,2 +11,2 @@ function f() {\n x\n-y\n+z'

    expect(parsePatch(patch)).toEqual({
      source: 'github',
      hunks: [
        {
          oldStart: 1,
          oldCount: 1,
          newStart: 1,
          newCount: 2,
          removed: [{ start: 1, count: 1 }],
          added: [{ start: 1, count: 2 }],
        },
        {
          oldStart: 10,
          oldCount: 2,
          newStart: 11,
          newCount: 2,
          removed: [{ start: 11, count: 1 }],
          added: [{ start: 12, count: 1 }],
        },
      ],
    })
  })

  it('takes removed and added lines that look like headers for lines', () => {
    expect(parsePatch('@@ -1,2 +1,2 @@\n--- a\n+++ b\n @@ -1 +1 @@')?.hunks[0]).toMatchObject({
      removed: [{ start: 1, count: 1 }],
      added: [{ start: 1, count: 1 }],
    })
  })

  it.each([
    'no patch',
    '@@ -1,3 +1,3 @@\n a\n-b',
    '@@ -1,1 +1,1 @@\n-a\n-b\n+c',
    '@@ -1 +1 @@\nx\n',
    'Binary files differ',
  ])('refuses %j', (patch) => {
    expect(parsePatch(patch)).toBeNull()
  })

  it('finds no hunk in an empty patch', () => {
    expect(parsePatch('')).toEqual({ source: 'github', hunks: [] })
  })
})
