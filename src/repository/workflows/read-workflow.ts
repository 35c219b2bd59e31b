import { maxWorkflowSteps } from '../../limits.js'
import type { Reference, Workflow, WorkflowJob, WorkflowStep, WorkflowVariable } from '../posture/posture-state.js'
import { YamlFile, type YamlNode } from './yaml-document.js'

/** A workflow, and for each step what decides how its script is run. */
export interface WorkflowRead {
  readonly workflow?: Workflow
  readonly scripts: readonly StepScript[]
  /** The first line that is no YAML. */
  readonly broken?: number
  /** It has more steps than are read. */
  readonly cut: boolean
}

/** A `run:` of a step. */
export interface StepScript {
  readonly job: string
  readonly step: number
  readonly node: YamlNode
  readonly yaml: YamlFile
  readonly shell?: string
  readonly folder?: string
  readonly runsOn: string
  readonly environment: readonly WorkflowVariable[]
}

/** `.github/workflows/*.yml`. What GitHub would not take is read as far as it goes. */
export function readWorkflow(file: string, text: string): WorkflowRead {
  const yaml = new YamlFile(text)
  const reader = new WorkflowReader(file, yaml)
  const root = yaml.root
  const environment = reader.variables(yaml.get(root, 'env'))
  const jobs = yaml
    .entries(yaml.get(root, 'jobs'))
    .map(({ key, line, value }) =>
      reader.job(key, line, value, { environment, run: yaml.get(yaml.get(root, 'defaults'), 'run') }),
    )
  return {
    workflow: { file, triggers: triggersOf(yaml), environment, jobs },
    ...reader.rest(),
  }
}

/** An `action.yml`: its steps where it is made of such, its image where it is one. */
export function readAction(file: string, text: string): WorkflowRead {
  const yaml = new YamlFile(text)
  const reader = new WorkflowReader(file, yaml)
  const entry = yaml.entry(yaml.root, 'runs')
  // A file of this name may be anything.
  if (entry === undefined) return { scripts: [], cut: false, ...(yaml.broken && { broken: yaml.broken }) }
  const image = yaml.get(entry.value, 'image')
  const job = reader.job('', entry.line, entry.value, { environment: [], run: undefined })
  const own = reader.reference(image)
  const images = own?.text.startsWith('docker://') ? [own] : []
  return { workflow: { file, triggers: [], environment: [], jobs: [{ ...job, images }] }, ...reader.rest() }
}

/** Actions that run a command which the workflow hands to them, by its input. */
const commandInputs: ReadonlyMap<string, string> = new Map([
  ['nick-fields/retry', 'command'],
  ['nick-invision/retry', 'command'],
  ['wandalen/wretry.action', 'command'],
  ['devcontainers/ci', 'runCmd'],
  ['addnab/docker-run-action', 'run'],
  ['cypress-io/github-action', 'install-command'],
  ['coactions/setup-xvfb', 'run'],
  ['gabrielbb/xvfb-action', 'run'],
  ['reactivecircus/android-emulator-runner', 'script'],
])

const commandInput = (uses: Reference | undefined): string | undefined =>
  commandInputs.get((uses?.text ?? '').replace(/@.*$/, '').toLowerCase())

function triggersOf(yaml: YamlFile): Workflow['triggers'] {
  const on = yaml.get(yaml.root, 'on')
  const single = yaml.text(on)
  if (single !== undefined) return [{ name: single, line: yaml.line(on) }]
  const listed = yaml.items(on).flatMap((item) => {
    const name = yaml.text(item)
    return name === undefined ? [] : [{ name, line: yaml.line(item) }]
  })
  return [...listed, ...yaml.entries(on).map(({ key, line }) => ({ name: key, line }))]
}

/** What the workflow says for all of its jobs. */
interface JobDefaults {
  readonly environment: readonly WorkflowVariable[]
  readonly run: YamlNode
}

class WorkflowReader {
  readonly #scripts: StepScript[] = []
  readonly #file: string
  readonly #yaml: YamlFile
  #steps = 0

  constructor(file: string, yaml: YamlFile) {
    this.#file = file
    this.#yaml = yaml
  }

