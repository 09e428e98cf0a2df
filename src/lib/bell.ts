/**
 * Joins the log, which comes first and rings when there is something to do, with what does it, which comes
 * later. What rings before that is not lost: it is in the database.
 */
export class Bell<Said extends readonly unknown[] = []> {
  #answer: ((...said: Said) => void) | undefined;

  readonly ring = (...said: Said): void => this.#answer?.(...said);

  answer(answer: (...said: Said) => void): void {
    this.#answer = answer;
  }
}
