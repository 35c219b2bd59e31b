import { describe, expect, it } from '@jest/globals'
import { maxFileCommands, maxPostureShellWork } from '../../../src/limits.js'
import { ShellBudget } from '../../../src/package/shell/shell-budget.js'
import { installCommand } from '../../../src/repository/commands/install-command.js'
import { dockerfileReader } from '../../../src/repository/docker/dockerfile-reader.js'
import { postureReaders } from '../../../src/repository/posture/readers.js'
import { makefileReader } from '../../../src/repository/scripts/makefile-reader.js'
import { manifestScriptsReader } from '../../../src/repository/scripts/manifest-scripts.js'
import { shellScriptReader } from '../../../src/repository/scripts/shell-scripts.js'
import { actionReader, workflowReader } from '../../../src/repository/workflows/workflow-reader.js'
import { expression } from '../../builders/repository-commands.js'
import fc from '../../seeded-properties.js'

/** A file by the reader that runs its commands, and the words that such files are made of. */
const kinds = [
  {
    reader: workflowReader,
    file: '.github/workflows/a.yml',
    words: [
      'on:',
      ' jobs:\n',
      '  a:\n',
      '    steps:\n',
      '      - run: ',
      '|\n',
      '>\n',
      '&a ',
      '*a',
      '<<: ',
      '["',
      '{',
      expression('env.A'),
      'uses: a/b@v1 # x\n',
    ],
  },
  {
    reader: actionReader,
    file: 'action.yml',
    words: ['runs:\n', '  using: composite\n', '  steps:\n', '    - run: ', 'shell: pwsh\n', '      '],
  },
  {
    reader: dockerfileReader,
    file: 'Dockerfile',
    words: [
      'FROM a AS b\n',
      'RUN ',
      'ONBUILD ',
      '<<EOF\n',
      'EOF\n',
      '\\\n',
      '["',
      '"]',
      '--mount=from=a ',
      'ENV A=1\n',
      'ARG A\n',
      'SHELL ["cmd"]\n',
      '# escape=`\n',
      'COPY --from=a b c\n',
    ],
  },
  {
    reader: makefileReader,
    file: 'Makefile',
    words: [
      'a: b\n',
      '\t',
      '@-',
      '$(A)',
      '${',
      '$(shell ',
      ')',
      'A = ',
      'define A\n',
      'endef\n',
      '\\\n',
      '$$',
      'export ',
    ],
  },
  {
    reader: manifestScriptsReader,
    file: 'package.json',
    words: ['{"scripts":', '{"a":', '"', '}', ',', '\\u0000', '__proto__'],
  },
  {
    reader: shellScriptReader,
    file: 'a.sh',
    words: [
      '#!/usr/bin/env bash\n',
      '$(',
      ')',
      '`',
      "bash -c '",
      "'",
      '<<E\n',
      'E\n',
      '{',
      '}',
      '(',
      'cd ',
      'export A=',
      'if ',
      'fi\n',
    ],
  },
  { reader: shellScriptReader, file: 'a.ps1', words: ['(', ')', '{', '}', '$a=', '`', "'", '| iex', '<#'] },
  { reader: shellScriptReader, file: 'a.cmd', words: ['%a%', 'set a=', '^\n', 'if exist x ', '(', ')', '&'] },
] as const

const everywhere = [
  'npm i ',
  'npx -p x ',
  'pip install -r ',
  'uv run --with ',
  'yarn ',
  'a@1 ',
  '--',
  '-',
  '=',
  '…',
  '\n',
  ' ',
  '\0',
  '#',
  '&& ',
  '| sh ',
  'curl https://a.example ',
]

describe('files that run commands', () => {
  it('are read whatever they hold, each command on a line of the file, and never throw', () => {
    for (const { reader, file, words } of kinds) {
      const piece = fc.oneof(fc.constantFrom(...words, ...everywhere), fc.string({ maxLength: 4 }))
      const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''))
      fc.assert(
        fc.property(text, (written) => {
          const count = written.split('\n').length
          const { commands = [] } = reader.read(file, written, () => true)
          for (const command of commands) installCommand(command)
          return commands.every(({ line }) => line >= 1 && line <= count)
        }),
        { numRuns: 250 },
      )
    }
  })

  it('are not read on where one starts more than a limit, and say so', () => {
    const { commands, cut } = shellScriptReader.read(
      'a.sh',
      'a\n'.repeat(maxFileCommands + 1),
      () => true,
      new ShellBudget(maxPostureShellWork),
    )

    expect(commands).toHaveLength(maxFileCommands)
    expect(cut).toBe('it holds more, longer or deeper nested commands than are read')
  })

  it('have a reader each in the table', () => {
    expect(kinds.filter(({ reader }) => !postureReaders.includes(reader))).toEqual([])
  })
})