  rest(): Omit<WorkflowRead, 'workflow'> {
    const { broken } = this.#yaml
    const cut = this.#steps > maxWorkflowSteps
    return { scripts: this.#scripts, cut, ...(broken !== undefined && { broken }) }
  }

  job(id: string, line: number, node: YamlNode, defaults: JobDefaults): WorkflowJob {
    const yaml = this.#yaml
    const environment = this.variables(yaml.get(node, 'env'))
    const own = yaml.get(yaml.get(node, 'defaults'), 'run')
    const setting = (key: string): string | undefined => yaml.textAt(own, key) ?? yaml.textAt(defaults.run, key)
    const [shell, folder] = [setting('shell'), setting('working-directory')]
    const around: Omit<StepScript, 'step' | 'node'> = {
      job: id,
      yaml,
      ...(shell !== undefined && { shell }),
      ...(folder !== undefined && { folder }),
      runsOn: this.#runsOn(yaml.get(node, 'runs-on')),
      environment: [...defaults.environment, ...environment],
    }
    const items = yaml.items(yaml.get(node, 'steps'))
    const room = Math.max(0, maxWorkflowSteps - this.#steps)
    this.#steps += items.length
    const [condition, uses] = [yaml.textAt(node, 'if'), this.reference(yaml.get(node, 'uses'))]
    const deploysTo = yaml.textAt(node, 'environment') ?? yaml.textAt(yaml.get(node, 'environment'), 'name')
    return {
      file: this.#file,
      line,
      id,
      ...(condition !== undefined && { condition }),
      steps: items.slice(0, room).map((item, index) => this.#step(index, item, around)),
      environment,
      ...(deploysTo !== undefined && { deploysTo }),
      ...(uses && { uses }),
      images: this.#images(node),
    }
  }

  #step(index: number, node: YamlNode, around: Omit<StepScript, 'step' | 'node'>): WorkflowStep {
    const yaml = this.#yaml
    const environment = this.variables(yaml.get(node, 'env'))
    const [name, condition] = [yaml.textAt(node, 'name'), yaml.textAt(node, 'if')]
    const uses = this.reference(yaml.get(node, 'uses'))
    const run = yaml.get(node, 'run')
    const inputs = yaml.entries(yaml.get(node, 'with')).flatMap(({ key, value }) => {
      const text = yaml.text(value)
      return text === undefined ? [] : [[key, text] as const]
    })
    const shell = yaml.textAt(node, 'shell') ?? around.shell
    const folder = yaml.textAt(node, 'working-directory') ?? around.folder
    const text = yaml.text(run)
    const handedOver = commandInput(uses)
    const given = handedOver === undefined ? undefined : yaml.get(yaml.get(node, 'with'), handedOver)
    for (const script of [run, given]) {
      if (yaml.text(script) === undefined) continue
      this.#scripts.push({
        ...around,
        step: index,
        node: script,
        ...(shell !== undefined && { shell }),
        ...(folder !== undefined && { folder }),
        environment: [...around.environment, ...environment],
      })
    }
    return {
      file: this.#file,
      line: yaml.line(node),
      index,
      ...(name !== undefined && { name }),
      ...(condition !== undefined && { condition }),
      ...(uses && { uses }),
      inputs: new Map(inputs),
      ...(text !== undefined && {
        run: { text, line: yaml.placed(run).lineAt(0), ...(shell !== undefined && { shell }) },
      }),
      environment,
    }
  }

  variables(node: YamlNode): readonly WorkflowVariable[] {
    const yaml = this.#yaml
    return yaml.entries(node).map(({ key, line, value }) => ({
      file: this.#file,
      line,
      name: key,
      value: yaml.text(value) ?? '',
    }))
  }

  reference(node: YamlNode): Reference | undefined {
    const text = this.#yaml.text(node)?.trim()
    if (text === undefined || text === '') return undefined
    const comment = this.#yaml.comment(node)
    return { file: this.#file, line: this.#yaml.line(node), text, ...(comment !== undefined && { comment }) }
  }

  #images(job: YamlNode): readonly Reference[] {
    const yaml = this.#yaml
    const container = yaml.get(job, 'container')
    const services = yaml.entries(yaml.get(job, 'services')).map(({ value }) => yaml.get(value, 'image') ?? value)
    return [yaml.get(container, 'image') ?? container, ...services].flatMap((node) => this.reference(node) ?? [])
  }

  #runsOn(node: YamlNode): string {
    const yaml = this.#yaml
    const labels = yaml.get(node, 'labels') ?? node
    return (
      yaml.text(labels) ??
      yaml
        .items(labels)
        .map((item) => yaml.text(item))
        .join(' ')
    )
  }
}
