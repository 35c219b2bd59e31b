import { unwrapKey } from '../capabilities/canonical-key.js'
import { isDecoder } from '../capabilities/decoding.js'
import { variableOf } from '../capabilities/environment-sites.js'
import { readingKeys } from '../capabilities/files.js'
import type { Findings, KnownCall } from '../capabilities/findings.js'
import { knownText } from '../capabilities/found.js'
import type { CodeAbilities } from '../capabilities/read-capabilities.js'
import { isSecretName } from '../capabilities/secrets.js'
import { isPath, secretPlace } from '../capabilities/sensitive-paths.js'
import { commandOf } from '../capabilities/shell.js'
import type { FlowSourceKind } from '../file-code.js'
import { type ReferenceKey, toWords } from '../fold/reference.js'
import type { Definition, Scope } from '../fold/scope.js'
import { unwrap } from '../fold/unwrap.js'
import { wholeText } from '../fold/value.js'
import { type ESTree, isFunction, type SyntaxNode, startOf } from '../read/syntax-node.js'
import { type CallNode, isCall } from './call-graph.js'
import type { SyntaxIndex } from './syntax-index.js'
import type { Mode } from './taint.js'
import { keyKindOf, variableDetail } from './words.js'

/** A place where a secret or foreign text comes from. */
export interface SourceSeen {
  readonly kind: FlowSourceKind
  readonly detail: string
  readonly node: SyntaxNode
  readonly mode: Mode
  /** What is called, of a download. */
  readonly key?: ReferenceKey
  /** Parameters of callbacks that are given it, besides the node itself. */
  readonly given?: readonly SyntaxNode[]
}

/** Names of one kind in one file that are followed: lists of settings have hundreds. */
const maxKeySources = 60

/** Places where secrets and foreign text come from, as far as the walk over the file noted them. */
export function sourcesOf({ findings, names }: CodeAbilities): readonly SourceSeen[] {
  const paths = new Set(findings.secretPaths.map(({ offset }) => offset))
  return [
    ...findings.environments.map(environment),
    ...findings.calls.flatMap((call) => ofCall(findings, call)),
    ...(paths.size === 0
      ? []
      : names.sites
          .filter(({ node }) => paths.has(startOf(node)))
          .flatMap(({ node, scope }) => ofPath(findings, node, scope))),
  ]
}

const environment = (node: SyntaxNode): SourceSeen => ({
  kind: 'environment',
  detail: 'process.env',
  node,
  mode: 'environment',
})

/** Whether a text may take the environment as a name of its own. */
export const mayNameEnvironment = (text: string): boolean =>
  /\benv\b[^=;]{0,200}=\s{0,9}(?:\w{1,30}\.)?process\b|\benv\b[^;]{0,200}\bfrom\s{0,9}["'](?:node:)?process["']/.test(
    text,
  )

/** `const { env } = process`, `import { env } from 'node:process'`. */
export function namedEnvironments(index: SyntaxIndex): readonly SourceSeen[] {
  return (index.identifiers.get('env') ?? []).filter((node) => isEnvironmentName(index, node)).map(environment)
}

function isEnvironmentName(index: SyntaxIndex, node: SyntaxNode): boolean {
  const parent = index.parent(node)
  if (parent?.type === 'MemberExpression' && parent.property === node && !parent.computed) return false
  if (parent?.type === 'Property' && parent.key === node && parent.value !== node) return false
  return index.bindingOf(node) !== undefined && index.isEnvironment(node)
}

/** Of assistants' folders only those of a user: tools bring such folders for projects. */
function isCredentialPath(path: string): boolean {
  const place = secretPlace(path)
  if (place !== "an assistant's credentials") return place !== undefined
  return /^(?:(?:~|…|\/(?:root|(?:home|Users)\/[^/]{1,60}))[/\\]?)?\.(?:claude|codex|gemini)/i.test(path)
}

function ofPath({ fold }: Findings, node: SyntaxNode, scope: Scope): readonly SourceSeen[] {
  if (node.type !== 'Literal' && node.type !== 'BinaryExpression' && node.type !== 'TemplateLiteral') return []
  const text = knownText(fold.value(node, scope))
  // `Cookies` is a word; a path of it is one of a browser. Yarn's settings are looked for to tell where a project begins.
  const isNamed = text !== undefined && isPath(text) && /[/\\]|^\.(?!yarnrc)/.test(text) && isCredentialPath(text)
  return isNamed ? [{ kind: 'credential-file', detail: text, node, mode: 'path' }] : []
}

const network: ReadonlySet<string> = new Set(['network', 'socket', 'dns'])
const settingUp =
  /(?:createTransport|create|extend|defaults|Agent|Pool|createServer|Server|sendBeacon|sendMail|XMLHttpRequest\(\)\.open)$/

