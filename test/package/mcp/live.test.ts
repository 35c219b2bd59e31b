import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { serverOf } from './server-of.js'

const fixtures = fileURLToPath(new URL('./fixtures/', import.meta.url))
const filesOf = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, readFileSync(fixtures + name, 'utf8')]))

interface Schema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly required?: readonly string[]
}

interface Parameter {
  readonly name: string
  readonly required: boolean
}

/** The parameters that a live schema has, named as ours are. */
function parametersOf(schema: Schema, prefix = ''): readonly Parameter[] {
  return Object.entries(schema.properties ?? {})
    .flatMap(([key, property]) => {
      const name = `${prefix}${key}`
      const type = typeOf(property)
      const { description } = property
      const own = {
        name,
        ...(type && { type }),
        ...(description !== undefined && { description }),
        required: schema.required?.includes(key) ?? false,
      }
      return [own, ...parametersOf(property, `${name}.`), ...parametersOf(property.items ?? {}, `${name}[].`)]
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function typeOf({ type, anyOf }: Schema): string | undefined {
  if (Array.isArray(type)) return type.join(' | ')
  if (anyOf === undefined) return type as string | undefined
  return [...new Set(anyOf.map(typeOf).filter((one) => one !== 'null'))].join(' | ')
}

async function live(file: string) {
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [fixtures + file], stderr: 'inherit' }),
  )
  try {
    const { tools } = await client.listTools()
    const { prompts } = await client.listPrompts()
    const instructions = client.getInstructions()
    return { tools, prompts, instructions }
  } finally {
    await client.close()
  }
}

const cases = [
  { file: 'high-level.mjs', others: ['shared.mjs'] },
  { file: 'low-level.mjs', others: ['low-level-tools.mjs'] },
]

describe('a server that runs, against what was read of it', () => {
  it.each(cases)('says the same of its tools: $file', async ({ file, others }) => {
    const read = serverOf(filesOf([file, ...others]), { name: 'fixture', version: '1.0.0', main: file })
    const { tools, prompts, instructions } = await live(file)

    expect(
      read.tools.map(({ name, title, description, parameters, annotations }) => ({
        name,
        ...(title !== undefined && { title }),
        ...(description !== undefined && { description }),
        parameters: parameters.map(({ at, ...parameter }) => parameter),
        ...(annotations && { annotations }),
      })),
    ).toEqual(
      tools
        .map(({ name, title, description, inputSchema, annotations }) => ({
          name,
          ...(title !== undefined && { title }),
          ...(description !== undefined && { description }),
          parameters: parametersOf(inputSchema as Schema),
          ...(annotations && { annotations }),
        }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    )
    expect(read.prompts.map(({ name, description }) => ({ name, description }))).toEqual(
      prompts.map(({ name, description }) => ({ name, description })),
    )
    expect(read.instructions?.text).toBe(instructions)
    expect(read.unresolved).toEqual([])
  })
})
