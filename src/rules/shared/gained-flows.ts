import type { PackageFlow, Reach } from '../../package/code/package-code.js'
import type { PackageFacts } from '../../package/package-facts.js'
import { isAside } from './aside.js'

/** A flow with what leads to the file in which it ends. */
export interface FlowAt extends PackageFlow {
  readonly reach: Reach
}

/**
 * The flows that this version brings; all of them where there is no version before. One counts as known where the version before had one of the
 * same kinds, words and host in whatever file, or both of its files as they are. Tests and examples that nothing leads to do not count.
 */
export function gainedFlows(now: PackageFacts, previous: PackageFacts | undefined): readonly FlowAt[] {
  const known = new Set(flowsOf(previous).map(keyOf))
  const bytesBefore = new Set((previous?.files ?? []).map(({ sha256 }) => sha256))
  const bytes = new Map(now.files.map(({ path, sha256 }) => [path, sha256]))
  const isAsBefore = ({ source, sink }: FlowAt): boolean =>
    [source.file, sink.file].every((path) => bytesBefore.has(bytes.get(path) ?? ''))
  const before = flowsOf(previous)
  return flowsOf(now).filter((flow) => !known.has(keyOf(flow)) && !(isAsBefore(flow) && before.length > 0))
}

function flowsOf(facts: PackageFacts | undefined): readonly FlowAt[] {
  const reach = new Map(
    (facts?.code?.files ?? []).filter((file) => !isAside(file)).map((file) => [file.path, file.reach]),
  )
  return (facts?.code?.flows ?? []).flatMap((flow): FlowAt[] => {
    const there = reach.get(flow.sink.file)
    return there === undefined ? [] : [{ ...flow, reach: there }]
  })
}

const keyOf = ({ source, sink }: FlowAt): string =>
  JSON.stringify([source.kind, source.detail, source.host, sink.kind, sink.detail, sink.host])