/** Commands that print a secret. */
const printsSecret =
  /\bgh\s+auth\s+token\b|\bnpm\s+(?:token|config\s+get\s+\S*_authToken)|\bsecurity\s+find-(?:generic|internet)-password\b|\bgcloud\s+auth\s+(?:application-default\s+)?print-\S*token\b|\baws\s+configure\s+(?:get|export-credentials)\b|\bgit\s+credential\s+fill\b|\baz\s+account\s+get-access-token\b|^\s*(?:env|printenv|set)\s*$/

function ofCall(findings: Findings, { key, node, site }: KnownCall): readonly SourceSeen[] {
  const { fold } = findings
  const seen: SourceSeen[] = []
  const kinds = findings.abilitiesOf(key).map(({ capability }) => capability)
  const given = (): readonly SyntaxNode[] => lastParameters(findings, node, site.scope)
  if (readingKeys.has(unwrapKey(key)) && !/readdir/.test(key)) {
    const path = knownText(fold.argumentsOf(node, site.scope)[0])
    if (path !== undefined && isCredentialPath(path))
      seen.push({ kind: 'credential-file', detail: path, node, mode: 'data', given: given() })
  }
  if (kinds.includes('shell')) {
    const command = commandOf({ given: fold.argumentsOf(node, site.scope) })
    if (command !== undefined && command.length < 1_000 && printsSecret.test(command))
      seen.push({ kind: 'credential-file', detail: command, node, mode: 'data', given: given() })
  }
  if (kinds.some((kind) => network.has(kind)) && !settingUp.test(key))
    seen.push({ kind: 'download', detail: toWords(key), node, mode: 'data', key, given: given() })
  if (decodes(findings, node, key, site.scope))
    seen.push({ kind: 'decoded', detail: toWords(key), node, mode: 'data', given: given() })
  return seen
}

/** The names of a callback at the end of a call, but for an error in front. */
function lastParameters({ fold }: Findings, { arguments: given }: CallNode, scope: Scope): readonly SyntaxNode[] {
  const last = given.at(-1) as SyntaxNode | undefined
  const value = last === undefined ? undefined : fold.value(last, scope)
  if (value?.kind !== 'function' || !isFunction(value.node)) return []
  const [first, ...more] = value.node.params as readonly SyntaxNode[]
  if (first === undefined) return []
  return more.length === 0 || (first.type === 'Identifier' && !/^_?e(?:r|rr|rror)?$/i.test(first.name)) ? [first] : more
}

/** `Buffer.from` decodes what is given with the name of an encoding. */
function decodes({ fold }: Findings, node: CallNode, key: ReferenceKey, scope: Scope): boolean {
  if (!isDecoder(key) || isSpelt(key, node, scope)) return false
  if (key !== ':Buffer.from' && key !== ':Buffer') return true
  const encoding = node.arguments[1]
  if (encoding === undefined) return false
  return /^(?:base64|base64url|hex|latin1|binary)$/i.test(wholeText(fold.value(encoding as SyntaxNode, scope)) ?? '')
}

/** `String.fromCharCode(i + 97)` in a loop makes letters; nothing was written that it could decode. */
const isSpelt = (key: ReferenceKey, node: CallNode, scope: Scope): boolean =>
  key.startsWith(':String.') && node.arguments.every((argument) => isCount(argument as SyntaxNode, scope))

/** A number, one that a loop counts, or what is computed of such. */
function isCount(written: SyntaxNode, scope: Scope, depth = 0): boolean {
  const node = unwrap(written)
  if (node.type === 'Literal') return typeof node.value === 'number'
  if (node.type === 'BinaryExpression' && depth < maxCountDepth)
    return isCount(node.left as SyntaxNode, scope, depth + 1) && isCount(node.right, scope, depth + 1)
  const counter = node.type === 'Identifier' ? scope.find(node.name) : undefined
  return counter?.kind === 'variable' && counter.definitions.length > 1 && counter.definitions.every(isStep)
}

const maxCountDepth = 6

/** `i = 0` and `i++`. */
const isStep = ({ node }: Definition): boolean =>
  node.type === 'UpdateExpression' || (node.type === 'Literal' && typeof node.value === 'number')

/** Whether a text has names of keys at all. */
export const mayNameKeys = (text: string): boolean =>
  /secret|private|priv_?key|mnemonic|seed|passw|passphrase|token|api_?key|access_?key|credential|key_?pair|\bwif\b|recovery/i.test(
    text,
  )

