import type { AbilityTable } from './ability-table.js'
import { evalAbilities, vmAbilities } from './evaluation.js'
import { deleteAbilities, writeAbilities } from './files.js'
import { addonAbilities, processAbilities, wasmAbilities, workerAbilities } from './native.js'
import { dnsAbilities, networkAbilities, socketAbilities } from './network.js'
import { shellAbilities } from './shell.js'

export const abilityTables: readonly AbilityTable[] = [
  shellAbilities,
  networkAbilities,
  dnsAbilities,
  socketAbilities,
  writeAbilities,
  deleteAbilities,
  evalAbilities,
  vmAbilities,
  addonAbilities,
  wasmAbilities,
  workerAbilities,
  processAbilities,
]
