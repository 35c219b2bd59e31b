import { maxFoldedTexts } from '../../../limits.js'
import type { Capability } from '../file-code.js'
import type { Site } from '../fold/bound-names.js'
import { anyProperty } from '../fold/member-values.js'
import { globalKey, memberKey, type ReferenceKey, toWords } from '../fold/reference.js'
import { unwrap, writtenName } from '../fold/unwrap.js'
import { wholeText } from '../fold/value.js'
import { type ESTree, type SyntaxNode, startOf } from '../read/syntax-node.js'
import { listsAll } from './environment.js'
import { isWholeEnvironment, readDestructured, readLoop, readSpread, variableOf } from './environment-sites.js'
import { readExport, readHandedOut } from './exports.js'
import type { Findings } from './findings.js'
import { isGuarded, knownClient, replaced } from './hooks.js'
import { isDangerousByName } from './passed-on.js'
import { readCall } from './read-call.js'
import { readImport } from './read-request.js'
import { publishes, tokenLike } from './secrets.js'
import { isPath, sensitivePlace } from './sensitive-paths.js'
import { isWallet, isWalletMethod } from './wallet.js'

/** Looks at one place of the file and notes what it can do. */
export function readSite(findings: Findings, site: Site): void {
  const { node } = site
  switch (node.type) {
    case 'CallExpression':
    case 'NewExpression':
      readCall(findings, site, node)
      return
    case 'ImportExpression':
      readImport(findings, site, node)
      return
    case 'TaggedTemplateExpression':
      readTag(findings, site, node)
      return
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      findings.requests.addDeclaration(site)
      readExport(findings, site)
      return
    case 'MemberExpression':
      readMember(findings, site, node)
      return
    case 'AssignmentExpression':
      readAssignment(findings, site, node)
      return
    case 'ForInStatement':
      readLoop(findings, site, node)
      return
    case 'SpreadElement':
      readSpread(findings, site, node)
      return
    case 'VariableDeclarator':
      readDestructured(findings, site, node)
      return
    case 'BinaryExpression':
    case 'TemplateLiteral':
      readFolded(findings, site, node)
      return
    case 'Literal':
      readLiteral(findings, site, node)
      return
    default:
  }
}

/** zx's and Bun's `$`. */
function readTag(findings: Findings, site: Site, node: ESTree.TaggedTemplateExpression): void {
  const tag = findings.fold.value(node.tag, site.scope)
  if (tag?.kind !== 'reference') return
  for (const { capability } of findings.abilitiesOf(tag.key)) {
    const command = findings.fold.value(node.quasi, site.scope)
    const constant = command?.kind === 'constant' ? String(command.value) : undefined
    findings.add({ capability, detail: toWords(tag.key), constant }, site, node)
  }
}

