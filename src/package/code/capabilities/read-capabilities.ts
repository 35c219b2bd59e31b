import { readChecks } from '../evasion/checks.js'
import { readWords } from '../evasion/words.js'
import type { ModuleRequest, Scope, Sighting } from '../file-code.js'
import { bindNames } from '../fold/bind-names.js'
import type { BoundNames } from '../fold/bound-names.js'
import { Fold } from '../fold/fold.js'
import { functionsRunAtLoad } from '../fold/load-time.js'
import type { FunctionSite } from '../fold/scope.js'
import type { SourceText } from '../read/source-text.js'
import type { SyntaxNode } from '../read/syntax-node.js'
import type { Position } from '../read/walk.js'
import { Abilities } from './ability-table.js'
import { abilityTables } from './ability-tables.js'
import { readDecoders } from './decoders.js'
import { Findings, type FoldedText } from './findings.js'
import { isLiteralSite } from './literal-sites.js'
import { type RawSighting, toSightings } from './raw-sightings.js'
import { readSite } from './read-site.js'
import { sendingTimers, tokensSent } from './with-others.js'

export interface CodeAbilities {
  readonly sightings: readonly Sighting[]
  readonly requests: readonly ModuleRequest[]
  readonly folded: readonly FoldedText[]
  /** A limit was met: there may be more than is told, so the file must not count as read. */
  readonly exhausted: boolean
  /** For what else asks for names and values of the file. */
  readonly names: BoundNames
  readonly fold: Fold
  readonly runsAtLoad: ReadonlySet<FunctionSite>
  readonly findings: Findings
}

export interface ReadOptions {
  /** The tree is TypeScript's or Flow's. */
  readonly anyKeys?: boolean
  /** Looks at each node in the same walk. */
  readonly alongside?: (node: SyntaxNode, at: Position) => void
  /** For many files: `knownAbilities()` once. */
  readonly abilities?: Abilities
}

export const knownAbilities = (): Abilities => new Abilities(abilityTables)

/** What a file can do and which modules it asks for. One walk, then a look at each place that may be something. */
export function readCapabilities(tree: SyntaxNode, source: SourceText, options: ReadOptions = {}): CodeAbilities {
  const names = bindNames(tree, {
    anyKeys: options.anyKeys === true,
    isSite: isLiteralSite,
    ...(options.alongside && { alongside: options.alongside }),
  })
  const fold = new Fold(names, source.text)
  const findings = new Findings(fold, source.text, options.abilities ?? knownAbilities())
  for (const site of names.sites) readSite(findings, site)
  readDecoders(findings)
  const runsAtLoad = functionsRunAtLoad(names.functions, findings.localCalls)
  const scopeOf = (within: FunctionSite | undefined): Scope =>
    within === undefined || runsAtLoad.has(within) ? 'top' : 'function'
  const found = [
    ...allFound(findings, names),
    ...readChecks(tree, findings, names, runsAtLoad),
    ...readWords(source.text),
  ]
  const { sightings, cut } = toSightings(found, source, scopeOf)
  const requests = findings.requests.all.map(
    ({ node, within, ...request }): ModuleRequest => ({
      ...source.placeAt(node.start ?? 0),
      scope: scopeOf(within),
      ...request,
    }),
  )
  return {
    sightings,
    requests,
    folded: findings.folded,
    exhausted: fold.exhausted || cut,
    names,
    fold,
    runsAtLoad,
    findings,
  }
}

function allFound(findings: Findings, { functions }: BoundNames): readonly RawSighting[] {
  const { found, secretPaths, readsFiles } = findings
  const paths = readsFiles ? secretPaths.filter((path) => !isToldByCall(found, path)) : []
  return [...found, ...paths, ...sendingTimers(findings, functions), ...tokensSent(findings)]
}

/** The call that reads a file tells of its path already. */
const isToldByCall = (found: readonly RawSighting[], { detail, within, constant = '' }: RawSighting): boolean =>
  found.some(
    (call) =>
      call.capability === 'sensitive-read' &&
      `${call.detail} named` === detail &&
      call.within === within &&
      call.constant?.endsWith(constant),
  )
