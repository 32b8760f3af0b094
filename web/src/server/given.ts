/** Answers that came with the page (src/api/first-answers.ts), by the path that would be asked. */
const answers: Readonly<Record<string, unknown>> = readAnswers();

/** What the server would have answered when it sent the page; `undefined` where it did not say. */
export function given<T>(path: string): T | undefined {
  return answers[path] as T | undefined;
}

function readAnswers(): Readonly<Record<string, unknown>> {
  const text = globalThis.document?.getElementById("first-answers")?.textContent;
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}