/** Parameters and properties that are named as secrets, and variables of the environment that are. */
export function keysOf(index: SyntaxIndex): readonly SourceSeen[] {
  const parameters = [...index.identifiers].flatMap(([name, nodes]): SourceSeen[] =>
    keyKindOf(name) === undefined
      ? []
      : nodes
          .filter((node) => isParameter(index, node))
          .map((node) => ({ kind: 'key-material', detail: name, node, mode: 'data' })),
  )
  const members = [...index.members].flatMap(([name, nodes]): SourceSeen[] =>
    keyKindOf(name) === undefined && !isSecretName(name)
      ? []
      : nodes.flatMap((node): SourceSeen[] => {
          const { node: outer, parent } = index.user(node)
          if (parent?.type === 'AssignmentExpression' && parent.left === outer) return []
          if (isCall(parent) && parent.callee === outer) return []
          const value = index.value(node)
          const variable = value?.kind === 'reference' ? variableOf(value.key) : undefined
          if (variable === undefined && keyKindOf(name) === undefined) return []
          const detail = variable === undefined ? name : variableDetail(variable)
          return [{ kind: 'key-material', detail, node, mode: 'data' }]
        }),
  )
  return [...parameters, ...members].slice(0, maxKeySources)
}

/** Of a function itself, or within an object that it takes apart. */
function isParameter(index: SyntaxIndex, node: SyntaxNode): boolean {
  let inner = node
  for (let parent = index.parent(inner); parent !== undefined; parent = index.parent(inner)) {
    if (isFunction(parent)) return parent.params.some((parameter) => parameter === inner)
    const isPattern =
      (parent.type === 'Property' && parent.value === inner) ||
      parent.type === 'ObjectPattern' ||
      (parent.type === 'AssignmentPattern' && parent.left === inner)
    if (!isPattern) return false
    inner = parent
  }
  return false
}

/** The functions and values that a module hands out, by the way to them. */
export interface Export {
  readonly name: readonly string[]
  readonly node: SyntaxNode
}

export function exportsOf(index: SyntaxIndex): readonly Export[] {
  const found: Export[] = []
  for (const { node } of index.names.sites) {
    if (node.type === 'ExportNamedDeclaration' && !node.source) found.push(...ofDeclaration(node))
    else if (node.type === 'ExportDefaultDeclaration') found.push({ name: [], node: node.declaration as SyntaxNode })
    else if (node.type === 'AssignmentExpression') {
      const name = exportedName(index, unwrap(node.left))
      if (name !== undefined) found.push({ name, node: node.right })
    }
  }
  return found
    .slice(0, maxExports)
    .flatMap((one) => [one, ...parts(index, one)])
    .slice(0, maxExports)
}

const maxExports = 200

function ofDeclaration({ declaration, specifiers }: ESTree.ExportNamedDeclaration): readonly Export[] {
  if (declaration?.type === 'VariableDeclaration')
    return declaration.declarations.flatMap(({ id }) =>
      id.type === 'Identifier' ? [{ name: [id.name], node: id }] : [],
    )
  if (declaration && 'id' in declaration && declaration.id)
    return [{ name: [(declaration.id as ESTree.Identifier).name], node: declaration as SyntaxNode }]
  return specifiers.flatMap(({ local, exported }) => {
    const name = exported.type === 'Identifier' ? exported.name : String((exported as ESTree.Literal).value)
    return [{ name: name === 'default' ? [] : [name], node: local as SyntaxNode }]
  })
}

/** The way that is written to: `module.exports` is the module itself. */
function exportedName(index: SyntaxIndex, left: SyntaxNode): readonly string[] | undefined {
  if (left.type !== 'MemberExpression') return undefined
  const name = index.fold.propertyName(left, index.scopeOf(left))
  const object = index.value(left.object)
  if (name === undefined || object?.kind !== 'reference') return undefined
  if (object.key === ':module' && name === 'exports') return []
  if (object.key === ':exports') return name === 'default' ? [] : [name]
  return undefined
}

/** The members of an object or class that is handed out. */
function parts(index: SyntaxIndex, { name, node }: Export): readonly Export[] {
  const value = index.value(node)
  const made = value?.kind === 'object' ? value.source?.node : value?.kind === 'function' ? value.node : undefined
  if (made?.type === 'ObjectExpression')
    return made.properties.flatMap((property): Export[] => {
      const key = property.type === 'Property' && property.key.type === 'Identifier' ? property.key.name : undefined
      return key === undefined
        ? []
        : [{ name: [...name, key], node: (property as ESTree.Property).value as SyntaxNode }]
    })
  if (made?.type !== 'ClassDeclaration' && made?.type !== 'ClassExpression') return []
  return made.body.body.flatMap((member): Export[] =>
    member.type === 'MethodDefinition' && member.key?.type === 'Identifier' && member.kind === 'method'
      ? [{ name: [...name, member.key.name], node: member.value as SyntaxNode }]
      : [],
  )
}
