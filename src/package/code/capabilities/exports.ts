import type { Site } from '../fold/bound-names.js'
import { anyProperty } from '../fold/member-values.js'
import { isModule, memberKey, moduleKey, type ReferenceKey, toWords } from '../fold/reference.js'
import { writtenName } from '../fold/unwrap.js'
import type { Value } from '../fold/value.js'
import type { SyntaxNode } from '../read/syntax-node.js'
import type { Findings } from './findings.js'

/**
 * A module that hands out the platform's functions gives others the ability under a name that tells nothing: `export { exec as run } from
 * 'child_process'` in one file, `run()` in the next. So it has the ability itself.
 */
export function readExport(findings: Findings, site: Site): void {
  const { node, scope } = site
  const { fold } = findings
  if (node.type === 'ExportAllDeclaration') {
    if (typeof node.source.value === 'string') readKey(findings, site, node, moduleKey(node.source.value))
  } else if (node.type === 'ExportDefaultDeclaration') {
    readHandedOut(findings, site, node, fold.value(node.declaration as SyntaxNode, scope))
  } else if (node.type === 'ExportNamedDeclaration') {
    const module = typeof node.source?.value === 'string' ? moduleKey(node.source.value) : undefined
    for (const specifier of node.specifiers) {
      const name = writtenName(specifier.local as SyntaxNode, false)
      if (module === undefined)
        readHandedOut(findings, site, specifier, fold.value(specifier.local as SyntaxNode, scope))
      else if (name !== undefined) readKey(findings, site, specifier, memberKey(module, name))
    }
    if (node.declaration?.type !== 'VariableDeclaration') return
    for (const { id, init } of node.declaration.declarations) {
      if (init && id.type === 'Identifier') readHandedOut(findings, site, init, fold.value(init, scope))
    }
  }
}

export function readHandedOut(findings: Findings, site: Site, node: SyntaxNode, value: Value | undefined): void {
  if (value?.kind === 'reference') readKey(findings, site, node, value.key)
}

/** A whole module has the abilities that any of its members may have. */
function readKey(findings: Findings, site: Site, node: SyntaxNode, key: ReferenceKey | undefined): void {
  if (key === undefined || key.includes('()')) return
  const asked = isModule(key) ? memberKey(key, anyProperty) : key
  for (const { capability } of asked === undefined ? [] : findings.abilitiesOf(asked)) {
    findings.addHandedOn({ capability, detail: `${toWords(key)} handed out` }, site, node)
  }
}
