import { maxFoldedItems } from '../../../limits.js'
import { sameKey } from './built-ins.js'
import type { Interpreter } from './interpreter.js'
import { itemsOf, pair } from './members.js'
import {
  constant,
  either,
  isTruthy,
  joinTexts,
  type ListValue,
  nothing,
  type Site,
  toText,
  unknown,
  type Value,
} from './value.js'

type Method = (run: Interpreter, of: ListValue, args: readonly Value[], site: Site) => Value

const listOf = (run: Interpreter, items: readonly Value[], open: boolean): ListValue => ({
  kind: 'list',
  items: items.slice(0, maxFoldedItems),
  open,
  level: run.level,
})

/** What a callback says of each item, and of one that is not known where there may be more. */
function each(run: Interpreter, of: ListValue, callback: Value | undefined, site: Site): readonly Value[] {
  const results: Value[] = []
  if (callback === undefined) return results
  ;[...of.items].forEach((item, at) => {
    results.push(run.call(callback, nothing, [item, constant(at), of], site))
  })
  if (of.open) run.perhaps(() => run.call(callback, nothing, [unknown, unknown, of], site))
  return results
}

function found(run: Interpreter, of: ListValue, [test]: readonly Value[], site: Site): Value {
  const truths = each(run, of, test, site).map(isTruthy)
  const sure = truths.indexOf(true)
  const possible = of.items.filter((_item, at) => truths[at] === undefined && (sure === -1 || at < sure))
  const hit = sure === -1 ? undefined : of.items[sure]
  if (possible.length === 0) return hit ?? (of.open ? unknown : nothing)
  return possible.length > 8 ? unknown : either([...possible, ...(hit === undefined ? [unknown] : [hit])])
}

function filtered(run: Interpreter, of: ListValue, [test]: readonly Value[], site: Site): Value {
  if (test?.kind === 'reference')
    return listOf(
      run,
      of.items.filter((item) => isTruthy(item) !== false),
      of.open,
    )
  const truths = each(run, of, test, site).map(isTruthy)
  return listOf(
    run,
    of.items.filter((_item, at) => truths[at] !== false),
    of.open,
  )
}

function mapped(run: Interpreter, of: ListValue, [callback]: readonly Value[], site: Site): Value {
  return listOf(run, each(run, of, callback, site), of.open)
}

function flattened(run: Interpreter, of: ListValue): Value {
  const items: Value[] = []
  let open = of.open
  for (const item of of.items) {
    const isList = item.kind === 'list' || item.kind === 'either'
    const inner = isList ? itemsOf(run, item) : { items: [item], open: false }
    items.push(...inner.items.slice(0, maxFoldedItems))
    open ||= inner.open
  }
  return listOf(run, items, open)
}

function pushed(run: Interpreter, of: ListValue, args: readonly Value[]): Value {
  // What may be pushed counts as pushed: who reads a list of tools wants to know of all that there may be.
  if (of.items.length + args.length <= maxFoldedItems) of.items.push(...args)
  else of.open = true
  return run.level > of.level ? unknown : constant(of.items.length)
}

function reduced(run: Interpreter, of: ListValue, [callback, first]: readonly Value[], site: Site): Value {
  if (callback === undefined) return unknown
  const [head, ...rest] = first === undefined ? of.items : [first, ...of.items]
  let result = head ?? unknown
  rest.forEach((item, at) => {
    result = run.call(callback, nothing, [result, item, constant(at), of], site)
  })
  return result
}

function slice(run: Interpreter, of: ListValue, args: readonly Value[]): Value {
  const [from, to] = args.map((one) =>
    one.kind === 'constant' && typeof one.value === 'number' ? one.value : undefined,
  )
  if (args.length > 0 && from === undefined) return listOf(run, of.items, of.open)
  return listOf(run, of.items.slice(from ?? 0, to), of.open)
}

function includes(_run: Interpreter, of: ListValue, [sought = nothing]: readonly Value[]): Value {
  const same = of.items.map((item) => sameKey(item, sought))
  return same.includes(true) ? constant(true) : of.open || same.includes(undefined) ? unknown : constant(false)
}

function joinedText(_run: Interpreter, of: ListValue, [separator]: readonly Value[]): Value {
  const between = separator === undefined ? ',' : String(toText(separator).value)
  const isEmpty = (item: Value): boolean =>
    item.kind === 'constant' && (item.value === undefined || item.value === null)
  const text = joinTexts(
    of.items.map((item) => (isEmpty(item) ? constant('') : toText(item))),
    between,
  )
  return of.open ? { ...text, whole: false } : text
}

/** Whether it is taken for sure decides whether it is gone. */
function taken(run: Interpreter, of: ListValue, take: (items: Value[]) => Value | undefined): Value {
  const item = take(run.level > of.level ? [...of.items] : of.items)
  return item ?? (of.open ? unknown : nothing)
}

const methods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['map', mapped],
  ['filter', filtered],
  ['find', found],
  [
    'forEach',
    (run, of, [callback], site) => {
      each(run, of, callback, site)
      return nothing
    },
  ],
  ['flatMap', (run, of, args, site) => flattened(run, mapped(run, of, args, site) as ListValue)],
  ['flat', (run, of) => flattened(run, of)],
  ['push', pushed],
  ['unshift', pushed],
  ['reduce', reduced],
  ['slice', slice],
  ['splice', (run, of, args) => slice(run, of, args)],
  ['concat', (run, of, args) => flattened(run, listOf(run, [of, ...args], false))],
  ['sort', (_run, of) => of],
  ['reverse', (_run, of) => of],
  ['toSorted', (_run, of) => of],
  ['toReversed', (_run, of) => of],
  ['values', (_run, of) => of],
  [
    'keys',
    (run, of) =>
      listOf(
        run,
        of.items.map((_item, at) => constant(at)),
        of.open,
      ),
  ],
  [
    'entries',
    (run, of) =>
      listOf(
        run,
        of.items.map((item, at) => pair(run, constant(at), item)),
        of.open,
      ),
  ],
  ['includes', includes],
  ['join', joinedText],
  [
    'at',
    (_run, of, [at]) => (at?.kind === 'constant' && !of.open ? (of.items.at(Number(at.value)) ?? nothing) : unknown),
  ],
  ['pop', (run, of) => taken(run, of, (items) => items.pop())],
  ['shift', (run, of) => taken(run, of, (items) => items.shift())],
  [
    'some',
    (run, of, [test], site) => {
      const truths = each(run, of, test, site).map(isTruthy)
      return truths.includes(true) ? constant(true) : of.open || truths.includes(undefined) ? unknown : constant(false)
    },
  ],
  [
    'every',
    (run, of, [test], site) => {
      const truths = each(run, of, test, site).map(isTruthy)
      return truths.includes(false) ? constant(false) : of.open || truths.includes(undefined) ? unknown : constant(true)
    },
  ],
])

export function callListMethod(
  run: Interpreter,
  of: ListValue,
  name: string,
  args: readonly Value[],
  site: Site,
): Value | undefined {
  return methods.get(name)?.(run, of, args, site)
}
