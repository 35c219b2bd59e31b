import { codeHeadline } from './code-headline.js'
import { codeSections } from './code-terminal.js'
import { plain } from './escape.js'
import type { InspectedCode } from './inspected-code.js'
import type { InspectedScript, Inspection } from './inspection.js'
import { mcpSections } from './mcp-terminal.js'
import { inline, list, openPage, type PackagePage, type PackageTerminalOptions, sayBytes } from './package-page.js'
import { listFew, plural } from './plural.js'
import { wrap } from './wrap.js'

/** One package for a person: the most dangerous first, then what runs when, what it is made of, and what stayed unknown. */
export function toInspectionTerminal(inspection: Inspection, options: PackageTerminalOptions): string {
  const page = openPage(options)
  const { package: named, files, scripts, binaries, implicitBuild, unsafe, dependencies, commands } = inspection
  const code = codeOf(inspection)
  const lines = [
    page.style.bold(plain(`${named.name} ${named.version}`.trim())),
    page.style.dim(plain(`${plural(files.count, 'file')}, ${sayBytes(files.bytes)} unpacked, ${named.integrity}`)),
    ...headlineLines(inspection, code, page),
    ...(inspection.mcp ? mcpSections(inspection.mcp, page) : []),
    ...(code ? codeSections(code, onInstall(inspection), page) : list('on install', onInstall(inspection), page)),
    ...list('from git', scripts.filter(isPrepare).map(sayScript), page),
    ...list('build', implicitBuild ? [...implicitBuild.commands, ...implicitBuild.sources] : [], page),
    ...list(
      'unsafe',
      unsafe.map(({ path, reason }) => `${reason}: ${path}`),
      page,
    ),
    ...inline(
      'binaries',
      binaries.map((binary) => `${binary.path} (${binary.kind}, ${sayBytes(binary.bytes)})`),
      page,
    ),
    ...inline('commands', commands, page),
    ...inline('depends on', dependencies, page),
    ...list(
      'not known',
      inspection.gaps.map(({ code: gap, detail }) => `${gap}: ${detail}`),
      page,
    ).map(page.style.warn),
  ]
  return `${lines.join('\n')}\n`
}

function headlineLines(
  inspection: Inspection,
  code: InspectedCode | undefined,
  { style, width }: PackagePage,
): string[] {
  const runs = onInstall(inspection).length > 0
  const { tone, sentence } =
    code === undefined
      ? { tone: 'warn' as const, sentence: `${runs ? '' : 'Runs nothing on install. '}Its code was not read.` }
      : codeHeadline(code, runs)
  const paint = { bad: style.bad, warn: style.warn, calm: style.good }[tone]
  return wrap('', sentence, width).map((line) => style.bold(paint(line)))
}

/** The parts come together or not at all. */
function codeOf(inspection: Inspection): InspectedCode | undefined {
  const { code, flows, capabilities, hosts, environment, recipients, addresses, unusual } = inspection
  if (!code || !flows || !capabilities || !hosts || !environment || !recipients || !addresses || !unusual)
    return undefined
  return { code, flows, capabilities, hosts, environment, recipients, addresses, unusual }
}

/** npm runs `prepare` only of what it packs itself: a folder or a git source. */
const isPrepare = ({ hook }: { readonly hook: string }): boolean => hook === 'prepare'

const onInstall = ({ scripts, implicitBuild }: Inspection): string[] => [
  ...scripts.filter((script) => !isPrepare(script)).map(sayScript),
  ...(implicitBuild?.runs ? ['node-gyp rebuild, by npm itself for binding.gyp'] : []),
]

export const sayHook = (hook: string): string => (isPrepare({ hook }) ? 'prepare (only from git or a folder)' : hook)

export const sayScript = ({ hook, command, files }: InspectedScript): string =>
  `${sayHook(hook)}: ${command}${files.length > 0 ? ` [${listFew(files, 5)}]` : ''}`
