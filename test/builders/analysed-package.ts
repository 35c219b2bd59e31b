import { Readable } from 'node:stream'
import { analysePackage } from '../../src/package/analyse-package.js'
import type { PackageFacts } from '../../src/package/package-facts.js'
import { inProcessAnalyser } from './code-analyser.js'
import { buildTarball, type TarballFile } from './tarball.js'

/** What the analyser says of a package with these files; `manifest` over a name, a version and nothing else. */
export async function anAnalysedPackage(
  files: Readonly<Record<string, TarballFile>>,
  manifest: object = {},
): Promise<PackageFacts> {
  const document = { name: 'left-pad', version: '1.3.0', ...manifest }
  const tarball = await buildTarball({ 'package.json': JSON.stringify(document), ...files })
  return analysePackage(Readable.from([tarball]), undefined, { code: inProcessAnalyser })
}