function readMember(findings: Findings, site: Site, node: ESTree.MemberExpression): void {
  const { parent } = site
  const isWritten = parent?.type === 'AssignmentExpression' && parent.left === node
  if ((isWritten && parent.operator === '=') || isDeletedOrAskedFor(parent)) return
  const value = findings.fold.value(node, site.scope)
  if (value?.kind !== 'reference') return
  const { key } = value
  const name = variableOf(key)
  if (name !== undefined) findings.add({ capability: 'environment', detail: `process.env.${name}` }, site, node)
  else if (isWholeEnvironment(value)) {
    findings.environments.push(node)
    readWholeEnvironment(findings, site, node)
  } else if (isWallet(key)) findings.add({ capability: 'crypto-wallet', detail: toWords(key) }, site, node)
  else if (isHandedOn(parent) && !isFollowed(findings, site, key)) {
    for (const { capability } of findings.abilitiesOf(key)) {
      if (parent?.type !== 'ReturnStatement' && !isHadByName(capability)) continue
      const found = { capability, detail: toWords(key) }
      if (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') findings.add(found, site, node)
      else findings.addHandedOn(found, site, node)
    }
  }
}

/** Not writing and deleting files, which libraries hand on by the dozen. */
const isHadByName = (capability: Capability): boolean =>
  isDangerousByName({ capability }) || capability === 'network' || capability === 'dns' || capability === 'socket'

/** Handed to somebody; who lists or copies it says so himself. */
function readWholeEnvironment(findings: Findings, { parent, scope, within }: Site, node: SyntaxNode): void {
  if (parent?.type !== 'CallExpression') return
  const callee = findings.fold.value(parent.callee, scope)
  if (callee?.kind === 'reference' && (listsAll(callee.key) || callee.key === ':Object.assign')) return
  findings.add({ capability: 'environment', detail: 'process.env' }, { within }, node)
}

const isDeletedOrAskedFor = (parent: SyntaxNode | undefined): boolean =>
  parent?.type === 'UnaryExpression' && (parent.operator === 'delete' || parent.operator === 'typeof')

/** `promisify(f)`, `Reflect.apply(f, …)`: the call itself is looked at. */
function isFollowed({ fold }: Findings, { parent, scope }: Site, key: ReferenceKey): boolean {
  if (parent?.type !== 'CallExpression') return false
  const callee = fold.value(parent.callee, scope)
  if (callee?.kind === 'reference' && callee.key.startsWith(':Reflect.')) return true
  const result = fold.value(parent, scope)
  return result?.kind === 'reference' && result.key === key
}

/** Where a function goes somewhere that is not followed: into a list, an object, a call or out of a function. */
const isHandedOn = (parent: SyntaxNode | undefined): boolean =>
  parent?.type === 'CallExpression' ||
  parent?.type === 'NewExpression' ||
  parent?.type === 'ArrayExpression' ||
  parent?.type === 'Property' ||
  parent?.type === 'ReturnStatement' ||
  parent?.type === 'ArrowFunctionExpression'

function readAssignment(findings: Findings, site: Site, node: ESTree.AssignmentExpression): void {
  const { fold, text } = findings
  const left = unwrap(node.left)
  const key = assignedKey(findings, site, left)
  if (key === undefined) return
  if (key === ':exports' || key.startsWith(':exports.'))
    readHandedOut(findings, site, node, fold.value(node.right, site.scope))
  readElementSource(findings, site, node, key)
  const name = key.slice(key.lastIndexOf(':') + 1)
  const last = name.slice(name.lastIndexOf('.') + 1)
  const right = unwrap(node.right)
  const keepsOwn =
    right.type === 'LogicalExpression' &&
    right.operator !== '&&' &&
    assignedKey(findings, site, unwrap(right.left)) === key
  const onlyWhereMissing =
    node.operator === '||=' || node.operator === '??=' || keepsOwn || isGuarded(site.guard, text, last)
  const value = fold.value(right, site.scope)
  const client = value?.kind === 'reference' ? knownClient(value.key, last) : undefined
  const namesake = isNamesake(right, last) ? 'by a namesake' : undefined
  const found = replaced(key, onlyWhereMissing ? 'where missing' : (client ?? namesake))
  if (found === undefined) return
  // What is set to itself, or put back, replaces nothing.
  if (value?.kind === 'reference' && value.key === key && !keepsOwn) return
  findings.add(found, site, node)
}

const isNamesake = (right: SyntaxNode, name: string): boolean =>
  right.type === 'MemberExpression' && writtenName(right.property as SyntaxNode, right.computed === true) === name

/** What an assignment writes to, where that is not the file's own. */
function assignedKey({ fold }: Findings, { scope }: Site, left: SyntaxNode): ReferenceKey | undefined {
  if (left.type === 'Identifier') return scope.find(left.name) === undefined ? globalKey(left.name) : undefined
  if (left.type !== 'MemberExpression') return undefined
  const object = fold.value(left.object, scope)
  if (object?.kind !== 'reference') return undefined
  return memberKey(object.key, fold.propertyName(left, scope) ?? anyProperty)
}

const elementSource = /^:(?:document\.createElement\((script|img|iframe|link|)\)|(Image)\(\))\.(src|href)$/

/** Scripts that are fetched, and pictures whose address carries something away. */
function readElementSource(findings: Findings, site: Site, node: ESTree.AssignmentExpression, key: ReferenceKey): void {
  const match = elementSource.exec(key)
  if (match === null) return
  const element = match[1] ?? 'img'
  const constant = wholeText(findings.fold.value(node.right, site.scope))
  findings.add(
    { capability: 'network', detail: `${element === '' ? 'element' : element}.${match[3] ?? 'src'}`, constant },
    site,
    node,
  )
}

/** Texts that are put together say what their pieces do not. */
function readFolded(findings: Findings, site: Site, node: SyntaxNode): void {
  const text = wholeText(findings.fold.value(node, site.scope))
  if (text !== undefined && text.length > 3) addFolded(findings, site, node, text)
}

export function addFolded(findings: Findings, { within }: Site, node: SyntaxNode, text: string): void {
  if (findings.folded.length < maxFoldedTexts) findings.folded.push({ offset: startOf(node), text, within })
  readText(findings, within, node, text)
}

function readLiteral(findings: Findings, { within, parent }: Site, node: ESTree.Literal): void {
  const isModule = parent?.type === 'ImportDeclaration'
  if ('regex' in node && node.regex) {
    const token = tokenLike(node.regex.pattern)
    if (token !== undefined) findings.add({ capability: 'token-use', detail: `pattern ${token}` }, { within }, node)
  } else if (typeof node.value === 'string' && !isModule) readText(findings, within, node, node.value)
}

function readText(findings: Findings, within: Site['within'], node: SyntaxNode, text: string): void {
  const site = { within }
  if (isPath(text)) {
    const place = sensitivePlace(text)
    if (place !== undefined) {
      const offset = startOf(node)
      findings.secretPaths.push({
        capability: 'sensitive-read',
        detail: `${place} named`,
        constant: text,
        offset,
        within,
      })
    }
    const publishing = publishes(text)
    if (publishing !== undefined)
      findings.add({ capability: 'publish', detail: publishing, constant: text }, site, node)
  }
  const token = tokenLike(text)
  if (token !== undefined) findings.add({ capability: 'token-use', detail: `text ${token}` }, site, node)
  if (isWalletMethod(text)) findings.add({ capability: 'crypto-wallet', detail: text }, site, node)
}
