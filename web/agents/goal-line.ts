/** What an agent is asked for, in one line: a project's steps all begin with the project's name, which says little. */
export function goalLine(goal: string): string {
  const [first = "", ...more] = goal.split("\n").filter((line) => line.trim() !== "");
  const second = more[0];
  return first.startsWith("Project: ") && second !== undefined
    ? `${second} (${first.slice("Project: ".length)})`
    : first;
}
