import type { AnalysedFile } from '../../package/code/package-code.js'

const folders =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|specs?|e2e|docs?|examples?|samples?|demos?|bench|benchmarks?|fixtures?|coverage|website|stories|\.storybook|\.github)\//i
const names =
  /[._-](?:test|tests|spec|bench|benchmark|stories|fixture)\.[cm]?[jt]sx?$|(?:^|\/)(?:test|tests|gulpfile|gruntfile)\.[cm]?js$|\.config\.[cm]?[jt]s$/i

/** Tests, documents, examples and a project's own settings that nothing in the package leads to. By its name alone no file is harmless: one that is loaded never is. */
export const isAside = ({ path, reach }: Pick<AnalysedFile, 'path' | 'reach'>): boolean =>
  reach === 'unreached' && (folders.test(path) || names.test(path))
