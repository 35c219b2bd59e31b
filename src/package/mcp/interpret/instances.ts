import { Environment } from './environment.js'
import type { Interpreter } from './interpreter.js'
import { type ClassValue, nothing, type ObjectValue, type Site, type Value } from './value.js'

/** Fields and constructor of a class, on an object of it or of a class below it. */
export function initialise(
  run: Interpreter,
  made: ClassValue,
  self: ObjectValue,
  args: readonly Value[],
  site: Site,
): void {
  run.instantiated.add(made.node)
  if (made.construct === undefined) {
    initialiseParent(run, made, self, args, site)
    fillFields(run, made, self)
    return
  }
  // Fields exist once the parent's constructor has run; for what is read here it is enough that they are there.
  if (made.parent === undefined) fillFields(run, made, self)
  run.enter(made.construct, self, args)
}

export function initialiseParent(
  run: Interpreter,
  made: ClassValue,
  self: ObjectValue,
  args: readonly Value[],
  site: Site,
): void {
  const { parent } = made
  if (parent === undefined) return
  if (parent.kind === 'class') initialise(run, parent, self, args, site)
  else if (parent.kind === 'function') run.enter(parent, self, args)
  else run.watcher.constructed(parent, args, site)
}

/** Its fields, once the parent's constructor has run. */
export function fillFields(run: Interpreter, made: ClassValue, self: ObjectValue): void {
  for (const { key, computed, value, name } of made.fields) {
    const environment = new Environment(made.environment, true, run.level)
    environment.declare('this', self)
    environment.declare('%home', made)
    const named = name ?? (computed ? run.keyOf(run.evaluate(key, environment, made.module)) : undefined)
    const given = value === null ? nothing : run.evaluate(value, environment, made.module)
    if (named !== undefined) self.properties.set(named, given)
  }
}
