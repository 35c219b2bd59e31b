import type { Findings } from '../capabilities/findings.js'
import type { RawSighting } from '../capabilities/raw-sightings.js'
import type { BoundNames } from '../fold/bound-names.js'
import type { ReferenceKey } from '../fold/reference.js'
import type { FunctionSite, Scope } from '../fold/scope.js'
import { unwrap } from '../fold/unwrap.js'
import { type SyntaxNode, startOf } from '../read/syntax-node.js'

/** What code asks of the machine before it does anything, by the references that its conditions hold. The first that matches. */
const checks: readonly (readonly [RegExp, string])[] = [
  [
    /^:process\.env\.(?:CI|CONTINUOUS_INTEGRATION|BUILD_NUMBER|BUILD_ID|RUN_ID|GITHUB_ACTIONS|GITLAB_CI|TRAVIS|CIRCLECI|JENKINS_URL|BUILDKITE|TF_BUILD|TEAMCITY_VERSION|APPVEYOR|DRONE|CODEBUILD_BUILD_ID|BITBUCKET_COMMIT)(?:$|[.(])|^(?:ci-info|is-ci):/,
    'check for CI',
  ],
  [
    /^:Intl\.DateTimeFormat\(\)\.resolvedOptions\(\)|^:navigator\.languages?(?:$|[.(])|^:process\.env\.(?:LANG|LANGUAGE|LC_ALL|LC_MESSAGES|TZ)(?:$|[.(])|^:Date\(\)\.getTimezoneOffset|^os-locale:/,
    'check for a place or language',
  ],
  [
    /^os:(?:hostname|userInfo|cpus|totalmem|uptime)\(\)|^:process\.env\.(?:USER|USERNAME|LOGNAME|HOSTNAME|COMPUTERNAME|USERDOMAIN)(?:$|[.(])|^inspector:url|^:process\.execArgv/,
    'check for a machine',
  ],
]

/** Files without one of these ask nothing of the kind: most of them. */
const anyCheck =
  /\bCI\b|\b[A-Z]{2,20}_?CI\b|isCI|GITHUB_ACTIONS|BUILD_|RUN_ID|TRAVIS|JENKINS|TEAMCITY|APPVEYOR|DRONE|timeZone|locale|navigator|\bLANG|LC_ALL|\bTZ\b|getTimezoneOffset|hostname|userInfo|cpus|totalmem|uptime|USER|LOGNAME|HOSTNAME|COMPUTERNAME|execArgv/

/** Statements, and parts of conditions, looked at in one file: what runs on load is short, or generated. */
const maxStatements = 5_000
const maxParts = 20
const maxChecks = 200

/** Conditions that ask where the code runs, in what runs on load. Elsewhere it is anybody's business. */
export function readChecks(
  tree: SyntaxNode,
  { fold, text }: Findings,
  { module, scopes }: Pick<BoundNames, 'module' | 'scopes'>,
  runsAtLoad: ReadonlySet<FunctionSite>,
): readonly RawSighting[] {
  if (tree.type !== 'Program' || !anyCheck.test(text)) return []
  const found: RawSighting[] = []
  let left = maxStatements
  const bodies: readonly (readonly [SyntaxNode, Scope, FunctionSite | undefined])[] = [
    [tree, module, undefined],
    ...[...runsAtLoad].map((site): [SyntaxNode, Scope, FunctionSite] => [
      site.node.body as SyntaxNode,
      scopes.get(site.node) ?? module,
      site,
    ]),
  ]
  for (const [body, scope, within] of bodies) {
    for (const [condition, inner] of conditionsIn(body, scope, scopes, () => left-- > 0)) {
      if (found.length === maxChecks) return found
      const detail = checkIn(condition, (node) => keyOf(fold.value(node, inner)))
      if (detail !== undefined) found.push({ capability: 'evasion', detail, offset: startOf(condition), within })
    }
  }
  return found
}

const keyOf = (value: ReturnType<Findings['fold']['value']>): ReferenceKey | undefined =>
  value?.kind === 'reference' ? value.key : undefined

/** The conditions of one function's own statements, functions within left out. */
function* conditionsIn(
  start: SyntaxNode,
  scope: Scope,
  scopes: BoundNames['scopes'],
  mayGoOn: () => boolean,
): Generator<readonly [SyntaxNode, Scope]> {
  const waiting: (readonly [SyntaxNode, Scope])[] = [[start, scope]]
  for (let next = waiting.pop(); next !== undefined && mayGoOn(); next = waiting.pop()) {
    const [node, outer] = next
    const inner = scopes.get(node) ?? outer
    const condition = conditionOf(node)
    if (condition !== undefined) yield [condition, inner]
    for (const part of partsOf(node)) waiting.push([part, inner])
  }
}

function conditionOf(node: SyntaxNode): SyntaxNode | undefined {
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return node.test as SyntaxNode
    case 'LogicalExpression':
      return node.left as SyntaxNode
    case 'SwitchStatement':
      return node.discriminant as SyntaxNode
    default:
      return undefined
  }
}

function partsOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.type) {
    case 'Program':
    case 'BlockStatement':
      return node.body as SyntaxNode[]
    case 'IfStatement':
      return [node.consequent, ...(node.alternate ? [node.alternate] : [])] as SyntaxNode[]
    case 'TryStatement':
      return [
        node.block,
        ...(node.handler ? [node.handler.body] : []),
        ...(node.finalizer ? [node.finalizer] : []),
      ] as SyntaxNode[]
    case 'ExpressionStatement':
      return [node.expression as SyntaxNode]
    case 'ConditionalExpression':
      return [node.consequent, node.alternate] as SyntaxNode[]
    case 'LogicalExpression':
      return [node.right as SyntaxNode]
    case 'ForStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
      return [node.body as SyntaxNode]
    default:
      return []
  }
}

/** What a condition asks for, in whatever comparison or call it does so. */
function checkIn(condition: SyntaxNode, keyOfPart: (node: SyntaxNode) => ReferenceKey | undefined): string | undefined {
  const parts: SyntaxNode[] = [condition]
  for (let index = 0; index < parts.length && index < maxParts; index++) {
    const part = unwrap(parts[index] as SyntaxNode)
    const key = keyOfPart(part)
    const check = key === undefined ? undefined : checks.find(([pattern]) => pattern.test(key))
    if (check !== undefined) return check[1]
    parts.push(...operandsOf(part))
  }
  return undefined
}

function operandsOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.type) {
    case 'UnaryExpression':
    case 'AwaitExpression':
      return [node.argument as SyntaxNode]
    case 'LogicalExpression':
    case 'BinaryExpression':
      return [node.left, node.right] as SyntaxNode[]
    case 'CallExpression':
      return [node.callee, ...node.arguments] as SyntaxNode[]
    case 'MemberExpression':
      return [node.object as SyntaxNode]
    default:
      return []
  }
}
