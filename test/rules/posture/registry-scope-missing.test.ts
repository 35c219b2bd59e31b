import { foreign } from '../../../src/foreign.js'
import { registryScopeMissing } from '../../../src/rules/posture/registry-scope-missing.js'
import { theOwnNames } from '../../builders/own-names.js'
import { aPostureChange, type Files } from '../../builders/posture.js'
import { testRule } from '../../rule-tester.js'

const facts = { ownNames: theOwnNames(['@acme'], ['acme-*']) }
const manifest = '{\n"dependencies": {\n"@acme/core": "^1.0.0",\n"httpx": "1"\n}\n}'
const withRoute = (file: string, text: string): Files => ({ 'package.json': manifest, [file]: text })
const added = (after: Files) => aPostureChange({ before: {}, after })

const npm = {
  message: 'asks for packages of an internal scope that no file of the repository sends to a registry of its own',
  evidence: [
    { label: 'scope', value: foreign('@acme') },
    { label: 'package', value: foreign('@acme/core') },
  ],
  anchors: [{ kind: 'line', file: 'package.json', line: 3 }],
} as const

testRule(registryScopeMissing, {
  clear: [
    {
      name: 'a scope that .npmrc maps',
      subject: added(withRoute('.npmrc', '@acme:registry=https://npm.acme.example/')),
      facts,
    },
    {
      name: 'a scope that .yarnrc.yml maps',
      subject: added(
        withRoute('.yarnrc.yml', 'npmScopes: { acme: { npmRegistryServer: "https://npm.acme.example" } }'),
      ),
      facts,
    },
    {
      name: 'a scope that bunfig maps',
      subject: added(withRoute('bunfig.toml', '[install.scopes]\nacme = "https://npm.acme.example/"')),
      facts,
    },
    {
      name: 'one registry for everything',
      subject: added(withRoute('.npmrc', 'registry=https://npm.acme.example/')),
      facts,
    },
    {
      name: 'a workspace of the scope',
      subject: added({ 'package.json': '{ "dependencies": { "@acme/core": "workspace:*" } }' }),
      facts,
    },
    {
      name: 'no package of the scope',
      subject: added({ 'package.json': '{ "dependencies": { "left-pad": "1" } }' }),
      facts,
    },
    {
      name: 'a further package of a scope that base used so too',
      subject: aPostureChange({
        before: { 'package.json': '{ "dependencies": { "@acme/a": "1" } }' },
        after: { 'package.json': manifest },
      }),
      facts,
    },
    {
      name: 'an internal Python name whose file names an index',
      subject: added({ 'requirements.txt': '--extra-index-url https://pypi.acme.example\nacme-core\n' }),
      facts,
    },
  ],
  flagged: [
    {
      name: 'an internal scope that nothing maps',
      subject: added({ 'package.json': manifest }),
      facts,
      observations: [npm],
    },
    {
      name: 'an internal scope that is mapped to the public registry',
      subject: added(
        withRoute('.yarnrc.yml', 'npmScopes: { acme: { npmRegistryServer: "https://registry.yarnpkg.com" } }'),
      ),
      facts,
      observations: [npm],
    },
    {
      name: 'a change that takes the mapping away',
      subject: aPostureChange({
        before: withRoute('.npmrc', '@acme:registry=https://npm.acme.example/'),
        after: withRoute('.npmrc', 'save-exact=true'),
      }),
      facts,
      observations: [npm],
    },
    {
      name: 'internal Python names without any index',
      subject: added({ 'requirements.txt': 'httpx\nacme_core==1\n' }),
      facts,
      observations: [
        {
          message: 'asks for internal Python packages while no file of the repository names an index for them',
          evidence: [{ label: 'package', value: foreign('acme-core') }],
          anchors: [{ kind: 'line', file: 'requirements.txt', line: 2 }],
          fix: 'Name your index in the file (`--index-url`), in a `pip.conf`, or as a source that only these packages are taken from.',
        },
      ],
    },
  ],
})
