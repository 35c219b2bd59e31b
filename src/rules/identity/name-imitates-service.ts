import type { ServiceOwner } from '../../facts/facts.js'
import { foreign } from '../../foreign.js'
import { defineRule, type Evidence, type Severity } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { repositoryPath, serviceOwners } from '../shared/service-owners.js'

export const nameImitatesService = defineRule({
  id: 'name-imitates-service',
  title: "server in a service's name",
  severity: 'high',
  confidence: 'medium',
  fix: "Look in the service's own documents for the server that it publishes, and take that one; whoever stands behind this one gets what you hand over for the service.",
  on: ['added'],
  needs: ['package', 'services'],

  inspect(change, { package: { manifest, mcp }, services }) {
    const name = readName(change.name)
    if (!looksLikeServer(name.words, mcp !== undefined)) return []
    const named = serviceOwners(services).find((service) => bears(name.words, service))
    if (named === undefined || named.packages.includes(change.name)) return []
    if (name.scope !== undefined && named.scopes.some((scope) => scope.toLowerCase() === name.scope)) return []

    const repository = repositoryPath(manifest.repository ?? '')
    const claims = repository !== undefined && named.repositories.some((owned) => isWithin(repository, owned))
    const evidence: Evidence[] = [
      { label: 'service', value: foreign(named.service) },
      ...(manifest.repository === undefined
        ? []
        : [{ label: 'repository, by its own word', value: foreign(manifest.repository) }]),
      { label: "the service's own scopes", value: foreign(named.scopes.join(', ')) },
    ]
    return [
      {
        message: claims
          ? 'bears the name of a service, and that it is theirs is only its own word'
          : 'is a server in the name of a service that does not publish it, as far as its scope and repository say',
        evidence,
        anchors: [entryField(change, 'version')],
        severity: severityOf(name, named, claims),
        ...(claims && { confidence: 'low' as const }),
      },
    ]
  },
})

interface PackageName {
  /** Lower case, with its `@`. */
  readonly scope?: string
  readonly words: readonly string[]
}

function readName(name: string): PackageName {
  const [, scope] = /^(@[^/]+)\//.exec(name.toLowerCase()) ?? []
  const words = name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .flatMap(withoutProtocol)
    .filter((word) => word !== '')
  return { ...(scope !== undefined && { scope }), words }
}

/** `postmarkmcp` and `mcppostmark` are two words. */
function withoutProtocol(word: string): readonly string[] {
  if (word.startsWith('mcp')) return ['mcp', word.slice(3)]
  return word.endsWith('mcp') ? [word.slice(0, -3), 'mcp'] : [word]
}

/** Beside these a package that declares tools is offered as a server as well. */
const serverWords: ReadonlySet<string> = new Set(['server', 'agent', 'agents', 'tools', 'toolkit', 'assistant', 'ai'])

const looksLikeServer = (words: readonly string[], isServer: boolean): boolean =>
  words.some((word) => word === 'mcp' || word === 'modelcontextprotocol' || (isServer && serverWords.has(word)))

/** Words that say nothing about what a server is for. */
const fillers: ReadonlySet<string> = new Set(
  'mcp server servers client modelcontextprotocol official unofficial community the my js ts node npm app api sdk cli tool tools ai agent'.split(
    ' ',
  ),
)

function bears(words: readonly string[], { service, isWord }: ReturnType<typeof serviceOwners>[number]): boolean {
  if (!`-${words.join('-')}-`.includes(`-${service}-`)) return false
  const brand = new Set(service.split('-'))
  return !isWord || words.every((word) => brand.has(word) || fillers.has(word))
}

const isWithin = (repository: string, owned: string): boolean =>
  `${repository}/`.startsWith(`${owned.toLowerCase().replace(/\/+$/, '')}/`)

function severityOf({ scope, words }: PackageName, { service }: ServiceOwner, claims: boolean): Severity {
  if (claims || words.includes('unofficial') || words.includes('community')) return 'low'
  // A stranger's scope says whose it is, unless it bears the name too.
  const isOpen = scope !== undefined && !`-${readName(scope.slice(1)).words.join('-')}-`.includes(`-${service}-`)
  return isOpen ? 'medium' : 'high'
}
