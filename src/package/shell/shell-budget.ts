import { maxShellCharacters, maxShellWork } from '../../limits.js'

/** What may still be spent on the shell texts of one package, or of the repository itself: they are read in the process that reviews. */
export class ShellBudget {
  #work: number

  constructor(work: number = maxShellWork) {
    this.#work = work
  }

  /**
   * Whether a text may be parsed. The parser reads what follows an opened substitution once more, so that work grows with the
   * number of these times the length.
   */
  spend(text: string): boolean {
    if (text.length > maxShellCharacters) return false
    const openings = text.split(/[$<>]\(|`|<</).length
    const work = (openings + 1000) * (text.length + 100)
    if (work > this.#work) return false
    this.#work -= work
    return true
  }
}
